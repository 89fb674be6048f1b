"""Two versions of a plan, item by item; pure."""

from __future__ import annotations

import enum
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pspm.core.columns import JsonDict
from pspm.plans.changes import FieldChange, field_changes
from pspm.plans.fields import encode_fields
from pspm.plans.snapshot import ItemSnapshot, PlanSnapshot
from pspm.plans.tree import Node, build_snapshot_tree, walk


class Difference(enum.Enum):
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True)
class ItemDifference:
    """What became of one item. A moved item may be changed as well: then both stand in `kinds`."""

    item: ItemSnapshot
    kinds: tuple[Difference, ...]
    old_number: str
    new_number: str
    changes: Sequence[FieldChange] = ()
    old_parent: str = ""
    new_parent: str = ""


@dataclass(frozen=True)
class Comparison:
    """All differences between two versions; items in the order of reading, removed ones where they stood."""

    settings: Sequence[FieldChange]
    items: Sequence[ItemDifference]
    unchanged: int

    @property
    def counts(self) -> dict[Difference, int]:
        counted = Counter(kind for item in self.items for kind in item.kinds)
        return {kind: counted[kind] for kind in Difference}


@dataclass(frozen=True)
class _Place:
    """An item of one version with its number and where it stands."""

    node: Node[ItemSnapshot]
    parent: ItemSnapshot | None

    @property
    def parent_id(self) -> str:
        return self.parent.id if self.parent else ""


def compare_snapshots(old: PlanSnapshot, new: PlanSnapshot) -> Comparison:
    """Items are the same where their public id is."""
    before, after = _places(old), _places(new)
    moved = _moved(before, after)
    gone = _gone_after(before, after)
    items = [_removed(place) for place in gone[""]]
    unchanged = 0
    for key, place in after.items():
        found = _difference(before.get(key), place, key in moved)
        if found is None:
            unchanged += 1
        else:
            items.append(found)
        items += [_removed(each) for each in gone[key]]
    return Comparison(field_changes(_settings(old), _settings(new)), items, unchanged)


def _places(snapshot: PlanSnapshot) -> dict[str, _Place]:
    """All items by public id, in the order of reading."""
    tree = build_snapshot_tree(snapshot.items)
    parents = {child.item.id: node.item for node in walk(tree) for child in node.children}
    return {node.item.id: _Place(node, parents.get(node.item.id)) for node in walk(tree)}


def _difference(old: _Place | None, new: _Place, moved: bool) -> ItemDifference | None:
    item, number = new.node.item, new.node.number
    if old is None:
        changes = field_changes(None, _fields(item))
        return ItemDifference(item, (Difference.ADDED,), "", number, changes)
    changes = field_changes(_fields(old.node.item), _fields(item))
    kinds = [Difference.MOVED] if moved else []
    kinds += [Difference.CHANGED] if changes else []
    if not kinds:
        return None
    return ItemDifference(
        item, tuple(kinds), old.node.number, number, changes, _title(old.parent), _title(new.parent)
    )


def _removed(place: _Place) -> ItemDifference:
    item = place.node.item
    changes = field_changes(_fields(item), {})
    return ItemDifference(item, (Difference.REMOVED,), place.node.number, "", changes)


def _moved(before: dict[str, _Place], after: dict[str, _Place]) -> set[str]:
    """Items under another parent, and those that were taken out of the order of their siblings."""
    common = [key for key in after if key in before]
    moved = {key for key in common if before[key].parent_id != after[key].parent_id}
    order = {key: index for index, key in enumerate(before)}
    siblings: dict[str, list[str]] = defaultdict(list)
    for key in common:
        if key not in moved:
            siblings[after[key].parent_id].append(key)
    for keys in siblings.values():
        stayed = _longest_rising([order[key] for key in keys])
        moved |= {key for key in keys if order[key] not in stayed}
    return moved


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The longest rising subsequence (patience sorting): what can stay when the fewest are moved."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        before[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def _gone_after(before: dict[str, _Place], after: dict[str, _Place]) -> dict[str, list[_Place]]:
    """Removed items by the surviving item that they stood behind ("" at the beginning)."""
    gone: dict[str, list[_Place]] = defaultdict(list)
    survivor = ""
    for key, place in before.items():
        if key in after:
            survivor = key
        else:
            gone[survivor].append(place)
    return gone


def _fields(item: ItemSnapshot) -> JsonDict:
    values = {
        "title": item.title,
        "text": item.text,
        "code": item.code,
        "responsible": item.responsible,
        "targets": item.targets,
    }
    return encode_fields(item.kind, values | item.fields)


def _settings(snapshot: PlanSnapshot) -> JsonDict:
    labels = {f"labels.{kind}": label for kind, label in snapshot.labels.items()}
    return {
        "title": snapshot.title,
        "summary": snapshot.summary,
        "language": snapshot.language,
        "start_year": snapshot.start_year,
        "end_year": snapshot.end_year,
        "body": snapshot.body.name,
    } | labels


def _title(item: ItemSnapshot | None) -> str:
    return item.title if item else ""
