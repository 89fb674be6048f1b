"""The list of bodies, a body's page, registering one, deciding on requests."""

from __future__ import annotations

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.accounts import policies, queries
from pspm.accounts.forms import BodyForm, DeclineForm
from pspm.accounts.limits import limit_person
from pspm.accounts.models import Body, BodyKind, BodyRole
from pspm.accounts.routes.access import get_editable_body, get_visible_body
from pspm.accounts.routes.blueprint import bp
from pspm.accounts.services import bodies
from pspm.accounts.sessions import signed_in_user
from pspm.core.errors import InvalidInput
from pspm.core.web import Answer, done, page_number, require, sign_in_required, writes


@bp.get("/bodies")
def body_list() -> str:
    return render_template(
        "accounts/body_list.html",
        page=queries.list_bodies(
            search=request.args.get("q", ""),
            kind=BodyKind.find(request.args.get("kind")),
            page=page_number(),
        ),
    )


@bp.get("/bodies/<body>")
def body_show(body: str) -> str:
    found = get_visible_body(body)
    sees_members = policies.can_view_members(current_user, found)
    return render_template(
        "accounts/body.html",
        body=found,
        members=queries.list_members(found, page=page_number()) if sees_members else None,
        own=queries.find_membership(found, current_user) if current_user.is_authenticated else None,
        can_edit=policies.can_edit_body(current_user, found),
        can_join=policies.can_join_body(current_user, found),
        can_leave=policies.can_leave_body(current_user, found),
        can_manage=policies.can_manage_members(current_user, found),
    )


@bp.get("/bodies/register")
@sign_in_required
def body_request() -> str:
    require(policies.can_request_body(current_user))
    return render_template("accounts/body_request.html", form=BodyForm(formdata=None))


@bp.post("/bodies/register")
@sign_in_required
@limit_person
@writes
def body_create() -> Answer:
    require(policies.can_request_body(current_user))
    form = BodyForm()
    if form.validate():
        try:
            asked = bodies.request_body(user=signed_in_user(), **form.values())
            return done(
                _("Your request is sent. You will be told by e-mail when it is decided."),
                "accounts.body_show",
                body=asked.public_id,
            )
        except InvalidInput as error:
            form.add_error(error)
    return render_template("accounts/body_request.html", form=form), 422


@bp.get("/bodies/<body>/edit")
@sign_in_required
def body_edit(body: str) -> str:
    found = get_editable_body(body)
    return render_template("accounts/body_edit.html", form=_edit_form(found), body=found)


@bp.post("/bodies/<body>/edit")
@sign_in_required
@writes
def body_update(body: str) -> Answer:
    found = get_editable_body(body)
    form = _edit_form(found)
    if form.validate():
        try:
            bodies.edit_body(body=found, **{"ipa_code": found.ipa_code, **form.values()})
            return done(_("The body is saved."), "accounts.body_show", body=body)
        except InvalidInput as error:
            form.add_error(error)
    return render_template("accounts/body_edit.html", form=form, body=found), 422


def _edit_form(body: Body) -> BodyForm:
    form = BodyForm(obj=body)
    if request.method == "GET":
        form.kind.data = body.kind.value
    if not policies.can_change_ipa_code(current_user):
        del form.ipa_code
    return form


@bp.get("/bodies/requests")
@sign_in_required
def body_request_list() -> str:
    require(policies.can_decide_requests(current_user))
    return _requests_page()


def _requests_page(wrong: Body | None = None, form: DeclineForm | None = None) -> str:
    """Requests for bodies, and to join those without a manager; `wrong` has a fault in its refusal."""
    return render_template(
        "accounts/body_request_list.html",
        page=queries.list_body_requests(page=page_number()),
        joins=queries.list_unmanaged_requests(page=page_number("join_page")),
        form=form or DeclineForm(formdata=None),
        proposed=BodyRole.MANAGER,
        wrong=wrong,
    )


@bp.post("/bodies/<body>/approve")
@sign_in_required
@writes
def body_approve(body: str) -> Response:
    require(policies.can_decide_requests(current_user))
    found = queries.get_body(body)
    bodies.approve_body(body=found)
    return done(_("%(body)s is registered.", body=found.name), "accounts.body_request_list")


@bp.post("/bodies/<body>/decline")
@sign_in_required
@writes
def body_decline(body: str) -> Answer:
    require(policies.can_decide_requests(current_user))
    found = queries.get_body(body)
    form = DeclineForm()
    if not form.validate():
        return _requests_page(found, form), 422
    bodies.decline_body(body=found, reason=form.data["reason"])
    return done(_("The request is declined, and the person is told why."), "accounts.body_request_list")
