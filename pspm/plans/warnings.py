"""What a plan's authors should look at again; pure. Warnings never stop anybody."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from pspm.core.i18n import gettext as _
from pspm.plans.models import Action, Indicator, IndicatorType, Item, ItemKind
from pspm.plans.terms import decimal_text
from pspm.plans.tree import Node, walk

WHOLE = Decimal(100)


class WarningKind(enum.Enum):
    WEIGHTS = "weights"
    FINANCIAL_ALONE = "financial_alone"
    NO_INDICATOR = "no_indicator"
    NO_BASELINE = "no_baseline"
    OUTSIDE_YEARS = "outside_years"

    @property
    def label(self) -> str:
        return str(_LABELS[self])


_LABELS: dict[WarningKind, Any] = {
    WarningKind.WEIGHTS: _l("Weights that do not make 100"),
    WarningKind.FINANCIAL_ALONE: _l("Financial indicators alone"),
    WarningKind.NO_INDICATOR: _l("Objectives without indicator"),
    WarningKind.NO_BASELINE: _l("Targets without baseline"),
    WarningKind.OUTSIDE_YEARS: _l("Actions outside the plan's years"),
}


@dataclass(frozen=True)
class PlanWarning:
    """One thing to look at, on one item. `figure` is the sum of the weights where they are the matter."""

    kind: WarningKind
    node: Node[Item]
    figure: Decimal | None = None

    @property
    def message(self) -> str:
        return _message(self)


def list_warnings(nodes: Iterable[Node[Item]], start_year: int, end_year: int) -> list[PlanWarning]:
    """All warnings of a plan for these years, in the order of reading."""
    years = range(start_year, end_year + 1)
    return [PlanWarning(kind, node, figure) for node in walk(nodes) for kind, figure in _check(node, years)]


def group_by_item(warnings: Iterable[PlanWarning]) -> dict[int, list[PlanWarning]]:
    """Warnings by the id of their item."""
    grouped: dict[int, list[PlanWarning]] = {}
    for warning in warnings:
        grouped.setdefault(warning.node.item.id, []).append(warning)
    return grouped


Finding = tuple[WarningKind, Decimal | None]


def _check(node: Node[Item], years: range) -> Iterator[Finding]:
    item = node.item
    yield from _check_indicators(node)
    if isinstance(item, Indicator) and item.targets and not _has_baseline(item):
        yield WarningKind.NO_BASELINE, None
    if isinstance(item, Action) and not _within(item, years):
        yield WarningKind.OUTSIDE_YEARS, None


def _check_indicators(node: Node[Item]) -> Iterator[Finding]:
    """What is to be said of the indicators of an item, and of an objective that has none."""
    indicators = [child.item for child in node.children if isinstance(child.item, Indicator)]
    if not indicators:
        # An objective with sub-objectives may leave the measuring to them.
        if node.item.kind is ItemKind.OBJECTIVE and not _has_objectives(node):
            yield WarningKind.NO_INDICATOR, None
        return
    weights = [indicator.weight for indicator in indicators if indicator.weight is not None]
    if weights and sum(weights) != WHOLE:
        yield WarningKind.WEIGHTS, Decimal(sum(weights))
    if all(indicator.indicator_type is IndicatorType.FINANCIAL for indicator in indicators):
        yield WarningKind.FINANCIAL_ALONE, None


def _has_objectives(node: Node[Item]) -> bool:
    return any(child.item.kind is ItemKind.OBJECTIVE for child in node.children)


def _has_baseline(indicator: Indicator) -> bool:
    return indicator.baseline_value is not None or bool(indicator.baseline_text)


def _within(action: Action, years: Sequence[int]) -> bool:
    return all(day is None or day.year in years for day in (action.start_date, action.end_date))


def _message(warning: PlanWarning) -> str:
    messages: dict[WarningKind, Any] = {
        WarningKind.FINANCIAL_ALONE: lambda: _(
            "Its only indicators are financial. Add one of another type: money spent does not show "
            "a result by itself (DPCM 18 September 2012, article 6)."
        ),
        WarningKind.NO_INDICATOR: lambda: _("No indicator measures it."),
        WarningKind.NO_BASELINE: lambda: _(
            "It has targets but no baseline: say where you start from, so that the targets can be judged."
        ),
        WarningKind.OUTSIDE_YEARS: lambda: _("It begins or ends outside the years of the plan."),
        WarningKind.WEIGHTS: lambda: _(
            "The weights of its indicators add up to %(sum)s, not to 100.",
            sum=decimal_text(warning.figure or "0"),
        ),
    }
    return str(messages[warning.kind]())
