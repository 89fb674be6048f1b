"""A plan with something of everything, to be printed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from pspm.documents.pdf.pages import Imprint
from pspm.plans.models import (
    ActionStatus,
    Frequency,
    IndicatorType,
    ItemKind,
    Polarity,
    SectionRole,
)
from pspm.plans.snapshot import BodySnapshot, ItemSnapshot, PlanSnapshot, TargetSnapshot

TEXT = """The ministry spends **nine working days** on each procurement; see
[the study](https://example.org/study) and https://example.org/data.

## How it is measured

1. from the day of the request
2. to the day of the order

- ἀρχή, παιδεία, ≥ 95 %, Δ = −3 €
- pārskatāmība, señal, città, naïve
- emoji have no place in print: 🚀

| Year | Days |
|------|------|
| 2024 | 9 |
| 2025 | 7 |

> Nobody waits for a signature.
"""


def sample_plan(*, language: str = "en") -> PlanSnapshot:
    indicator = ItemSnapshot(
        kind=ItemKind.INDICATOR,
        id="ind1",
        title="Working days from request to order",
        code="KPI-7",
        text="Median of all orders above 5,000 €.",
        responsible="Procurement office",
        fields={
            "indicator_type": IndicatorType.RESULT,
            "unit": "working days",
            "formula": "median(order − request)",
            "source": "Procurement register",
            "polarity": Polarity.LOWER,
            "frequency": Frequency.YEARLY,
            "weight": Decimal(60),
            "baseline_value": Decimal(9),
            "baseline_year": 2024,
        },
        targets=tuple(
            TargetSnapshot(year=year, value=Decimal(value))
            for year, value in [(2026, 7), (2027, 5), (2028, "3.5")]
        ),
    )
    many = ItemSnapshot(
        kind=ItemKind.INDICATOR,
        id="ind2",
        title="Share of services that can be used without paper",
        fields={"unit": "%", "baseline_text": "not measured"},
        targets=tuple(
            TargetSnapshot(year=year, value=Decimal(10 * (year - 2024)), text="of all services")
            for year in range(2025, 2031)
        ),
    )
    first = ItemSnapshot(
        kind=ItemKind.ACTION,
        id="act1",
        title="Rewrite the rules of procurement",
        code="A-1",
        text="With *all* offices at one table.",
        responsible="Legal office",
        fields={
            "start_date": date(2026, 1, 1),
            "end_date": date(2026, 12, 31),
            "action_status": ActionStatus.RUNNING,
            "budget": Decimal("125000.50"),
        },
        children=(
            ItemSnapshot(
                kind=ItemKind.INDICATOR,
                id="ind3",
                title="Rules in force",
                targets=(TargetSnapshot(year=2026, text="All"),),
            ),
        ),
    )
    second = ItemSnapshot(
        kind=ItemKind.ACTION, id="act2", title="Train the buyers", fields={"start_date": date(2027, 3, 15)}
    )
    deep = ItemSnapshot(kind=ItemKind.OBJECTIVE, id="o4", title="Deepest", children=(indicator,))
    for number in range(4, 0, -1):
        deep = ItemSnapshot(
            kind=ItemKind.OBJECTIVE,
            id=f"d{number}",
            title=f"Level {number}",
            text="Words.",
            children=(second, deep),
        )
    objective = ItemSnapshot(
        kind=ItemKind.OBJECTIVE,
        id="o1",
        title="Buy in half the time",
        text=TEXT,
        responsible="Directorate I",
        children=(indicator, first, second, many, deep),
    )
    goals = tuple(
        ItemSnapshot(
            kind=ItemKind.GOAL,
            id=f"g{number}",
            title=title,
            text="Why this matters.",
            children=(objective,) if number == 1 else (),
        )
        for number, title in enumerate(["A ministry that is quick to act", "Data that others can reuse"], 1)
    )
    section = ItemSnapshot(
        kind=ItemKind.SECTION,
        id="s1",
        title="Mission",
        text=TEXT,
        fields={"section_role": SectionRole.MISSION},
    )
    return PlanSnapshot(
        id="plan1",
        title="Three-year plan for the digital ministry",
        language=language,
        start_year=2026,
        end_year=2028,
        body=BodySnapshot(name="Ministry of Examples", acronym="ME", country="IT"),
        summary="What the ministry wants to reach by 2028, and how it will know.",
        items=(section, *goals),
    )


VERSION = Imprint(
    made_at=datetime(2026, 1, 31, 9, 30, tzinfo=UTC),
    number=2,
    sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    address="https://pspm.example.org/plans/plan1/versions/2",
)
DRAFT = Imprint(made_at=datetime(2026, 1, 31, 9, 30, tzinfo=UTC))
