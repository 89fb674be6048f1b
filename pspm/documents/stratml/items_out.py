"""Goals, objectives and indicators as elements of StratML Part 2."""

from __future__ import annotations

from pspm.documents.stratml import extras, notation
from pspm.documents.stratml.entries import extras_entries, field_entries, item_entry, order_entries
from pspm.documents.stratml.indicators import BASELINE, TYPE_OF_STAGE, default_attributes, year_dates
from pspm.documents.stratml.lines import format_line
from pspm.documents.stratml.node import Node, from_xml
from pspm.documents.stratml.notation import MARK, Entry
from pspm.documents.stratml.other import PART_OF, UNPLACED
from pspm.documents.stratml.values import is_name
from pspm.plans.fields import plain_decimal
from pspm.plans.models import ItemKind
from pspm.plans.snapshot import ItemSnapshot, TargetSnapshot

_BY_ELEMENT = frozenset({"unit", "baseline_value", "baseline_year", "baseline_text"})
"""Fields of an indicator that have an element."""


class ItemsWriter:
    """Writes one plan's items; knows which identifiers are taken."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.taken: set[str] = set()
        self.goals = 0

    def claim(self, identifier: str) -> str:
        """`identifier` if it may be used and no other element has it, else nothing."""
        if not is_name(identifier) or identifier in self.taken:
            return ""
        self.taken.add(identifier)
        return identifier

    def identify(self, node: Node, item: ItemSnapshot, path: str) -> str:
        """Give the element its identifier: the one it came with, else ours, else one by its place."""
        wanted = extras.kept(item.extras).get("identifier", "")
        found = self.claim(wanted) or self.claim(f"_{item.id}" if item.id else "") or self._by_place(path)
        node.add("Identifier", found)
        return found

    def _by_place(self, path: str) -> str:
        wanted = f"_{path}"
        while not self.claim(wanted):
            wanted += "_"
        return wanted

    def fresh(self, node: Node) -> Node:
        """A kept element, without identifiers that others have by now."""
        node.children = [
            self.fresh(child)
            for child in node.children
            if child.name != "Identifier" or self.claim(child.text)
        ]
        return node

    def goal(self, item: ItemSnapshot) -> Node:
        self.goals += 1
        node = Node("Goal")
        objectives = [child for child in item.children if child.kind is ItemKind.OBJECTIVE]
        self._write_tree_item(node, item, f"g{self.goals}", first=objectives, last=[], parent="")
        for place, objective in enumerate(objectives, 1):
            self._objective(node, objective, f"g{self.goals}.{place}", "")
        node.sort()
        return node

    def _objective(self, goal: Node, item: ItemSnapshot, path: str, parent: str) -> None:
        """Add the objective, then those below it: Part 2 has all of them directly under the goal."""
        node = goal.add("Objective")
        indicators = [child for child in item.children if child.kind is ItemKind.INDICATOR]
        below = [child for child in item.children if child.kind is ItemKind.OBJECTIVE]
        identifier = self._write_tree_item(node, item, path, first=indicators, last=below, parent=parent)
        node.children += [self._indicator(child, f"{path}.i{n}") for n, child in enumerate(indicators, 1)]
        node.sort()
        for place, child in enumerate(below, 1):
            self._objective(goal, child, f"{path}.{place}", identifier)

    def _write_tree_item(
        self,
        node: Node,
        item: ItemSnapshot,
        path: str,
        *,
        first: list[ItemSnapshot],
        last: list[ItemSnapshot],
        parent: str,
    ) -> str:
        """Fill in a Goal or an Objective, but for the elements of its children. Returns its identifier."""
        node.add("Name", item.title)
        node.add("Description", item.text)
        identifier = self.identify(node, item, path)
        node.add_if("SequenceIndicator", item.code)
        stakeholders = extras.kept_nodes(item.extras)
        if item.responsible != extras.performers(stakeholders):
            stakeholders.insert(0, extras.own_stakeholder(item.responsible))
        node.children += [self.fresh(stakeholder) for stakeholder in stakeholders]
        lines, in_lines, apart = self._lines(item, [*first, *last])
        entries = [Entry(PART_OF, parent)] if parent else []
        entries += extras_entries(extras.others(item.extras))
        entries += [item_entry(child) for child in apart]
        entries += order_entries(list(item.children), [*first, *in_lines, *apart, *last])
        entries += _unplaced(item)
        free_text = extras.kept(item.extras).get("other", "")
        node.add_if("OtherInformation", notation.compose(free_text, lines, entries))
        return identifier

    def _lines(
        self, item: ItemSnapshot, placed: list[ItemSnapshot]
    ) -> tuple[list[str], list[ItemSnapshot], list[ItemSnapshot]]:
        """Actions as lines; the children behind them; and those that no line can hold."""
        lines, in_lines, apart = [], [], []
        for child in item.children:
            if any(child is other for other in placed):
                continue
            line = format_line(child, self.language)
            if line is None:
                apart.append(child)
            else:
                lines.append(line)
                in_lines.append(child)
        return lines, in_lines, apart

    def _indicator(self, item: ItemSnapshot, path: str) -> Node:
        node, kept = Node("PerformanceIndicator"), extras.kept(item.extras)
        node.attributes = _attributes(item)
        node.add_if("SequenceIndicator", item.code)
        node.add("MeasurementDimension", item.title)
        node.add("UnitOfMeasurement", item.fields.get("unit", ""))
        self.identify(node, item, path)
        elements = [self.fresh(element) for element in extras.kept_nodes(item.extras)]
        node.children += [element for element in elements if element.name == "Relationship"]
        results = [_target(target, kept.get("targets", {})) for target in item.targets]
        results += [element for element in elements if element.name != "Relationship"]
        results += _baseline(item)
        if results:
            instance = node.add("MeasurementInstance")
            instance.children = results
            instance.sort()
        node.add_if("OtherInformation", _indicator_information(item, node.attributes))
        node.sort()
        return node


def _attributes(item: ItemSnapshot) -> dict[str, str]:
    """Our own attributes, and those of the file where they do not contradict what is there now."""
    found = default_attributes(item)
    kept = extras.kept(item.extras).get("attributes", {})
    stage = kept.get("ValueChainStage")
    if stage and TYPE_OF_STAGE[stage] is item.fields.get("indicator_type"):
        found["ValueChainStage"] = stage
    if "PerformanceIndicatorType" in kept:
        found["PerformanceIndicatorType"] = kept["PerformanceIndicatorType"]
    return found


def _indicator_information(item: ItemSnapshot, attributes: dict[str, str]) -> str:
    kind = item.fields.get("indicator_type")
    names = set(item.fields) - _BY_ELEMENT
    if kind is TYPE_OF_STAGE.get(attributes.get("ValueChainStage", "")):
        names.discard("indicator_type")
    entries = [Entry("Responsible", item.responsible)] if item.responsible else []
    entries += field_entries(item, names)
    free = item.text == item.text.strip() and MARK not in item.text
    if not free:
        entries.append(Entry("Text", item.text))
    entries += extras_entries(extras.others(item.extras))
    entries += [item_entry(child) for child in item.children]
    entries += _unplaced(item)
    return notation.compose(item.text if free else "", [], entries)


def _unplaced(item: ItemSnapshot) -> list[Entry]:
    return [Entry(UNPLACED, text) for text in extras.kept(item.extras).get("unplaced", ())]


def _target(target: TargetSnapshot, details: dict[str, dict[str, object]]) -> Node:
    node, detail = Node("TargetResult"), details.get(str(target.year), {})
    for name, day in dict(detail.get("dates") or year_dates(target.year)).items():  # type: ignore[call-overload]
        node.add(name, day)
    if target.value is not None:
        node.add("NumberOfUnits", plain_decimal(target.value))
    if detail.get("descriptor"):
        node.children.append(from_xml(str(detail["descriptor"])))
    node.add_if("Description", target.text)
    return node


def _baseline(item: ItemSnapshot) -> list[Node]:
    """The baseline as a result that was there already."""
    value, year = item.fields.get("baseline_value"), item.fields.get("baseline_year")
    text = item.fields.get("baseline_text", "")
    if value is None and year is None and not text:
        return []
    node = Node("ActualResult")
    if year is not None:
        for name, day in year_dates(year).items():
            node.add(name, day)
    if value is not None:
        node.add("NumberOfUnits", plain_decimal(value))
    node.add("Descriptor").add("DescriptorName", BASELINE)
    node.add_if("Description", text)
    return [node]
