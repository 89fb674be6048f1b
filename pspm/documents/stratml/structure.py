"""What stands where in StratML: our own reading of the two parts of the standard.

Children are listed in order: `Name` once, `Name?` at most once, `Name*` any number, `Name+` one or
more, `Name:2` at most two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

PART1_NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"
PART2_NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
NAMESPACES = frozenset(
    {
        PART1_NAMESPACE,
        PART2_NAMESPACE,
        "urn:ISO:std:iso:17469:tech:xsd:StrategicPlan",
        "http://www.stratml.net",
        "http://www.stratml.net/PerformancePlanOrReport",
        "http://xml.govwebs.net/stratml",
        "",
    }
)
PART1_ROOT = "StrategicPlan"
PART2_ROOT = "PerformancePlanOrReport"

OLD_NAMES = {"FirstName": "GivenName", "LastName": "Surname"}
OLD_ATTRIBUTES = {"IndicatorType": "PerformanceIndicatorType"}

CHOICES = {
    "RoleType": ("Performer", "Beneficiary"),
    "Type": ("Strategic_Plan", "Performance_Plan", "Performance_Report"),
    "ValueChainStage": ("Outcome", "Output_Processing", "Output", "Input_Processing", "Input"),
    "PerformanceIndicatorType": ("Quantitative", "Qualitative"),
    "RelationshipType": ("Broader_Than", "Peer_To", "Narrower_Than"),
    "StakeholderTypeType": ("Person", "Organization", "Generic_Group"),
}
"""Values that an element or attribute may have."""

DATES = frozenset({"StartDate", "EndDate", "PublicationDate"})

_BOTH = {
    "StrategicPlanCore": "Organization* Vision? Mission? Value* Goal+",
    "Organization": "Name? Acronym? Identifier? Description? Stakeholder*",
    "Vision": "Description? Identifier?",
    "Mission": "Description? Identifier?",
    "Value": "Name? Description?",
    "Goal": "Name Description Identifier? SequenceIndicator? Stakeholder* OtherInformation? Objective*",
    "Objective": "Name? Description? Identifier? SequenceIndicator? Stakeholder* OtherInformation?",
}
_RESULT = "StartDate? EndDate? NumberOfUnits? Descriptor? Description?"
_PART2 = _BOTH | {
    PART2_ROOT: "Name Description? OtherInformation? StrategicPlanCore AdministrativeInformation? Submitter?",
    "Objective": _BOTH["Objective"] + " PerformanceIndicator*",
    "Stakeholder": "Name Description? Role*",
    "Role": "Name Description? RoleType:2",
    "PerformanceIndicator": "SequenceIndicator? MeasurementDimension UnitOfMeasurement Identifier? "
    "Relationship* MeasurementInstance* OtherInformation?",
    "Relationship": "Identifier? ReferentIdentifier* Name? Description?",
    "MeasurementInstance": "TargetResult* ActualResult*",
    "TargetResult": _RESULT,
    "ActualResult": _RESULT,
    "Descriptor": "DescriptorName? DescriptorValue?",
    "AdministrativeInformation": "Identifier? StartDate? EndDate? PublicationDate? Source?",
    "Submitter": "Identifier? GivenName? Surname? PhoneNumber? EmailAddress?",
}
_PART1 = _PART2 | {
    PART1_ROOT: "Name Description? OtherInformation? StrategicPlanCore AdministrativeInformation?",
    "Objective": _BOTH["Objective"],
    "Stakeholder": "Name Description?",
    "AdministrativeInformation": "StartDate? EndDate? PublicationDate? Source? Submitter?",
    "Submitter": "GivenName? Surname? PhoneNumber? EmailAddress?",
}
_ATTRIBUTES = {
    PART2_ROOT: ("Type",),
    "PerformanceIndicator": ("ValueChainStage", "PerformanceIndicatorType"),
    "Relationship": ("RelationshipType",),
    "Stakeholder": ("StakeholderTypeType",),
}
_TOLERATED = {
    ("Goal", "PerformanceIndicator"),
    ("Objective", "Objective"),
    ("AdministrativeInformation", "Submitter"),
    ("Stakeholder", "Role"),
    ("Objective", "PerformanceIndicator"),
}
"""(parent, child) that are read although the part of the standard does not allow them."""


@dataclass(frozen=True)
class Child:
    """How often an element may stand in its parent, and after which others."""

    rank: int
    least: int
    most: int | None


def _parse(specification: str) -> dict[str, Child]:
    children = {}
    for rank, word in enumerate(specification.split()):
        name, _, most = word.partition(":")
        mark = name[-1] if name[-1] in "?*+" else ""
        limit = int(most) if most else {"*": None, "+": None}.get(mark, 1)
        children[name.rstrip("?*+")] = Child(rank, 0 if mark in ("?", "*") or most else 1, limit)
    return children


@dataclass(frozen=True)
class Part:
    """One part of the standard."""

    root: str
    specification: Mapping[str, str]
    empty_dates: bool
    """Whether a date element may be there and empty."""

    @cached_property
    def children(self) -> dict[str, dict[str, Child]]:
        return {name: _parse(text) for name, text in self.specification.items()}

    @staticmethod
    def attributes(name: str) -> tuple[str, ...]:
        return _ATTRIBUTES.get(name, ())

    @staticmethod
    def tolerates(parent: str, child: str) -> bool:
        return (parent, child) in _TOLERATED


PART1 = Part(PART1_ROOT, _PART1, empty_dates=False)
PART2 = Part(PART2_ROOT, _PART2, empty_dates=True)
PARTS = {part.root: part for part in (PART1, PART2)}
