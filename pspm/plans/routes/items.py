"""One item: reading, adding, editing and deleting it, and what happens when two people save at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.core.diff import word_diff
from pspm.core.errors import DomainError, NotFound
from pspm.core.web import Answer, is_htmx, require, see_other, sign_in_required, writes
from pspm.plans import policies, queries, services
from pspm.plans.fields import decode_fields, item_values
from pspm.plans.forms.items import make_form
from pspm.plans.models import Item, ItemKind, Plan
from pspm.plans.moves import parents_for, steps_by_item
from pspm.plans.routes.access import get_editable_plan, get_viewable_plan
from pspm.plans.routes.blueprint import bp
from pspm.plans.routes.editor import can_write, to_outline
from pspm.plans.services import EditConflict, FieldConflict
from pspm.plans.templates import get_template
from pspm.plans.terms import field_label, value_text
from pspm.plans.tree import build_tree, kinds_under, walk
from pspm.plans.warnings import list_warnings


@bp.get("/plans/<plan>/items/<item>")
@sign_in_required
def item_show(plan: str, item: str) -> str:
    """The item as it is, its warnings, and where it can go."""
    found = get_viewable_plan(plan)
    nodes = build_tree(queries.list_items(found))
    node = next((each for each in walk(nodes) if each.item.public_id == item), None)
    if node is None:
        raise NotFound()
    warnings = list_warnings(nodes, found.start_year, found.end_year)
    return render_template(
        "plans/item_show.html",
        plan=found,
        node=node,
        above=_way_to(node.item, {each.item.id: each for each in walk(nodes)}),
        warnings=[warning for warning in warnings if warning.node.item.id == node.item.id],
        steps=steps_by_item(nodes)[node.item.id],
        parents=parents_for(nodes, node.item),
        kinds=kinds_under(node.item.kind),
        writable=can_write(found),
    )


@bp.get("/plans/<plan>/items/new")
@sign_in_required
def item_new(plan: str) -> str:
    found, parent, kind = _new_place(plan)
    return _new_page(found, parent, kind, make_form(kind, _years(found), {}, posted=False))


@bp.post("/plans/<plan>/items/new")
@sign_in_required
@writes
def item_create(plan: str) -> Answer:
    found, parent, kind = _new_place(plan)
    form = make_form(kind, _years(found), {})
    if not form.validate_on_submit():
        return _new_page(found, parent, kind, form), 422
    try:
        item = services.add_item(
            plan=found, parent=parent, kind=kind, author=current_user, values=form.values(kind)
        )
    except DomainError as error:
        form.add_error(error)
        return _new_page(found, parent, kind, form), error.status
    flash(_("“%(title)s” is added.", title=item.title), "success")
    if "again" in request.form:
        under = parent.public_id if parent else None
        return see_other("plans.item_new", plan=plan, kind=kind.value, parent=under)
    return to_outline(found, item)


@bp.get("/plans/<plan>/items/<item>/edit")
@sign_in_required
def item_edit(plan: str, item: str) -> Answer:
    found = get_viewable_plan(plan)
    part = queries.get_item(found, item)
    require(policies.can_edit(current_user, found))
    if not can_write(found):
        return see_other("plans.item_show", plan=plan, item=item)
    form = make_form(
        part.kind, _years(found), item_values(part), posted=False, expected_revision=part.revision_number
    )
    return _edit_page(found, part, form)


@bp.post("/plans/<plan>/items/<item>/edit")
@sign_in_required
@writes
def item_save(plan: str, item: str) -> Answer:
    """Whatever stands in the way (a conflict, a deletion, a frozen plan), what was typed stays."""
    found = get_editable_plan(plan)
    part = queries.get_item(found, item, deleted=True)
    form = make_form(part.kind, _years(found), item_values(part))
    if not form.validate_on_submit():
        return _edit_page(found, part, form), 422
    try:
        saved = _save(part, form)
    except EditConflict as conflict:
        return _conflict_page(found, part, conflict), conflict.status
    except DomainError as error:
        form.add_error(error)
        return _edit_page(found, part, form), error.status
    _report(saved)
    return to_outline(found, part)


@bp.get("/plans/<plan>/items/<item>/delete")
@sign_in_required
def item_delete_ask(plan: str, item: str) -> str:
    """Ask, and say what goes with it."""
    found = get_editable_plan(plan)
    part = queries.get_item(found, item)
    nodes = walk(build_tree(queries.list_items(found)))
    below = next(list(walk(node.children)) for node in nodes if node.item.id == part.id)
    return render_template("plans/item_delete.html", plan=found, item=part, below=below)


@bp.post("/plans/<plan>/items/<item>/delete")
@sign_in_required
@writes
def item_delete(plan: str, item: str) -> Response:
    found = get_editable_plan(plan)
    part = queries.get_item(found, item)
    count = services.delete_item(item=part, author=current_user)
    flash(
        ngettext(
            "“%(title)s” is deleted. You can bring it back from the deleted items.",
            "“%(title)s” and all below it (%(num)s items) are deleted. "
            "You can bring them back from the deleted items.",
            count,
            title=part.title,
        ),
        "success",
    )
    return see_other("plans.plan_edit", plan=plan)


@bp.post("/plans/<plan>/preview")
@sign_in_required
def text_preview(plan: str) -> str:
    """A text as it will look; in a window of its own where no script puts it beside the form."""
    found = get_editable_plan(plan)
    text = request.form.get("text", "")
    template = "plans/_preview.html" if is_htmx() else "plans/text_preview.html"
    return render_template(template, plan=found, text=text)


def _new_place(plan_id: str) -> tuple[Plan, Item | None, ItemKind]:
    """Where the new item goes and of what kind it is, from the address."""
    plan = get_editable_plan(plan_id)
    parent_id = request.args.get("parent", "")
    parent = queries.get_item(plan, parent_id) if parent_id else None
    kinds = kinds_under(parent.kind if parent else None)
    kind = next((kind for kind in kinds if kind.value == request.args.get("kind")), None)
    if kind is None:
        raise NotFound()
    return plan, parent, kind


def _years(plan: Plan) -> range:
    return range(plan.start_year, plan.end_year + 1)


def _save(item: Item, form: Any) -> services.Saved:
    if form.restore.data and item.deleted_at is not None:
        services.restore_item(item=item, author=current_user)
    values = form.values(item.kind)
    if "text_is_live" in request.form:  # it is saved already, word by word (see `pspm.drafting`)
        del values["text"]
    return services.save_item(
        item=item,
        author=current_user,
        expected_revision=form.expected_revision.data or 0,
        values=values,
        yielded=request.form.getlist("take_theirs"),
    )


def _report(saved: services.Saved) -> None:
    if saved.merged:
        names = ", ".join(dict.fromkeys(field_label(_field_of(name)) for name in saved.merged))
        flash(
            _(
                "Somebody else had changed this item meanwhile. Their changes are kept: %(names)s.",
                names=names,
            ),
            "info",
        )
    is_saved = bool(saved.revision) or "text_is_live" in request.form
    flash(_("Saved.") if is_saved else _("Nothing was changed."), "success" if is_saved else "info")


def _field_of(name: str) -> str:
    """`targets.2026` for both parts of a year's target."""
    return name.rsplit(".", 1)[0] if name.startswith("targets.") else name


