"""StratML in: from the bytes of a file to a plan as plain data, with the list of its faults."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pspm.core.columns import JsonDict
from pspm.core.jobs import Report, silent
from pspm.documents.stratml import extras
from pspm.documents.stratml.entries import EXTRAS, ORDER, apply_order
from pspm.documents.stratml.faults import Fault, FaultKind
from pspm.documents.stratml.items import ItemsReader
from pspm.documents.stratml.language import guess_language, section_title
from pspm.documents.stratml.node import Node
from pspm.documents.stratml.other import Other
from pspm.documents.stratml.repair import repair
from pspm.documents.stratml.scribe import PLAN_TITLE
from pspm.documents.stratml.structure import PART2_ROOT
from pspm.documents.stratml.xml import parse_xml
from pspm.plans.models import ItemKind, SectionRole
from pspm.plans.snapshot import BodySnapshot, ItemSnapshot, PlanSnapshot

_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*[-–—/]\s*((?:19|20)\d\d)\b")
_ROLES = {"Vision": SectionRole.VISION, "Mission": SectionRole.MISSION}
_BODY_KEYS = {"IPA code": "ipa_code", "Country": "country", "Website": "website"}
_LABEL = "Label "


@dataclass(frozen=True)
class Reading:
    """What a file holds, and what was wrong with it, in the order of its lines."""

    plan: PlanSnapshot
    faults: tuple[Fault, ...]


def read_plan(data: bytes, report: Report = silent) -> Reading:
    """Read a Part 1 or Part 2 document. Raises InvalidInput if it is unsafe or not StratML at all."""
    root, _part, faults = repair(parse_xml(data), report)
    return _PlanReader(root, faults).read()


class _PlanReader:
    def __init__(self, root: Node, faults: list[Fault]) -> None:
        self.root = root
        self.core = root.child("StrategicPlanCore") or Node("StrategicPlanCore")
        self.other = Other(root, actions=False)
        self.language = self.other.value("Language") or guess_language(_all_text(root)[:200_000])
        self.items = ItemsReader(faults)
        self.faults = faults

    def read(self) -> Reading:
        body, organization = self._body()
        items = self._items()
        spill: list[str] = []
        summary = self.root.text_of("Description")
        title = self.items.title(self.root, self.root.text_of("Name"), spill, summary, PLAN_TITLE)
        start, end = self._years(items)
        plan = PlanSnapshot(
            title=title,
            language=self.language,
            start_year=start,
            end_year=end,
            body=body,
            summary="\n\n".join([*spill, *filter(None, [summary])]),
            labels=self._labels(),
            items=tuple(items),
            extras=self._extras(items, organization),
        )
        return Reading(plan, tuple(sorted(self.faults, key=lambda fault: fault.line)))

    def _body(self) -> tuple[BodySnapshot, JsonDict]:
        """The leading body, and what its element holds beside the names."""
        node = self.core.child("Organization") or Node("Organization")
        found = {name: self.other.value(key) for key, name in _BODY_KEYS.items()}
        body = BodySnapshot(
            name=node.text_of("Name"),
            acronym=node.text_of("Acronym"),
            **{k: v for k, v in found.items() if v},
        )
        rest = [child for child in node.children if child.name not in ("Name", "Acronym")]
        rest = [child for child in rest if not child.is_empty]
        kept = {"name": body.name, "acronym": body.acronym, "elements": extras.keep(rest)}
        return body, kept if rest else {}

    def _items(self) -> list[ItemSnapshot]:
        sections = [self._lone_section(name) for name in ("Vision", "Mission")]
        found = [section for section in sections if section is not None]
        found += [self._value(node) for node in self.core.all("Value") if not node.is_empty]
        found += [self.items.entries.item(entry) for entry in self.other.items()]
        goals = [goal for goal in self.core.all("Goal") if not goal.is_empty]
        found += [self.items.goal(node) for node in goals]
        return apply_order(found, self.other.value(ORDER))

    def _lone_section(self, name: str) -> ItemSnapshot | None:
        node, entry = self.core.child(name), self.other.entry(name)
        if node is None or not node.text_of("Description"):
            return None
        role = _ROLES[name]
        section = ItemSnapshot(
            kind=ItemKind.SECTION,
            title=section_title(role, self.language),
            text=node.text_of("Description"),
            fields={"section_role": role},
            extras=extras.pack(identifier=node.text_of("Identifier")),
        )
        return self.items.refine_section(section, entry) if entry else section

    def _value(self, node: Node) -> ItemSnapshot:
        spill: list[str] = []
        name = node.text_of("Name") or section_title(SectionRole.VALUES, self.language)
        title = self.items.title(node, name, spill, "")
        return ItemSnapshot(
            kind=ItemKind.SECTION,
            title=title,
            text="\n\n".join([*spill, *filter(None, [node.text_of("Description")])]),
            fields={"section_role": SectionRole.VALUES},
        )

    def _labels(self) -> dict[str, str]:
        entries = [entry for entry in self.other.entries if entry.key.startswith(_LABEL)]
        return {entry.key.removeprefix(_LABEL): entry.value for entry in entries}

    def _years(self, items: list[ItemSnapshot]) -> tuple[int, int]:
        """The plan's years: as it says, else those of its targets, of its name, or this one."""
        admin = self.root.child("AdministrativeInformation") or Node("AdministrativeInformation")
        start, end = _year(admin.text_of("StartDate")), _year(admin.text_of("EndDate"))
        if start and end and start <= end:
            return start, end
        years = _target_years(items) or _years_of(self.root.text_of("Name"))
        years += [year for year in (start, end) if year]
        years = years or [_year(admin.text_of("PublicationDate")) or date.today().year]
        chosen = (start or min(years), max(end, start, *years))
        self.items.note(FaultKind.NO_YEARS, self.root, start=str(chosen[0]), end=str(chosen[1]))
        return chosen

    def _extras(self, items: list[ItemSnapshot], organization: JsonDict) -> JsonDict:
        own = next((self.items.entries.extras(e) for e in self.other.entries if e.key == EXTRAS), {})
        submitter = self.root.child("Submitter")
        admin = self.root.child("AdministrativeInformation") or Node("AdministrativeInformation")
        moved = admin.child("Submitter")
        wordless = [
            n for n in (self.core.child(name) for name in _ROLES) if n and not n.text_of("Description")
        ]
        self.items.report_unreadable(self.root, self.other)
        unplaced = self.root.unplaced + self.core.unplaced + self.other.unplaced() + self.other.unreadable
        for child in (*self.root.children, *self.core.children):
            if child.name not in ("StrategicPlanCore", "Goal"):
                unplaced += child.all_unplaced()
        return own | extras.pack(
            type=self._type(items),
            other=self.other.free_text,
            organization=organization,
            organizations=extras.keep(self.core.all("Organization")[1:]),
            identifiers={n.name: n.text_of("Identifier") for n in wordless if n.text_of("Identifier")},
            administrative=_administrative(admin),
            submitter=extras.keep(n for n in (submitter, moved) if n and not n.is_empty)[:1],
            unplaced=unplaced,
        )

    def _type(self, items: list[ItemSnapshot]) -> str:
        """The document's type, if an export would not come to the same by itself."""
        if self.root.name != PART2_ROOT:
            return ""
        found = self.root.attributes["Type"]
        return "" if found == document_type(items) else found


