"""Changes of a plan's items. Each one is a revision; none is made while the plan's text is frozen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from pspm.accounts.models import User
from pspm.core.clock import now
from pspm.core.errors import InvalidInput, StateConflict
from pspm.core.i18n import gettext as _
from pspm.extensions import db
from pspm.plans import queries
from pspm.plans.fields import MODELS, decode_fields, encode_fields, field_names
from pspm.plans.models import Indicator, Item, ItemKind, Plan, RevisionKind, Target
from pspm.plans.services.merging import EditConflict, Saved, merge_fields
from pspm.plans.services.revisions import fields_of, open_plan, refresh_item, write_revision
from pspm.plans.tree import MAX_DEPTH, Node, build_tree, height, may_stand_under, walk


def add_item(
    *,
    plan: Plan,
    parent: Item | None,
    kind: ItemKind,
    author: User,
    values: Mapping[str, Any],
    position: int | None = None,
) -> Item:
    """Add an item under `parent` (None: the plan itself), last or at `position` among its siblings."""
    open_plan(plan)
    depth = _check_place(plan, kind, parent)
    if depth >= MAX_DEPTH:
        raise StateConflict(_too_deep())
    siblings = queries.list_siblings(plan.id, parent.id if parent else None)
    item = build_item(plan, parent, kind, values)
    db.session.add(item)
    db.session.flush()
    _place(item, siblings, len(siblings) if position is None else position)
    write_revision(item=item, author=author, kind=RevisionKind.CREATED, before=None)
    return item


def save_item(
    *,
    item: Item,
    author: User,
    expected_revision: int,
    values: Mapping[str, Any],
    yielded: Collection[str] = (),
) -> Saved:
    """Save the fields in `values`, made on the basis of revision `expected_revision`.

    What others changed since is merged; raises EditConflict where it can't be. For the fields in
    `yielded` the person takes what the others wrote.
    """
    open_plan(item.plan)
    refresh_item(item)
    if item.deleted_at is not None:
        raise StateConflict(_("This item was deleted while you were writing. Restore it to save your text."))
    before = fields_of(item)
    mine = {name: value for name, value in encode_fields(item.kind, values).items() if name in values}
    base = _base(item, expected_revision, before)
    merge = merge_fields(base=base, theirs=before, mine=mine, yielded=yielded)
    if merge.conflicts:
        raise EditConflict(item, merge.conflicts, merge.fields)
    assign(item, decode_fields(item.kind, merge.fields))
    if fields_of(item) == before:
        return Saved(None, merge.from_others)
    revision = write_revision(item=item, author=author, kind=RevisionKind.EDITED, before=before)
    return Saved(revision, merge.from_others)


def move_item(*, item: Item, parent: Item | None, position: int, author: User) -> bool:
    """Put the item, with all below it, under `parent` at `position`; False if it stands there already."""
    plan = item.plan
    open_plan(plan)
    refresh_item(item)
    _check_alive(item)
    depth = _check_place(plan, item.kind, parent)
    node = _node_of(plan, item)
    if parent is not None and any(below.item.id == parent.id for below in walk([node])):
        raise StateConflict(_("An item can't be moved below itself."))
    if depth + height(node) > MAX_DEPTH:
        raise StateConflict(_too_deep())
    parent_id = parent.id if parent else None
    siblings = [other for other in queries.list_siblings(plan.id, parent_id) if other.id != item.id]
    position = min(max(0, position), len(siblings))
    before = fields_of(item)
    if (item.parent_id, item.position) == (parent_id, position):
        return False
    _close_gap(item)
    item.parent_id = parent_id
    _place(item, siblings, position)
    write_revision(item=item, author=author, kind=RevisionKind.MOVED, before=before)
    return True


def delete_item(*, item: Item, author: User) -> int:
    """Delete the item and all below it, until it is restored; the number of items that went."""
    open_plan(item.plan)
    refresh_item(item)
    _check_alive(item)
    before = fields_of(item)
    gone = [node.item for node in walk([_node_of(item.plan, item)])]
    _close_gap(item)
    moment = now()
    for each in gone:
        each.deleted_at, each.deleted_by_id = moment, author.id
    write_revision(item=item, author=author, kind=RevisionKind.DELETED, before=before)
    return len(gone)


def restore_item(*, item: Item, author: User) -> int:
    """Bring back an item and what was deleted with it, to its old place; the number of items."""
    open_plan(item.plan)
    refresh_item(item)
    if item.deleted_at is None:
        raise StateConflict(_("This item is not deleted."))
    parent = db.session.get(Item, item.parent_id) if item.parent_id else None
    if parent is not None and parent.deleted_at is not None:
        raise StateConflict(
            _("The item above it is deleted too: restore “%(title)s” first.", title=parent.title)
        )
    before = fields_of(item)
    siblings = queries.list_siblings(item.plan_id, item.parent_id)
    back = [item, *_deleted_with(item, item.deleted_at)]
    for each in back:
        each.deleted_at = each.deleted_by_id = None
    _place(item, siblings, item.position)
    write_revision(item=item, author=author, kind=RevisionKind.RESTORED, before=before)
    return len(back)


def build_item(plan: Plan, parent: Item | None, kind: ItemKind, values: Mapping[str, Any]) -> Item:
    """A new item that is not yet in the session, nor in any place."""
    item = MODELS[kind](plan=plan, parent_id=parent.id if parent else None, kind=kind, position=0)
    for name in ("title", "text", "code", "responsible"):
        setattr(item, name, "")
    if isinstance(item, Indicator):
        item.targets = []
    assign(item, {name: value for name, value in values.items() if name in field_names(kind)})
    return item


def assign(item: Item, values: Mapping[str, Any]) -> None:
    """Set the fields in `values`; an indicator's targets become just those given."""
    for name, value in values.items():
        if name == "targets":
            continue
        setattr(item, name, value)
    if isinstance(item, Indicator) and "targets" in values:
        present = {target.year: target for target in item.targets}
        item.targets = [_target(present.get(t.year), t.year, t.value, t.text) for t in values["targets"]]