def _new_page(plan: Plan, parent: Item | None, kind: ItemKind, form: Any) -> str:
    guidance = _guidance(plan, kind, "")
    return render_template(
        "plans/item_new.html", plan=plan, parent=parent, kind=kind, form=form, guidance=guidance
    )


def _edit_page(
    plan: Plan, item: Item, form: Any, conflicts: Collection[dict[str, Any]] = (), autosave: str = ""
) -> str:
    if item.deleted_at is not None:
        form.restore.data = "1"
    return render_template(
        "plans/item_edit.html",
        plan=plan,
        item=item,
        kind=item.kind,
        form=form,
        conflicts=conflicts,
        last=queries.find_revision(item, item.revision_number),
        autosave=autosave or f"item-{item.public_id}",
        guidance=_guidance(plan, item.kind, item.template_part),
    )


def _conflict_page(plan: Plan, item: Item, conflict: EditConflict) -> str:
    """The form on the newest revision: what could be merged is in it, and where not, what was typed."""
    form = make_form(
        item.kind,
        _years(plan),
        decode_fields(item.kind, conflict.merged),
        posted=False,
        expected_revision=item.revision_number,
    )
    autosave = f"item-{item.public_id}-{item.revision_number}"
    return _edit_page(plan, item, form, [_compare(one) for one in conflict.conflicts], autosave)


def _compare(conflict: FieldConflict) -> dict[str, Any]:
    """A conflict in words, with what each of the two changed."""
    field = _field_of(conflict.name)
    base, theirs, mine = (
        value_text(field, value) for value in (conflict.base, conflict.theirs, conflict.mine)
    )
    return {
        "name": conflict.name,
        "label": field_label(field),
        "theirs": word_diff(base, theirs),
        "mine": word_diff(base, mine),
    }


def _guidance(plan: Plan, kind: ItemKind, part: str) -> str:
    try:
        return get_template(plan.template_key, plan.language).guidance_for(kind, part)
    except KeyError:  # a template that this installation no longer has
        return ""


def _way_to(item: Item, nodes: dict[int, Any]) -> list[Any]:
    """The nodes above the item, the topmost first."""
    way: list[Any] = []
    parent_id = item.parent_id
    while parent_id is not None:
        way.insert(0, nodes[parent_id])
        parent_id = nodes[parent_id].item.parent_id
    return way