def document_type(items: list[ItemSnapshot] | tuple[ItemSnapshot, ...]) -> str:
    """Part 2 calls a plan that has indicators a performance plan."""
    return "Performance_Plan" if _has_indicator(items) else "Strategic_Plan"


def _administrative(admin: Node) -> dict[str, str]:
    """What an export would not write of its own accord; it takes whole years."""
    usual = {"StartDate": "-01-01", "EndDate": "-12-31"}
    found = {child.name: child.text for child in admin.children if child.text}
    return {name: text for name, text in found.items() if text[4:] != usual.get(name)}


def _has_indicator(items: list[ItemSnapshot] | tuple[ItemSnapshot, ...]) -> bool:
    return any(item.kind is ItemKind.INDICATOR or _has_indicator(item.children) for item in items)


def _target_years(items: list[ItemSnapshot] | tuple[ItemSnapshot, ...]) -> list[int]:
    years: list[int] = []
    for item in items:
        years += [target.year for target in item.targets] + _target_years(item.children)
    return years


def _years_of(name: str) -> list[int]:
    match = _YEARS.search(name)
    return sorted((int(match[1]), int(match[2]))) if match else []


def _year(day: str) -> int:
    return int(day[:4]) if day else 0


def _all_text(node: Node) -> str:
    return " ".join([node.text, *(_all_text(child) for child in node.children)])
