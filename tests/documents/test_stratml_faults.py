"""Files that break the standard: what is read, what is kept, and what is said about it."""

# ruff: noqa: E501 - one fault a line

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from pspm.documents.stratml.faults import _MESSAGES, FaultKind
from pspm.documents.stratml.reader import Reading, read_plan
from pspm.documents.stratml.writer import write_plan
from pspm.plans.models import IndicatorType, ItemKind, SectionRole
from pspm.plans.snapshot import ItemSnapshot, TargetSnapshot
from tests.documents.test_stratml_round_trip import part2

__all__ = ["part2"]

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
DATES = "<AdministrativeInformation><StartDate>2024-01-01</StartDate><EndDate>2026-12-31</EndDate></AdministrativeInformation>"


def document(core: str = "", *, after: str = DATES, kind: str = ' Type="Performance_Plan"') -> bytes:
    return (
        f'<PerformancePlanOrReport xmlns="{NAMESPACE}"{kind}>\n<Name>Plan</Name>\n<StrategicPlanCore>'
        f"<Organization><Name>Body</Name></Organization>\n{core}</StrategicPlanCore>\n{after}"
        "</PerformancePlanOrReport>"
    ).encode()


def goal(inside: str = "", name: str = "<Name>G</Name><Description/>") -> str:
    return f"<Goal>{name}\n{inside}</Goal>"


def indicator(results: str = "", head: str = "") -> str:
    instance = f"<MeasurementInstance>{results}</MeasurementInstance>" if results else ""
    return goal(
        "<Objective><Name>O</Name>\n<PerformanceIndicator>"
        + (head or "<MeasurementDimension>M</MeasurementDimension><UnitOfMeasurement>%</UnitOfMeasurement>")
        + f"{instance}</PerformanceIndicator></Objective>"
    )


def kinds(reading: Reading) -> list[FaultKind]:
    return [fault.kind for fault in reading.faults]


def first_indicator(reading: Reading) -> ItemSnapshot:
    return reading.plan.items[0].children[0].children[0]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (document(goal(), kind=""), [FaultKind.MISSING_ATTRIBUTE]),
        (document(goal(), kind=' Type="Plan"'), [FaultKind.BAD_CHOICE, FaultKind.MISSING_ATTRIBUTE]),
        (document(goal(), kind=' Type="Strategic_Plan" Mood="good"'), [FaultKind.UNKNOWN_ATTRIBUTE]),
        (document(goal()).replace(NAMESPACE.encode(), b"http://example.org/x"), [FaultKind.NAMESPACE]),
        (document(goal("<Colour>red</Colour>")), [FaultKind.UNKNOWN_ELEMENT]),
        (document(goal("stray")), [FaultKind.STRAY_TEXT]),
        (document(goal("<Identifier>1a</Identifier>")), [FaultKind.DIGIT_LED_IDENTIFIER]),
        (document(goal("<Identifier>a b</Identifier>")), [FaultKind.BAD_IDENTIFIER]),
        (document(goal("<Identifier/>")), [FaultKind.EMPTY_IDENTIFIER]),
        (document(goal("<Identifier>a</Identifier>") * 2), [FaultKind.DOUBLE_IDENTIFIER]),
        (document(goal(name="<Description/><Name>G</Name>")), [FaultKind.ORDER]),
        (document(goal(name="<Name>G</Name>")), [FaultKind.MISSING]),
        (document(goal("<OtherInformation>a</OtherInformation>" * 2)), [FaultKind.TOO_MANY]),
        (document(goal(name="<Name/><Description>Words of it</Description>")), [FaultKind.NO_NAME]),
        (document(goal(name=f"<Name>{'x' * 501}</Name><Description/>")), [FaultKind.TOO_LONG]),
        (document(""), [FaultKind.NO_GOAL]),
        (document(goal(), after=""), [FaultKind.NO_YEARS]),
        (document(goal(), after=DATES.replace("2024-01-01", "2024/1/1")), [FaultKind.ODD_DATE]),
        (document(goal(), after=DATES.replace("2024-01-01", "2024-02-31")), [FaultKind.BAD_DATE, FaultKind.NO_YEARS]),
        (document(goal(), after=DATES.replace("</Adm", "<Source>http://a b</Source></Adm")), [FaultKind.ODD_ADDRESS]),
        (document(goal(), after=DATES.replace("</Adm", "<Source>see here</Source></Adm")), [FaultKind.BAD_ADDRESS]),
        (document(goal("<Stakeholder><Name>A</Name><Role><Name/><RoleType/></Role></Stakeholder>")), [FaultKind.EMPTY_CHOICE]),
        (document(goal("<Stakeholder><Name>A</Name><Role><Name/><RoleType>Boss</RoleType></Role></Stakeholder>")), [FaultKind.BAD_CHOICE]),
        (document(goal('<Stakeholder StakeholderTypeType=""><Name>A</Name></Stakeholder>')), [FaultKind.EMPTY_CHOICE]),
        (document(goal(), after=f"{DATES}<Submitter><FirstName>A</FirstName></Submitter>"), [FaultKind.OLD_NAME]),
        (document(goal("<Objective><Name>O</Name><Objective><Name>P</Name></Objective></Objective>")), [FaultKind.MISPLACED]),
        (document(indicator("<TargetResult><NumberOfUnits>ten</NumberOfUnits><EndDate>2024-12-31</EndDate></TargetResult>")), [FaultKind.BAD_NUMBER]),
        (document(indicator("<TargetResult><Description>x</Description></TargetResult>")), [FaultKind.NO_TARGET_YEAR]),
        (document(indicator("<TargetResult><EndDate>2024-12-31</EndDate></TargetResult>")), [FaultKind.EMPTY_TARGET]),
        (document(indicator("<TargetResult><EndDate>2024-12-31</EndDate><Description>a</Description></TargetResult>" * 2)), [FaultKind.DOUBLE_TARGET]),
        (document(goal("<OtherInformation>=== PSPM fields ===\nwhat\nColour: red\nExtras: {\nBudget</OtherInformation>")), [FaultKind.UNREADABLE_FIELD] * 3),
        (document(goal("<Objective><OtherInformation>=== PSPM fields ===\nPart of: _x</OtherInformation><Name>O</Name></Objective>")), [FaultKind.ORDER, FaultKind.UNKNOWN_PARENT]),
    ],
    ids=lambda value: ", ".join(kind.name for kind in value) if isinstance(value, list) else "",
)  # fmt: skip
def test_fault_is_reported_and_export_is_valid(
    part2: etree.XMLSchema, data: bytes, expected: list[FaultKind]
) -> None:
    reading = read_plan(data)
    assert sorted(kinds(reading), key=lambda kind: kind.value) == sorted(expected, key=lambda k: k.value)
    for fault in reading.faults:
        assert fault.problem
        assert fault.remedy
        assert "%(" not in fault.problem + fault.remedy
        assert fault.line > 0
    part2.assertValid(etree.fromstring(write_plan(reading.plan)))