def _target(target: Target | None, year: int, value: Any, text: str) -> Target:
    target = target or Target(year=year)
    if (target.value, target.text) != (value, text):
        target.value, target.text = value, text
    return target


def _base(item: Item, expected_revision: int, current: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields that the person's form was made from."""
    if expected_revision == item.revision_number:
        return current
    revision = queries.find_revision(item, expected_revision)
    if revision is None:
        raise InvalidInput(
            _("The form was made from a text that the plan doesn't know. Open the item again.")
        )
    return {**current, **revision.after}


def _check_alive(item: Item) -> None:
    if item.deleted_at is not None:
        raise StateConflict(_("This item has been deleted meanwhile."))


def _check_place(plan: Plan, kind: ItemKind, parent: Item | None) -> int:
    """The depth that an item under `parent` has; raises where the kind may not stand there."""
    if parent is not None:
        refresh_item(parent)
        _check_alive(parent)
        if parent.plan_id != plan.id:
            raise StateConflict(_("An item stays in its plan."))
    if not may_stand_under(kind, parent.kind if parent else None):
        raise StateConflict(_("An item of this kind can't stand there."))
    depth = 0
    while parent is not None:
        depth += 1
        parent = db.session.get(Item, parent.parent_id) if parent.parent_id else None
    return depth


def _too_deep() -> str:
    return _("A plan has at most %(count)s levels.", count=MAX_DEPTH)


def _node_of(plan: Plan, item: Item) -> Node[Item]:
    nodes = walk(build_tree(queries.list_items(plan)))
    return next(node for node in nodes if node.item.id == item.id)


def _place(item: Item, siblings: list[Item], position: int) -> None:
    """Put the item at `position` among its siblings and number them all from 0."""
    siblings.insert(min(max(0, position), len(siblings)), item)
    for number, sibling in enumerate(siblings):
        sibling.position = number


def _close_gap(item: Item) -> None:
    others = [other for other in queries.list_siblings(item.plan_id, item.parent_id) if other.id != item.id]
    for number, sibling in enumerate(others):
        sibling.position = number


def _deleted_with(item: Item, moment: datetime) -> list[Item]:
    """Everything below a deleted item that went in the same act."""
    gone = queries.list_deleted_at(item.plan_id, moment)
    below, found = {item.id}, []
    while layer := [other for other in gone if other.parent_id in below]:
        found += layer
        below = {other.id for other in layer}
    return found
