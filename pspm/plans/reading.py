"""What the reading of a plan needs in templates: terms, facts and targets of items, live or frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask

from pspm.core.i18n import gettext as _
from pspm.core.text import plain_text
from pspm.plans.models import Indicator, Item, ItemKind, PlanMember
from pspm.plans.snapshot import ItemSnapshot
from pspm.plans.terms import counted_term, decimal_text, field_label, kind_term, target_text, term, value_text

_FACTS: dict[ItemKind, tuple[str, ...]] = {
    ItemKind.SECTION: (),
    ItemKind.GOAL: ("code", "responsible"),
    ItemKind.OBJECTIVE: ("code", "responsible"),
    ItemKind.ACTION: ("code", "responsible", "start_date", "end_date", "action_status", "budget"),
    ItemKind.INDICATOR: (
        "code",
        "responsible",
        "indicator_type",
        "unit",
        "formula",
        "source",
        "polarity",
        "frequency",
        "weight",
    ),
}
"""What stands below an item's text, in this order; an indicator's baseline stands among its targets."""


@dataclass(frozen=True)
class Expected:
    """One row of an indicator's table: its baseline, or the target of a year."""

    when: str
    figure: str
    words: str


def init_app(app: Flask) -> None:
    app.jinja_env.filters["term"] = term
    app.jinja_env.globals.update(
        kind_term=kind_term,
        counted_term=counted_term,
        field_label=field_label,
        value_text=value_text,
        target_text=target_text,
        item_facts=item_facts,
        item_key=item_key,
        member_name=member_name,
        item_value=item_value,
        expected_values=expected_values,
    )


def member_name(member: PlanMember, with_address: bool) -> str:
    """A member by name; somebody invited by address, which is for coordinators only."""
    if member.user is not None:
        return member.user.name
    return member.email if with_address else _("Somebody invited")


def item_key(item: Item | ItemSnapshot) -> str:
    """The public id of an item, live or frozen."""
    return item.public_id if isinstance(item, Item) else item.id


def item_value(item: Item | ItemSnapshot, name: str) -> Any:
    """One field of an item, live or frozen; None where it is empty."""
    if isinstance(item, ItemSnapshot) and not hasattr(item, name):
        return item.fields.get(name)
    return getattr(item, name)


def item_facts(item: Item | ItemSnapshot) -> list[tuple[str, str]]:
    """The filled facts of an item as labels and values, in the order of reading."""
    facts = []
    for name in _FACTS[item.kind]:
        value = value_text(name, item_value(item, name))
        if value:
            facts.append((field_label(name), plain_text(value) if name in ("formula", "source") else value))
    return facts


def expected_values(item: Item | ItemSnapshot) -> list[Expected]:
    """An indicator's baseline and targets by year; nothing for other kinds."""
    if item.kind is not ItemKind.INDICATOR:
        return []
    targets = item.targets if isinstance(item, (Indicator, ItemSnapshot)) else ()
    rows = [_baseline(item)]
    rows += [Expected(str(target.year), _figure(target.value), target.text) for target in targets]
    return [row for row in rows if row.figure or row.words]


def _baseline(item: Item | ItemSnapshot) -> Expected:
    year = item_value(item, "baseline_year")
    when = _("Baseline %(year)s", year=year) if year else _("Baseline")
    words = item_value(item, "baseline_text") or ""
    return Expected(when, _figure(item_value(item, "baseline_value")), words)


def _figure(value: Any) -> str:
    return "" if value is None else decimal_text(value)