def test_every_kind_of_fault_has_its_words() -> None:
    assert set(_MESSAGES) == set(FaultKind)


def test_faults_name_line_and_place() -> None:
    [fault] = read_plan(document(goal() + "\n" + goal("\n<Colour>red</Colour>"))).faults
    assert (fault.line, fault.where) == (8, "StrategicPlanCore / Goal 2")
    assert fault.problem == "“Colour” has no place in “Goal”."


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (document(goal("<Colour>red</Colour>")), b"Unplaced: &lt;Colour&gt;red&lt;/Colour&gt;"),
        (document(goal("<x:Hue xmlns:x='urn:x'>8</x:Hue>")), b"Unplaced: &lt;x:Hue&gt;8&lt;/x:Hue&gt;"),
        (
            document(goal("<OtherInformation>=== PSPM fields ===\nBudget 3</OtherInformation>")),
            b"Unplaced: Budget 3",
        ),
        (document(goal("Stray words")), b"Unplaced: Stray words"),
        (document(goal("<Stakeholder><Name>A</Name><Mood/></Stakeholder>")), b"Unplaced: &lt;Mood/&gt;"),
        (
            document(goal(), after="<Submitter><Hat>x</Hat></Submitter>"),
            b"Unplaced: &lt;Hat&gt;x&lt;/Hat&gt;",
        ),
        (document(goal("<Stakeholder><Name>A</Name></Stakeholder>")), b"<Name>A</Name>"),
        (
            document(goal("<OtherInformation>Prose.</OtherInformation>")),
            b"<OtherInformation>Prose.</OtherInformation>",
        ),
        (document("<Vision><Identifier>v1</Identifier></Vision>" + goal()), b"<Identifier>v1</Identifier>"),
        (
            document(goal(), after=DATES + "<Submitter><Surname>Rossi</Surname></Submitter>"),
            b"<Surname>Rossi</Surname>",
        ),
        (document("<Organization><Name>Second</Name></Organization>" + goal()), b"<Name>Second</Name>"),
        (
            document(indicator("<ActualResult><NumberOfUnits>3</NumberOfUnits></ActualResult>")),
            b"<NumberOfUnits>3</NumberOfUnits>",
        ),
    ],
)
def test_what_has_no_place_comes_out_again(data: bytes, kept: bytes) -> None:
    once = write_plan(read_plan(data).plan)
    assert kept in once
    assert kept in write_plan(read_plan(once).plan)


def test_reference_follows_a_repaired_identifier() -> None:
    relation = "<Relationship><ReferentIdentifier>7b</ReferentIdentifier></Relationship>"
    data = document(
        indicator().replace("</UnitOfMeasurement>", "</UnitOfMeasurement>" + relation)
        + goal("<Identifier>7b</Identifier>")
    )
    assert b"<ReferentIdentifier>_7b</ReferentIdentifier>" in write_plan(read_plan(data).plan)


