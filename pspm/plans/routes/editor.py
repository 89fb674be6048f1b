"""The drafting page: a plan's outline, its warnings, and what was deleted from it."""

from __future__ import annotations

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.core.errors import DomainError
from pspm.core.web import page_number, see_other, sign_in_required, writes
from pspm.plans import policies, queries, services
from pspm.plans.models import Item, ItemKind, Plan
from pspm.plans.moves import DIRECTIONS, Place, steps_by_item
from pspm.plans.outline import make_outline
from pspm.plans.routes.access import get_editable_plan, get_viewable_plan
from pspm.plans.routes.blueprint import bp
from pspm.plans.services.revisions import WRITABLE, frozen_message
from pspm.plans.tree import build_tree, kinds_under
from pspm.plans.warnings import group_by_item, list_warnings


def can_write(plan: Plan) -> bool:
    """Whether to offer changes: the person may make them, and the plan's state allows them now."""
    return plan.status in WRITABLE and policies.can_edit(current_user, plan)


@bp.get("/plans/<plan>/edit")
@sign_in_required
def plan_edit(plan: str) -> str:
    found = get_viewable_plan(plan)
    nodes = build_tree(queries.list_items(found))
    warnings = list_warnings(nodes, found.start_year, found.end_year)
    outline = make_outline(
        nodes,
        words=request.args.get("q", ""),
        at=request.args.get("at", ""),
        unfolded="open" in request.args,
    )
    return render_template(
        "plans/plan_edit.html",
        plan=found,
        outline=outline,
        warnings=group_by_item(warnings),
        warning_count=len(warnings),
        steps=steps_by_item(nodes),
        kinds_under={kind: kinds_under(kind) for kind in (None, *ItemKind)},
        deleted_count=queries.list_deleted_items(found).total,
        writable=can_write(found),
        frozen=frozen_message(found) if found.status not in WRITABLE else "",
    )


@bp.post("/plans/<plan>/move")
@sign_in_required
@writes
def item_move(plan: str) -> Response:
    """One step in a direction (a tool of the outline), or to a place (a choice of parent, a drop)."""
    found = get_editable_plan(plan)
    direction = next((name for name in DIRECTIONS if name in request.form), None)
    item = queries.get_item(found, request.form.get(direction or "item", ""))
    place = _step(found, item, direction) if direction else _chosen_place(found)
    try:
        moved = place is not None and services.move_item(
            item=item, parent=place.parent, position=place.position, author=current_user
        )
    except DomainError as error:
        flash(error.message, "warning")
    else:
        flash(_("Moved.") if moved else _("It stands there already."), "success" if moved else "info")
    return to_outline(found, item)


@bp.get("/plans/<plan>/warnings")
@sign_in_required
def warning_list(plan: str) -> str:
    found = get_viewable_plan(plan)
    nodes = build_tree(queries.list_items(found))
    warnings = list_warnings(nodes, found.start_year, found.end_year)
    kinds = list(dict.fromkeys(warning.kind for warning in warnings))
    chosen = request.args.get("kind", "")
    return render_template(
        "plans/warning_list.html",
        plan=found,
        warnings=[warning for warning in warnings if chosen in ("", warning.kind.value)],
        counts=[(kind, sum(warning.kind is kind for warning in warnings)) for kind in kinds],
        total=len(warnings),
        chosen=chosen,
        writable=can_write(found),
    )


@bp.get("/plans/<plan>/deleted")
@sign_in_required
def deleted_item_list(plan: str) -> str:
    found = get_viewable_plan(plan)
    page = queries.list_deleted_items(found, page=page_number())
    return render_template("plans/deleted_item_list.html", plan=found, page=page, writable=can_write(found))


@bp.post("/plans/<plan>/items/<item>/restore")
@sign_in_required
@writes
def item_restore(plan: str, item: str) -> Response:
    found = get_editable_plan(plan)
    part = queries.get_item(found, item, deleted=True)
    count = services.restore_item(item=part, author=current_user)
    flash(
        ngettext(
            "“%(title)s” is back.",
            "“%(title)s” is back, with all below it (%(num)s items).",
            count,
            title=part.title,
        ),
        "success",
    )
    return to_outline(found, part)


def to_outline(plan: Plan, item: Item) -> Response:
    """Back to the outline, at the item, as the person had it."""
    kept = {name: request.values[name] for name in ("q", "open") if request.values.get(name)}
    return see_other(
        "plans.plan_edit", plan=plan.public_id, at=item.public_id, anchor=f"i-{item.public_id}", **kept
    )


def _step(plan: Plan, item: Item, direction: str) -> Place | None:
    """The place one step away, as the outline is now; None where there is none any more."""
    return steps_by_item(build_tree(queries.list_items(plan)))[item.id].get(direction)


def _chosen_place(plan: Plan) -> Place:
    parent_id = request.form.get("parent", "")
    parent = queries.get_item(plan, parent_id) if parent_id else None
    return Place(parent, request.form.get("position", 10**6, type=int))
