"""What was changed in a plan: of one item, of the whole plan, and one change at its permanent address."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from pspm.core.errors import NotFound
from pspm.core.web import Answer, done, page_number, sign_in_required, writes
from pspm.plans import queries
from pspm.plans.changes import FieldChange, field_changes
from pspm.plans.forms.filters import HistoryFilter
from pspm.plans.models import Plan, Revision
from pspm.plans.queries.history import HistoryEntry
from pspm.plans.routes.access import get_editable_plan, get_viewable_plan
from pspm.plans.routes.blueprint import bp
from pspm.plans.routes.editor import can_write
from pspm.plans.services import history


@bp.get("/plans/<plan>/history")
@sign_in_required
def plan_history(plan: str) -> str:
    found = get_viewable_plan(plan)
    form = HistoryFilter()
    form.offer(queries.list_history_authors(found))
    entries = queries.list_history(
        found,
        author=form.chosen("author") or "",
        kind=form.item_kind,
        whole_plan=form.whole_plan,
        page=page_number(),
    )
    return render_template(
        "plans/plan_history.html",
        plan=found,
        form=form,
        page=entries,
        changes=_changes(found, entries.items),
    )


@bp.get("/plans/<plan>/items/<item>/history")
@sign_in_required
def item_history(plan: str, item: str) -> str:
    found = get_viewable_plan(plan)
    row = queries.get_item(found, item, deleted=True)
    revisions = queries.list_item_revisions(row, page=page_number())
    return render_template(
        "plans/item_history.html",
        plan=found,
        item=row,
        page=revisions,
        changes=_changes(found, revisions.items),
        writable=can_write(found),
    )


@bp.get("/plans/<plan>/revisions/<revision>")
@sign_in_required
def revision_show(plan: str, revision: str) -> str:
    """One change, where decisions and mails can point to."""
    found = get_viewable_plan(plan)
    row = _get_revision(found, revision)
    return render_template(
        "plans/revision_show.html",
        plan=found,
        revision=row,
        changes=_changes(found, [row]),
        writable=can_write(found),
    )


@bp.post("/plans/<plan>/revisions/<revision>/restore")
@sign_in_required
@writes
def revision_restore(plan: str, revision: str) -> Answer:
    found = get_editable_plan(plan)
    row = _get_revision(found, revision)
    history.restore_revision(
        revision=row,
        author=current_user,
        expected_revision=request.form.get("expected", row.item.revision_number, type=int),
    )
    return done(
        _("The item has the text of %(number)s again.", number=row.number),
        "plans.item_history",
        plan=plan,
        item=row.item.public_id,
    )


def _get_revision(plan: Plan, public_id: str) -> Revision:
    revision = queries.get_revision(public_id)
    if revision.plan_id != plan.id:
        raise NotFound()
    return revision


def _changes(plan: Plan, entries: Sequence[HistoryEntry]) -> dict[str, list[FieldChange]]:
    """What each entry changed, by its public id. One query for the titles of all places."""
    places = [state for entry in entries for state in (entry.before, entry.after)]
    titles = queries.titles_of_places(plan, places)
    return {entry.public_id: field_changes(entry.before, entry.after, titles) for entry in entries}
