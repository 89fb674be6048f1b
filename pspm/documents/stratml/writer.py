"""StratML out: a plan as a Part 2 document that keeps to the schema."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from pspm.documents.stratml import extras, notation
from pspm.documents.stratml.entries import extras_entries, item_entry, order_entries
from pspm.documents.stratml.items_out import ItemsWriter
from pspm.documents.stratml.language import section_title
from pspm.documents.stratml.node import Node, from_xml, to_element
from pspm.documents.stratml.notation import Entry
from pspm.documents.stratml.other import UNPLACED
from pspm.documents.stratml.reader import document_type
from pspm.documents.stratml.structure import PART2_NAMESPACE, PART2_ROOT
from pspm.plans.models import ItemKind, SectionRole
from pspm.plans.snapshot import ItemSnapshot, PlanSnapshot

_LONE = {SectionRole.VISION: "Vision", SectionRole.MISSION: "Mission"}


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Where and when this text was published, for a version that is public."""

    day: str
    """As YYYY-MM-DD."""
    source: str
    """Its permanent address."""


def write_plan(plan: PlanSnapshot, publication: Publication | None = None) -> bytes:
    """The plan as StratML Part 2, in UTF-8."""
    root = _PlanWriter(plan, publication).write()
    element = to_element(root, PART2_NAMESPACE)
    etree.indent(element)
    return bytes(etree.tostring(element, encoding="utf-8", xml_declaration=True))


class _PlanWriter:
    def __init__(self, plan: PlanSnapshot, publication: Publication | None) -> None:
        self.plan = plan
        self.kept = extras.kept(plan.extras)
        self.publication = publication
        self.items = ItemsWriter(plan.language)
        self.lone: dict[str, ItemSnapshot] = {}
        """The vision and the mission that have an element of their own."""

    def write(self) -> Node:
        root = Node(PART2_ROOT)
        root.attributes["Type"] = self.kept.get("type") or document_type(self.plan.items)
        root.add("Name", self.plan.title)
        root.add_if("Description", self.plan.summary)
        core = self._core()
        root.add_if("OtherInformation", self._other_information())
        root.children.append(core)
        admin = self._administrative()
        if admin.children:
            root.children.append(admin)
        root.children += [self.items.fresh(from_xml(text)) for text in self.kept.get("submitter", ())]
        return root

    def _core(self) -> Node:
        core = Node("StrategicPlanCore")
        core.children += self._organizations()
        sections = [item for item in self.plan.items if item.kind is ItemKind.SECTION]
        self.lone = _lone_sections(sections)
        self.values = [item for item in sections if _is_value(item)]
        identifiers = self.kept.get("identifiers", {})
        for name in _LONE.values():
            section, identifier = self.lone.get(name), identifiers.get(name, "")
            if section or identifier:
                core.children.append(self._lone_element(name, section, identifier))
        for value in self.values:
            node = core.add("Value")
            node.add("Name", value.title)
            node.add_if("Description", value.text)
        goals = [self.items.goal(item) for item in self.plan.items if item.kind is ItemKind.GOAL]
        core.children += goals or [_empty_goal()]
        return core

    def _organizations(self) -> list[Node]:
        """The leading body; the one that the file came with too, if it is another."""
        body, known = self.plan.body, self.kept.get("organization", {})
        first = Node("Organization")
        first.add_if("Name", body.name)
        first.add_if("Acronym", body.acronym)
        rest = [self.items.fresh(from_xml(text)) for text in known.get("elements", ())]
        found = [first]
        if known and known["name"] == body.name:
            first.children += rest
        elif known:
            second = Node("Organization")
            second.add_if("Name", known["name"])
            second.add_if("Acronym", known["acronym"])
            second.children += rest
            found.append(second)
        found += [self.items.fresh(from_xml(text)) for text in self.kept.get("organizations", ())]
        return [node for node in found if node.children]

    def _lone_element(self, name: str, section: ItemSnapshot | None, identifier: str) -> Node:
        node = Node(name)
        if section:
            node.add("Description", section.text)
            self.items.identify(node, section, name.lower())
        else:
            node.add_if("Identifier", self.items.claim(identifier))
        return node

    def _other_information(self) -> str:
        entries = [Entry("Language", self.plan.language)]
        body = self.plan.body
        for key, value in (("IPA code", body.ipa_code), ("Country", body.country), ("Website", body.website)):
            if value:
                entries.append(Entry(key, value))
        entries += [Entry(f"Label {level}", label) for level, label in self.plan.labels.items()]
        entries += extras_entries(extras.others(self.plan.extras))
        entries += self._sections_and_order()
        entries += [Entry(UNPLACED, text) for text in self.kept.get("unplaced", ())]
        return notation.compose(self.kept.get("other", ""), [], entries)

    def _sections_and_order(self) -> list[Entry]:
        placed = [*self.lone.values(), *self.values]
        goals = [item for item in self.plan.items if item.kind is ItemKind.GOAL]
        apart = [item for item in self.plan.items if not _among(item, [*placed, *goals])]
        lone = [self._lone_entry(name, section) for name, section in self.lone.items()]
        records = [item_entry(item) for item in apart]
        order = order_entries(list(self.plan.items), [*placed, *apart, *goals])
        return [*filter(None, lone), *records, *order]

    def _lone_entry(self, name: str, section: ItemSnapshot) -> Entry | None:
        """What of a vision or mission its element cannot hold, or None if it holds all."""
        role = section.fields["section_role"]
        title = "" if section.title == section_title(role, self.plan.language) else section.title
        entry = Entry(name, title)
        entry.add_if("Code", section.code)
        entry.add_if("Responsible", section.responsible)
        entry.entries += extras_entries(extras.others(section.extras))
        entry.entries += [item_entry(child) for child in section.children]
        return entry if title or entry.entries else None

    def _administrative(self) -> Node:
        """The plan's years: with the days of the file that it came from, where the years are the same."""
        node, known = Node("AdministrativeInformation"), self.kept.get("administrative", {})
        node.add_if("Identifier", self.items.claim(known.get("Identifier", "")))
        for name, year, day in (
            ("StartDate", self.plan.start_year, "01-01"),
            ("EndDate", self.plan.end_year, "12-31"),
        ):
            old = known.get(name, "")
            node.add(name, old if old[:4] == f"{year:04d}" else f"{year:04d}-{day}")
        published = self.publication
        node.add_if("PublicationDate", published.day if published else known.get("PublicationDate", ""))
        node.add_if("Source", published.source if published else known.get("Source", ""))
        return node


def _lone_sections(sections: Iterable[ItemSnapshot]) -> dict[str, ItemSnapshot]:
    """The first vision and the first mission that have words, by the name of their element."""
    found: dict[str, ItemSnapshot] = {}
    for role, name in _LONE.items():
        for section in sections:
            if section.fields.get("section_role") is role and section.text:
                found.setdefault(name, section)
    return found


def _is_value(item: ItemSnapshot) -> bool:
    """Whether a Value element holds all of the section."""
    more = item.code or item.responsible or item.extras or item.children
    return item.fields.get("section_role") is SectionRole.VALUES and not more


def _among(item: ItemSnapshot, items: Iterable[ItemSnapshot]) -> bool:
    return any(item is other for other in items)


def _empty_goal() -> Node:
    """The schema wants at least one goal; a reader takes this for none."""
    goal = Node("Goal")
    goal.add("Name")
    goal.add("Description")
    return goal
