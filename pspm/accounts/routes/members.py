"""Joining and leaving a body; its members and their roles."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.accounts import policies, queries
from pspm.accounts.forms import InvitationForm, RoleForm
from pspm.accounts.limits import limit_person
from pspm.accounts.models import Body, MembershipStatus
from pspm.accounts.routes.access import get_managed_body, get_managed_member, get_visible_body
from pspm.accounts.routes.blueprint import bp
from pspm.accounts.services import membership as memberships
from pspm.accounts.sessions import signed_in_user
from pspm.core.errors import InvalidInput
from pspm.core.web import done, page_number, require, safe_next, sign_in_required, writes


@bp.post("/bodies/<body>/join")
@sign_in_required
@limit_person
@writes
def body_join(body: str) -> Response:
    memberships.request_membership(user=signed_in_user(), body=get_visible_body(body))
    return done(
        _("Your request is sent. You will be told by e-mail when it is decided."),
        "accounts.body_show",
        body=body,
    )


@bp.post("/bodies/<body>/leave")
@sign_in_required
@writes
def body_leave(body: str) -> Response:
    found = queries.get_body(body)
    require(policies.can_leave_body(current_user, found), hide=True)
    own = queries.get_membership(found, current_user.public_id)
    memberships.remove_member(membership=own, author=signed_in_user())
    return done(_("You no longer belong to %(body)s.", body=found.name), "accounts.body_show", body=body)


@bp.get("/bodies/<body>/members")
@sign_in_required
def member_list(body: str) -> str:
    return members_page(get_managed_body(body), InvitationForm(formdata=None))


def members_page(body: Body, form: InvitationForm) -> str:
    """Requests, members, invitations, and the form to invite (with its faults)."""
    return render_template(
        "accounts/member_list.html",
        body=body,
        form=form,
        requests=queries.list_members(
            body, status=MembershipStatus.REQUESTED, page=page_number("request_page")
        ),
        members=queries.list_members(body, page=page_number()),
        invitations=queries.list_invitations(body, page=page_number("invitation_page")),
    )


@bp.post("/bodies/<body>/members/<user>/approve")
@sign_in_required
@writes
def member_approve(body: str, user: str) -> Response:
    member = get_managed_member(body, user)
    memberships.approve_member(membership=member, role=_chosen_role().chosen)
    return _back(
        member.body, _("%(name)s belongs to %(body)s now.", name=member.user.name, body=member.body.name)
    )


@bp.post("/bodies/<body>/members/<user>/decline")
@sign_in_required
@writes
def member_decline(body: str, user: str) -> Response:
    member = get_managed_member(body, user)
    memberships.decline_member(membership=member)
    return _back(member.body, _("The request is declined."))


@bp.post("/bodies/<body>/members/<user>/role")
@sign_in_required
@writes
def member_edit(body: str, user: str) -> Response:
    member = get_managed_member(body, user)
    memberships.change_role(membership=member, role=_chosen_role().chosen, author=signed_in_user())
    return _back(member.body, _("The role of %(name)s is saved.", name=member.user.name))


@bp.post("/bodies/<body>/members/<user>/remove")
@sign_in_required
@writes
def member_remove(body: str, user: str) -> Response:
    member = get_managed_member(body, user)
    left, name = member.body, member.user.name
    memberships.remove_member(membership=member, author=signed_in_user())
    return _back(left, _("%(name)s no longer belongs to %(body)s.", name=name, body=left.name))


def _chosen_role() -> RoleForm:
    form = RoleForm()
    if not form.validate():
        raise InvalidInput(_("Choose one of the roles."))
    return form


def _back(body: Body, message: str) -> Response:
    """Say what was done where the form was: among the body's members, or the administrators' requests.

    A manager who has just given up the role goes to the body's page.
    """
    flash(message, "success")
    stays = policies.can_manage_members(current_user, body)
    endpoint = "accounts.member_list" if stays else "accounts.body_show"
    return redirect(safe_next(request.form.get("next"), url_for(endpoint, body=body.public_id)), code=303)
