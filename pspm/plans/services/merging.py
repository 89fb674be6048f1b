"""Two people edited the same item: what can be merged, and what a person must decide.

A merge looks at three states of the fields: `base`, which the person's form was made from; `theirs`,
as the item is now; and `mine`, what the person typed. Fields that only one of the two changed take that
change. Prose that both changed is merged word by word. The rest is a conflict.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from pspm.core.columns import JsonDict
from pspm.core.diff import merge_words
from pspm.core.errors import StateConflict
from pspm.core.i18n import gettext as _
from pspm.plans.fields import PROSE
from pspm.plans.models import Item, Revision

_TARGET = "targets"


@dataclass(frozen=True)
class FieldConflict:
    """One field that both changed in ways that can't both hold. Values are JSON, as in revisions.

    `name` is a field's name, or `targets.<year>.value` and `targets.<year>.text`.
    """

    name: str
    base: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True)
class Saved:
    """What came of a save. `merged` names the fields that another person had changed meanwhile."""

    revision: Revision | None
    merged: tuple[str, ...] = ()


class EditConflict(StateConflict):
    """Nothing was saved: a person must choose. `merged` holds all fields, the conflicting ones as typed."""

    def __init__(self, item: Item, conflicts: list[FieldConflict], merged: JsonDict) -> None:
        super().__init__(
            _(
                "Somebody else changed the same words while you were writing. "
                "Nothing of yours is lost: compare and choose."
            )
        )
        self.item = item
        self.conflicts = conflicts
        self.merged = merged


@dataclass(frozen=True)
class Merge:
    """The outcome of a three-way merge of fields."""

    fields: JsonDict
    from_others: tuple[str, ...]
    conflicts: list[FieldConflict]


def merge_fields(
    *,
    base: Mapping[str, Any],
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    yielded: Collection[str] = (),
) -> Merge:
    """Merge the fields named in `mine`; see the module's words on how.

    For the fields in `yielded` (named as in FieldConflict) the person takes what the others wrote.
    """
    old, now, typed = (_flatten(side, mine) for side in (base, theirs, mine))
    typed |= {name: now.get(name, _nothing(name)) for name in yielded if name in old | now | typed}
    merged: JsonDict = {}
    conflicts: list[FieldConflict] = []
    others: list[str] = []
    for name in old | now | typed:
        values = old.get(name, _nothing(name)), now.get(name, _nothing(name)), typed.get(name, _nothing(name))
        value, agreed = _merge_value(name, *values)
        merged[name] = value
        if not agreed:
            conflicts.append(FieldConflict(name, *values))
        elif values[1] not in (values[0], values[2]):
            others.append(name)
    return Merge(_unflatten(merged, mine), tuple(others), conflicts)


def _merge_value(name: str, base: Any, theirs: Any, mine: Any) -> tuple[Any, bool]:
    """The merged value and True, or what was typed and False."""
    if mine in (base, theirs):
        return theirs, True
    if theirs == base:
        return mine, True
    if _is_prose(name):
        words = merge_words(base or "", mine or "", theirs or "")
        if words is not None:
            return words, True
    return mine, False


def _is_prose(name: str) -> bool:
    return name in PROSE or (name.startswith(f"{_TARGET}.") and name.endswith(".text"))


def _nothing(name: str) -> str | None:
    return "" if name.startswith(f"{_TARGET}.") and name.endswith(".text") else None


def _flatten(side: Mapping[str, Any], names: Mapping[str, Any]) -> JsonDict:
    """The fields called `names`, the targets as one field for each year and part."""
    flat = {name: side.get(name) for name in names if name != _TARGET}
    if _TARGET in names:
        for year, entry in (side.get(_TARGET) or {}).items():
            flat |= {f"{_TARGET}.{year}.{part}": entry[part] for part in ("value", "text")}
    return flat


def _unflatten(flat: JsonDict, names: Mapping[str, Any]) -> JsonDict:
    fields = {name: value for name, value in flat.items() if not name.startswith(f"{_TARGET}.")}
    if _TARGET in names:
        targets: JsonDict = {}
        for name, value in flat.items():
            if name.startswith(f"{_TARGET}."):
                _word, year, part = name.split(".")
                targets.setdefault(year, {})[part] = value
        fields[_TARGET] = targets
    return fields