def test_indicator_fields() -> None:
    results = (
        "<TargetResult><StartDate>2024-01-01</StartDate><EndDate>2024-06-30</EndDate><NumberOfUnits>12.50</NumberOfUnits>"
        "<Description>by June</Description></TargetResult>"
        "<ActualResult><EndDate>2023-12-31</EndDate><NumberOfUnits>9</NumberOfUnits>"
        "<Descriptor><DescriptorName>Baseline</DescriptorName></Descriptor></ActualResult>"
    )
    data = document(
        indicator(results).replace(
            "<PerformanceIndicator>", '<PerformanceIndicator ValueChainStage="Outcome">'
        )
    )
    reading = read_plan(data)
    found = first_indicator(reading)
    assert reading.faults == ()
    assert found.fields == {
        "indicator_type": IndicatorType.IMPACT,
        "unit": "%",
        "baseline_value": Decimal(9),
        "baseline_year": 2023,
    }
    assert found.targets == (TargetSnapshot(year=2024, value=Decimal("12.5"), text="by June"),)
    written = write_plan(reading.plan)
    assert b"<EndDate>2024-06-30</EndDate>" in written


def test_number_that_the_plan_cannot_hold_becomes_words() -> None:
    result = "<TargetResult><EndDate>2024-12-31</EndDate><NumberOfUnits>1{}</NumberOfUnits></TargetResult>"
    large = first_indicator(read_plan(document(indicator(result.format("0" * 15)))))
    assert large.targets == (TargetSnapshot(year=2024, text="1" + "0" * 15),)


def test_number_of_units_that_is_none_goes_before_the_words() -> None:
    result = "<TargetResult><EndDate>2024-12-31</EndDate><NumberOfUnits>ten</NumberOfUnits><Description>or so</Description></TargetResult>"
    assert first_indicator(read_plan(document(indicator(result)))).targets[0].text == "ten – or so"


def test_vision_mission_and_values_become_sections() -> None:
    core = (
        "<Vision><Description>V</Description></Vision><Mission><Description>M</Description></Mission>"
        "<Value><Name>Openness</Name><Description>Be open</Description></Value>"
    )
    sections = read_plan(document(core + goal())).plan.items[:3]
    assert [section.fields["section_role"] for section in sections] == [
        SectionRole.VISION,
        SectionRole.MISSION,
        SectionRole.VALUES,
    ]
    assert [section.text for section in sections] == ["V", "M", "Be open"]
    assert [section.title for section in sections] == ["Vision", "Mission", "Openness"]


def test_performers_answer_for_an_objective_until_someone_else_does() -> None:
    people = "".join(
        f"<Stakeholder><Name>{name}</Name><Role><Name/><RoleType>Performer</RoleType></Role></Stakeholder>"
        for name in ("A", "B")
    )
    plan = read_plan(document(goal(people))).plan
    assert plan.items[0].responsible == "A; B"


@pytest.mark.parametrize(
    ("name", "years"),
    [("Plan 2021-2023", (2021, 2023)), ("Piano 2030/2028", (2028, 2030))],
)
def test_years_are_taken_from_the_name(name: str, years: tuple[int, int]) -> None:
    data = document(goal(), after="").replace(b"<Name>Plan</Name>", f"<Name>{name}</Name>".encode())
    plan = read_plan(data).plan
    assert (plan.start_year, plan.end_year) == years


def test_real_plan_arrives_whole(shared_data: Path) -> None:
    [path] = (shared_data / "stratml").glob("IT_piano*")
    plan = read_plan(path.read_bytes()).plan
    found = list(_all(plan.items))
    by_kind = {kind: [item for item in found if item.kind is kind] for kind in ItemKind}
    assert {kind.value: len(items) for kind, items in by_kind.items()} == {
        "section": 0,
        "goal": 7,
        "objective": 26,
        "action": 279,
        "indicator": 58,
    }
    assert sum(len(item.targets) for item in by_kind[ItemKind.INDICATOR]) == 173
    assert (plan.language, plan.start_year, plan.end_year) == ("it", 2024, 2026)
    assert (plan.body.name, plan.body.acronym) == ("Agenzia per l'Italia Digitale", "AgID")
    action = next(item for item in found if item.code == "CAP1.12")
    assert (
        action.title == "Pubblicazione dell'Avviso PNRR per la terza annualità del Servizio Civile Digitale"
    )
    assert action.responsible == "Dipartimento per la Trasformazione Digitale"
    assert action.fields == {"end_date": date(2024, 1, 31)}


def _all(items: tuple[ItemSnapshot, ...]):  # type: ignore[no-untyped-def]
    for item in items:
        yield item
        yield from _all(item.children)
