"""Writing: one's own entries, a new one, and changing one."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.accounts import queries as account_queries
from pspm.core.errors import DomainError
from pspm.core.web import Answer, done, page_number, require, sign_in_required, writes
from pspm.practices import policies, queries, services, terms
from pspm.practices.forms import PracticeForm
from pspm.practices.models import Practice, PracticeStatus
from pspm.practices.routes.access import get_editable_practice
from pspm.practices.routes.blueprint import bp


@bp.get("/mine")
@sign_in_required
def own_practice_list() -> str:
    status = next((each for each in PracticeStatus if each.value == request.args.get("status")), None)
    return render_template(
        "practices/own_practice_list.html",
        page=queries.list_own(current_user, status=status, page=page_number()),
        status=status,
        statuses=list(PracticeStatus),
        may_propose=policies.can_propose(current_user),
        may_review=policies.can_review(current_user),
    )


@bp.get("/new")
@sign_in_required
def practice_new() -> str:
    require(policies.can_propose(current_user))
    bodies = queries.list_bodies_for(current_user)
    return render_template("practices/practice_new.html", form=PracticeForm.new(bodies), bodies=bodies)


@bp.post("/new")
@sign_in_required
@writes
def practice_create() -> Answer:
    require(policies.can_propose(current_user))
    bodies = queries.list_bodies_for(current_user)
    form = PracticeForm(bodies=bodies)
    if bodies and form.validate():
        body = account_queries.get_body(form.body_id.data)
        require(policies.can_propose_for(current_user, body))
        try:
            practice = services.create_practice(body=body, author=current_user, values=form.values())
        except DomainError as error:
            form.add_error(error)
        else:
            return done(
                _("The draft is saved. Add files and links, then submit it."),
                "practices.practice_show",
                practice=practice.public_id,
            )
    return render_template("practices/practice_new.html", form=form, bodies=bodies), 422


@bp.get("/<practice>/edit")
@sign_in_required
def practice_edit(practice: str) -> str:
    found = get_editable_practice(practice)
    return edit_page(found, PracticeForm.of(found))


@bp.post("/<practice>/edit")
@sign_in_required
@writes
def practice_update(practice: str) -> Answer:
    found = get_editable_practice(practice)
    form = PracticeForm()
    if not form.validate():
        return edit_page(found, form), 422
    try:
        services.save_practice(practice=found, expected_revision=form.expected_revision, values=form.values())
    except services.EditConflict as conflict:
        # Saved once more, the form is taken as made from what is shown beside it now.
        form.revision.data = str(found.revision_number)
        return edit_page(found, form, conflict), 409
    except DomainError as error:
        form.add_error(error)
        return edit_page(found, form), 422
    return done(_("The practice is saved."), "practices.practice_show", practice=found.public_id)


@bp.get("/<practice>/delete")
@sign_in_required
def practice_delete_ask(practice: str) -> str:
    found = get_editable_practice(practice)
    services.check_deletable(found)
    return render_template("practices/practice_delete.html", practice=found)


@bp.post("/<practice>/delete")
@sign_in_required
@writes
def practice_delete(practice: str) -> Response:
    found = get_editable_practice(practice)
    title = found.title
    services.delete_draft(practice=found)
    return done(_("The draft “%(title)s” is deleted.", title=title), "practices.own_practice_list")


def edit_page(practice: Practice, form: PracticeForm, conflict: services.EditConflict | None = None) -> str:
    """The form to change an entry; after a conflict with what was saved in between."""
    return render_template(
        "practices/practice_edit.html",
        practice=practice,
        form=form,
        conflict=conflict,
        saved=[(form[name].label.text, _shown(name, value)) for name, value in conflict.current.items()]
        if conflict
        else [],
    )


def _shown(name: str, value: Any) -> str:
    """The saved value of a field, to be read beside the form."""
    if name == "sdgs":
        value = [f"{number}. {terms.sdg_label(number)}" for number in value]
    text = ", ".join(value) if isinstance(value, list) else str(value or "")
    return text or str(_("(empty)"))
