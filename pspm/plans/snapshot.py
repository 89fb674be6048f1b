"""A plan as plain data: what a version freezes, and what every file in or out is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from pspm.core.columns import JsonDict
from pspm.plans.models import ItemKind

SCHEMA = "pspm-plan/1"


@dataclass(frozen=True, kw_only=True)
class TargetSnapshot:
    """The expected value of an indicator in `year`."""

    year: int
    value: Decimal | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class ItemSnapshot:
    """One item and all below it.

    `fields` holds what only its kind has, by the name of the model's attribute and already of the
    attribute's Python type (enum members, Decimal, date, str, int); empty ones are left out.
    `id` is the item's public id, or empty in a plan that was read from a file and not yet saved.
    """

    kind: ItemKind
    title: str
    id: str = ""
    code: str = ""
    text: str = ""
    responsible: str = ""
    fields: JsonDict = field(default_factory=dict)
    targets: tuple[TargetSnapshot, ...] = ()
    extras: JsonDict = field(default_factory=dict)
    children: tuple[ItemSnapshot, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BodySnapshot:
    """The body that leads the plan, as it was."""

    name: str
    acronym: str = ""
    ipa_code: str = ""
    country: str = ""
    website: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanSnapshot:
    """A whole plan."""

    title: str
    language: str
    start_year: int
    end_year: int
    body: BodySnapshot
    id: str = ""
    summary: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    items: tuple[ItemSnapshot, ...] = ()
    extras: JsonDict = field(default_factory=dict)
