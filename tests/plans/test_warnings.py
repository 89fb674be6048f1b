"""What authors are told to look at again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pspm.plans import queries
from pspm.plans.models import IndicatorType, ItemKind, Plan
from pspm.plans.snapshot import TargetSnapshot
from pspm.plans.tree import build_tree
from pspm.plans.warnings import WarningKind, list_warnings

SECTION, GOAL, OBJECTIVE, ACTION, INDICATOR = ItemKind
TARGET = (TargetSnapshot(year=2026, value=Decimal(1)),)


def kinds(plan: Plan) -> list[tuple[str, str]]:
    nodes = build_tree(queries.list_items(plan))
    return [
        (warning.kind.value, warning.node.number)
        for warning in list_warnings(nodes, plan.start_year, plan.end_year)
    ]


def test_an_objective_is_measured_itself_or_below(plan: Plan, add: Any) -> None:
    objective = add(OBJECTIVE, add(GOAL))
    assert kinds(plan) == [("no_indicator", "1.1")]
    below = add(OBJECTIVE, objective)
    assert kinds(plan) == [("no_indicator", "1.1.1")]
    add(INDICATOR, below)
    assert kinds(plan) == []


@pytest.mark.parametrize(
    ("weights", "warned"),
    [
        (["60", "40"], False),
        ([None, None], False),
        (["60", None], True),
        (["60.5", "40"], True),
        (["100"], False),
    ],
)
def test_weights_make_100_where_there_are_any(
    plan: Plan, add: Any, weights: list[str | None], warned: bool
) -> None:
    objective = add(OBJECTIVE, add(GOAL))
    for weight in weights:
        add(INDICATOR, objective, weight=Decimal(weight) if weight else None)
    assert (("weights", "1.1") in kinds(plan)) is warned


def test_a_financial_indicator_needs_company(plan: Plan, add: Any) -> None:
    objective = add(OBJECTIVE, add(GOAL))
    add(INDICATOR, objective, indicator_type=IndicatorType.FINANCIAL)
    assert kinds(plan) == [("financial_alone", "1.1")]
    add(INDICATOR, objective, indicator_type=IndicatorType.RESULT)
    assert kinds(plan) == []


@pytest.mark.parametrize(
    ("values", "warned"),
    [
        ({"targets": TARGET}, True),
        ({"targets": TARGET, "baseline_value": Decimal(0)}, False),
        ({"targets": TARGET, "baseline_text": "not measured before"}, False),
        ({}, False),
    ],
)
def test_targets_need_a_baseline(plan: Plan, add: Any, values: Any, warned: bool) -> None:
    add(INDICATOR, add(GOAL), **values)
    assert kinds(plan) == ([("no_baseline", "I1.1")] if warned else [])


@pytest.mark.parametrize(
    ("start", "end", "warned"),
    [
        (None, None, False),
        (date(2026, 1, 1), date(2028, 12, 31), False),
        (date(2025, 12, 31), None, True),
        (None, date(2029, 1, 1), True),
    ],
)
def test_actions_lie_within_the_years(
    plan: Plan, add: Any, start: date | None, end: date | None, warned: bool
) -> None:
    add(ACTION, add(GOAL), start_date=start, end_date=end)
    assert kinds(plan) == ([("outside_years", "A1.1")] if warned else [])


def test_every_kind_has_a_message_and_a_name(plan: Plan, add: Any) -> None:
    objective = add(OBJECTIVE, add(GOAL))
    add(OBJECTIVE, add(GOAL))
    add(
        INDICATOR,
        objective,
        indicator_type=IndicatorType.FINANCIAL,
        weight=Decimal("12.50"),
        targets=TARGET,
    )
    add(ACTION, objective, end_date=date(2030, 1, 1))
    found = list_warnings(build_tree(queries.list_items(plan)), 2026, 2028)
    assert {warning.kind for warning in found} == set(WarningKind)
    assert all(warning.message and warning.kind.label for warning in found)
    assert any("12.5" in warning.message for warning in found)
