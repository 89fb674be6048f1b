"""What goes out as StratML comes back as it was, and keeps to the schema."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from pspm.documents.stratml.reader import read_plan
from pspm.documents.stratml.writer import Publication, write_plan
from pspm.plans.models import ItemKind
from pspm.plans.snapshot import BodySnapshot, ItemSnapshot, PlanSnapshot
from tests.documents.generated import plans

PART2_NAME = "xsd/PerformancePlanOrReport20160216.xsd"


@pytest.fixture(scope="session")
def part2(shared_data: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(shared_data / "stratml" / PART2_NAME)))


def without_identifiers(item: ItemSnapshot) -> ItemSnapshot:
    """The item as it was before an export gave it identifiers."""
    kept = dict(item.extras.get("stratml", {}))
    kept.pop("identifier", None)
    extras = {name: value for name, value in item.extras.items() if name != "stratml"}
    return replace(
        item,
        id="",
        extras=extras | ({"stratml": kept} if kept else {}),
        children=tuple(without_identifiers(child) for child in item.children),
    )


def plain(plan: PlanSnapshot) -> PlanSnapshot:
    return replace(plan, id="", items=tuple(without_identifiers(item) for item in plan.items))


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(plan=plans())
def test_any_plan_comes_back_and_is_valid(part2: etree.XMLSchema, plan: PlanSnapshot) -> None:
    written = write_plan(plan)
    part2.assertValid(etree.fromstring(written))
    reading = read_plan(written)
    assert plain(reading.plan) == plan
    assert write_plan(reading.plan) == written


@pytest.mark.parametrize("name", ["IT_piano*", "PMOAI*", "SMLC2011*"])
def test_real_file_comes_back_and_is_valid(shared_data: Path, part2: etree.XMLSchema, name: str) -> None:
    [path] = (shared_data / "stratml").glob(name)
    first = read_plan(path.read_bytes()).plan
    written = write_plan(first)
    part2.assertValid(etree.fromstring(written))
    assert plain(read_plan(written).plan) == plain(first)


def test_export_without_goals_is_valid(part2: etree.XMLSchema) -> None:
    plan = PlanSnapshot(
        title="Empty", language="en", start_year=2026, end_year=2028, body=BodySnapshot(name="B")
    )
    written = write_plan(plan)
    part2.assertValid(etree.fromstring(written))
    assert read_plan(written).plan == plan


def test_version_says_where_and_when_it_was_published(part2: etree.XMLSchema) -> None:
    plan = PlanSnapshot(title="P", language="en", start_year=2026, end_year=2028, body=BodySnapshot(name="B"))
    publication = Publication(day="2026-01-31", source="https://example.org/plans/p/versions/1")
    written = write_plan(plan, publication)
    part2.assertValid(etree.fromstring(written))
    assert b"<Source>https://example.org/plans/p/versions/1</Source>" in written
    assert b"<PublicationDate>2026-01-31</PublicationDate>" in written


def test_characters_that_xml_cannot_hold_are_replaced(part2: etree.XMLSchema) -> None:
    item = ItemSnapshot(kind=ItemKind.GOAL, title="a\x00b\x0bc")
    plan = PlanSnapshot(
        title="P", language="en", start_year=2026, end_year=2028, body=BodySnapshot(name="B"), items=(item,)
    )
    assert read_plan(write_plan(plan)).plan.items[0].title == "a�b�c"


def test_identifiers_are_kept_and_unique(part2: etree.XMLSchema) -> None:
    same = {"stratml": {"identifier": "_same"}}
    goals = tuple(ItemSnapshot(kind=ItemKind.GOAL, title="G", id=f"g{n}", extras=same) for n in range(2))
    plan = PlanSnapshot(
        title="P", language="en", start_year=2026, end_year=2028, body=BodySnapshot(name="B"), items=goals
    )
    written = write_plan(plan)
    part2.assertValid(etree.fromstring(written))
    assert b"<Identifier>_same</Identifier>" in written
    assert b"<Identifier>_g1</Identifier>" in written
