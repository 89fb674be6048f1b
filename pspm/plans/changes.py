"""What a change changed, field by field and word by word, as people read it; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pspm.core.columns import JsonDict
from pspm.core.diff import Chunk, word_diff
from pspm.core.i18n import gettext as _
from pspm.plans.terms import field_label, target_text, value_text


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, for the `diff` component."""

    name: str
    label: str
    chunks: Sequence[Chunk]


def field_changes(
    before: Mapping[str, Any] | None, after: Mapping[str, Any], titles: Mapping[str, str] | None = None
) -> list[FieldChange]:
    """The fields in which two states of an item (or of a plan's settings) differ.

    The states are JSON, as revisions keep them. `titles` names parents by public id; without it an
    item's place among the others is left out.
    """
    old = dict(_readable(before or {}, titles))
    new = dict(_readable(after, titles))
    return [
        _change(name, old.get(name, ""), new.get(name, ""))
        for name in new | old
        if old.get(name, "") != new.get(name, "")
    ]


def _change(name: str, old: str, new: str) -> FieldChange:
    return FieldChange(name, field_label(name), word_diff(old, new))


def _readable(state: Mapping[str, Any], titles: Mapping[str, str] | None) -> Iterator[tuple[str, str]]:
    for name, value in state.items():
        if name == "targets":
            yield from _targets(value or {}, state.get("unit") or "")
        elif name not in ("parent", "position"):
            yield name, value_text(name, value)
    if titles is not None and "position" in state:
        yield "parent", titles[state["parent"]] if state["parent"] else _("The plan itself")
        yield "position", str(state["position"] + 1)


def _targets(targets: JsonDict, unit: str) -> Iterator[tuple[str, str]]:
    for year, target in sorted(targets.items()):
        yield f"targets.{year}", target_text(target["value"], target["text"], unit)
