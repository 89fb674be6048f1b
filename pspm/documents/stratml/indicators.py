"""A PerformanceIndicator read as an indicator with its baseline and targets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from pspm.core.columns import JsonDict
from pspm.documents.stratml import extras
from pspm.documents.stratml.entries import ORDER
from pspm.documents.stratml.faults import FaultKind
from pspm.documents.stratml.node import Node, to_xml
from pspm.documents.stratml.notation import Entry
from pspm.documents.stratml.other import UNPLACED, Other
from pspm.documents.stratml.scribe import CODE, UNIT, Scribe
from pspm.plans.models import IndicatorType, ItemKind
from pspm.plans.snapshot import ItemSnapshot, TargetSnapshot

TYPE_OF_STAGE = {
    "Outcome": IndicatorType.IMPACT,
    "Output": IndicatorType.OUTPUT,
    "Output_Processing": IndicatorType.OTHER,
    "Input_Processing": IndicatorType.OTHER,
    "Input": IndicatorType.OTHER,
}
STAGE_OF_TYPE = {
    IndicatorType.IMPACT: "Outcome",
    IndicatorType.OUTPUT: "Output",
    IndicatorType.RESULT: "Output",
    IndicatorType.FINANCIAL: "Input",
}
BASELINE = "Baseline"
_BASELINES = frozenset({"baseline", "valore di partenza", "valore base", "línea de base", "bāzes vērtība"})
_TOO_LARGE = Decimal(10) ** 14
_PLACES = 6


@dataclass
class _Results:
    """The results of an indicator, sorted into what the plan holds and what is only kept."""

    targets: dict[int, TargetSnapshot] = field(default_factory=dict)
    baseline: JsonDict = field(default_factory=dict)
    kept: list[Node] = field(default_factory=list)
    details: JsonDict = field(default_factory=dict)
    """By year, what a target's element says beyond value and words: odd dates, a descriptor."""


def read_indicator(scribe: Scribe, node: Node) -> ItemSnapshot:
    other, spill = Other(node, actions=False), list[str]()
    results = _read_results(scribe, node)
    words = [other.free_text, *(t.text for t in results.targets.values()), *map(_words, results.kept)]
    title = scribe.title(node, node.text_of("MeasurementDimension"), spill, next(filter(None, words), ""))
    code = scribe.fit(node, "SequenceIndicator", node.text_of("SequenceIndicator"), CODE, spill)
    unit = scribe.fit(node, "UnitOfMeasurement", node.text_of("UnitOfMeasurement"), UNIT, spill)
    stage = TYPE_OF_STAGE.get(node.attributes.get("ValueChainStage", ""))
    more = _read_fields(scribe, node, other)
    item = replace(
        more,
        title=title,
        code=code,
        text=more.text or "\n\n".join([*spill, *filter(None, [other.free_text])]),
        fields=_fields(indicator_type=stage, unit=unit) | results.baseline | more.fields,
        targets=tuple(target for _year, target in sorted(results.targets.items())),
    )
    kept = extras.pack(
        identifier=node.text_of("Identifier"),
        attributes=_odd_attributes(node, item),
        elements=extras.keep([*_relationships(node), *results.kept]),
        targets=results.details,
        unplaced=node.all_unplaced() + other.unplaced() + other.unreadable,
    )
    return replace(item, extras=more.extras | kept)


def default_attributes(item: ItemSnapshot) -> dict[str, str]:
    """The attributes that an export gives an indicator of its own accord."""
    numbers = any(target.value is not None for target in item.targets)
    found = {"PerformanceIndicatorType": "Quantitative" if numbers else "Qualitative"}
    kind = item.fields.get("indicator_type")
    return found | ({"ValueChainStage": STAGE_OF_TYPE[kind]} if kind in STAGE_OF_TYPE else {})


def _odd_attributes(node: Node, item: ItemSnapshot) -> dict[str, str]:
    usual = default_attributes(item)
    return {name: value for name, value in node.attributes.items() if usual.get(name) != value}


def _read_fields(scribe: Scribe, node: Node, other: Other) -> ItemSnapshot:
    """What stands in the notation, as an indicator without a title."""
    entries = [entry for entry in other.entries if entry.key not in (UNPLACED, ORDER)]
    found = scribe.entries.item(Entry(ItemKind.INDICATOR.value.capitalize(), "", entries))
    scribe.report_unreadable(node, other)
    return found


def _fields(**values: object) -> JsonDict:
    return {name: value for name, value in values.items() if value not in (None, "")}


def _relationships(node: Node) -> list[Node]:
    return [child for child in node.all("Relationship") if not child.is_empty]


def _words(node: Node) -> str:
    return node.text_of("Description")


def _read_results(scribe: Scribe, node: Node) -> _Results:
    results = _Results()
    every = [result for instance in node.all("MeasurementInstance") for result in instance.children]
    for result in every:
        if result.is_empty:
            continue
        if not results.baseline and _is_baseline(result):
            results.baseline = _baseline(result)
        elif result.name == "ActualResult" or not _take_target(scribe, results, result):
            results.kept.append(result)
    return results


def _is_baseline(result: Node) -> bool:
    descriptor = result.child("Descriptor")
    return descriptor is not None and descriptor.text_of("DescriptorName").lower() in _BASELINES


def _baseline(result: Node) -> JsonDict:
    value, text = _value_and_text(result)
    return _fields(baseline_value=value, baseline_year=_year(result) or None, baseline_text=text)


def _take_target(scribe: Scribe, results: _Results, result: Node) -> bool:
    """Put the target into the plan, if it says for what year and what."""
    year, (value, text) = _year(result), _value_and_text(result)
    says_nothing = value is None and not text
    if not year and says_nothing:
        return False
    if not year:
        scribe.note(FaultKind.NO_TARGET_YEAR, result, text=text or str(value))
        return False
    if year in results.targets:
        scribe.note(FaultKind.DOUBLE_TARGET, result, year=str(year))
        return False
    if says_nothing:
        scribe.note(FaultKind.EMPTY_TARGET, result, year=str(year))
    results.targets[year] = TargetSnapshot(year=year, value=value, text=text)
    details = _details(result, year)
    if details:
        results.details[str(year)] = details
    return True


def _year(result: Node) -> int:
    day = result.text_of("EndDate") or result.text_of("StartDate")
    return int(day[:4]) if day else 0


def _value_and_text(result: Node) -> tuple[Decimal | None, str]:
    """A number that the plan cannot hold becomes part of the words."""
    number, text = result.text_of("NumberOfUnits"), result.text_of("Description")
    if not number:
        return None, text
    value = Decimal(number)
    if abs(value) >= _TOO_LARGE or value != round(value, _PLACES):
        return None, f"{number} – {text}" if text else number
    return value, text


def year_dates(year: int) -> dict[str, str]:
    """First and last day of a year, by the names of their elements."""
    return {"StartDate": f"{year:04d}-01-01", "EndDate": f"{year:04d}-12-31"}


def _details(result: Node, year: int) -> JsonDict:
    dates = {child.name: child.text for child in result.children if child.name in ("StartDate", "EndDate")}
    found: JsonDict = {} if dates == year_dates(year) else {"dates": dates}
    descriptor = result.child("Descriptor")
    if descriptor is not None and not descriptor.is_empty:
        found["descriptor"] = to_xml(descriptor)
    return found
