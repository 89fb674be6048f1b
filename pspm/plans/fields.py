"""What an item consists of: the names of its fields by kind, and their values as JSON and back."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pspm.core.columns import JsonDict
from pspm.plans.models import (
    Action,
    ActionStatus,
    Frequency,
    Goal,
    Indicator,
    IndicatorType,
    Item,
    ItemKind,
    Objective,
    Polarity,
    Section,
    SectionRole,
    Target,
)
from pspm.plans.snapshot import TargetSnapshot

MODELS: dict[ItemKind, type[Item]] = {
    ItemKind.SECTION: Section,
    ItemKind.GOAL: Goal,
    ItemKind.OBJECTIVE: Objective,
    ItemKind.ACTION: Action,
    ItemKind.INDICATOR: Indicator,
}
COMMON: dict[str, type] = {"title": str, "text": str, "code": str, "responsible": str}
OWN: dict[ItemKind, dict[str, type]] = {
    ItemKind.SECTION: {"section_role": SectionRole},
    ItemKind.GOAL: {},
    ItemKind.OBJECTIVE: {},
    ItemKind.ACTION: {
        "start_date": date,
        "end_date": date,
        "action_status": ActionStatus,
        "budget": Decimal,
    },
    ItemKind.INDICATOR: {
        "indicator_type": IndicatorType,
        "unit": str,
        "formula": str,
        "source": str,
        "polarity": Polarity,
        "frequency": Frequency,
        "weight": Decimal,
        "baseline_value": Decimal,
        "baseline_year": int,
        "baseline_text": str,
    },
}
"""Fields that only one kind has, by the model's attribute, with the Python type of their values."""

PROSE = frozenset({"title", "text", "formula", "source", "baseline_text", "responsible"})
"""Fields in which the edits of two people can be merged word by word."""


def field_names(kind: ItemKind) -> tuple[str, ...]:
    """All fields that a person can fill in, targets last."""
    names = (*COMMON, *OWN[kind])
    return (*names, "targets") if kind is ItemKind.INDICATOR else names


def plain_decimal(value: Decimal) -> str:
    """The shortest way to write `value`, without exponent: 1.50 is 1.5, 1E+2 is 100, -0 is 0."""
    text = format(value.normalize(), "f")
    return "0" if text == "-0" else text


def encode(value: Any) -> Any:
    """One field's value as JSON."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def decode(wanted: type, value: Any) -> Any:
    """One field's value of type `wanted` from JSON; None stays None."""
    if value is None:
        return None
    if wanted is date:
        return date.fromisoformat(value)
    return wanted(value)


def encode_targets(targets: Iterable[Target | TargetSnapshot]) -> JsonDict:
    """Targets by year, as revisions keep them."""
    return {str(t.year): {"value": encode(t.value), "text": t.text} for t in targets}


def decode_targets(
    targets: Mapping[str, Mapping[str, Any]], *, keep_empty: bool = False
) -> tuple[TargetSnapshot, ...]:
    """Targets in the order of their years; the empty ones are left out, unless a file brought them."""
    return tuple(
        TargetSnapshot(year=int(year), value=decode(Decimal, entry["value"]), text=entry["text"])
        for year, entry in sorted(targets.items(), key=lambda pair: int(pair[0]))
        if keep_empty or entry["value"] is not None or entry["text"]
    )


def encode_fields(kind: ItemKind, values: Mapping[str, Any]) -> JsonDict:
    """The values of an item of `kind` as JSON, all fields present; empty words and None are the same."""
    fields: JsonDict = {name: values.get(name) or "" for name in COMMON}
    fields |= {name: _blank_is_none(encode(values.get(name))) for name in OWN[kind]}
    if kind is ItemKind.INDICATOR:
        fields["targets"] = encode_targets(values.get("targets") or ())
    return fields


def decode_fields(kind: ItemKind, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The Python values of what `encode_fields` (or a revision) holds; fields it lacks are left out."""
    wanted = COMMON | OWN[kind]
    values = {name: decode(wanted[name], fields[name]) for name in wanted if name in fields}
    if kind is ItemKind.INDICATOR and "targets" in fields:
        values["targets"] = decode_targets(fields["targets"])
    return values


def item_values(item: Item) -> dict[str, Any]:
    """The fields of an item as they are now. An indicator must come with its targets loaded."""
    values = {name: getattr(item, name) for name in (*COMMON, *OWN[item.kind])}
    if isinstance(item, Indicator):
        values["targets"] = tuple(
            TargetSnapshot(year=target.year, value=target.value, text=target.text) for target in item.targets
        )
    return values


def _blank_is_none(value: Any) -> Any:
    return None if value == "" else value
