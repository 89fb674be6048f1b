"""The real three-year ICT plan, 370 items: imported, commented on, answered, approved, and exported again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex

from playwright.sync_api import Page, expect

from pspm.documents.stratml.reader import read_plan
from pspm.plans.snapshot import PlanSnapshot
from tests.documents.test_stratml_round_trip import plain
from tests.journeys import files, steps

COORDINATOR = "elena.sartori@example.org"
REVIEWER = "carmen.ortega@example.org"
COUNTS = ["0", "7", "26", "58", "279", "173"]
"""Sections, goals, objectives, indicators, actions and yearly targets."""
COMMENT = "Quante persone, entro quando?"


def test_real_plan_goes_the_whole_way(shared_data: Path, visit: Callable[..., Page], tmp_path: Path) -> None:
    [source] = (shared_data / "stratml").glob("IT_piano*.part2.xml")
    coordinator, reviewer, visitor = visit(COORDINATOR), visit(REVIEWER), visit()
    without_script = visit(COORDINATOR, javascript=False)
    title = f"Piano triennale {token_hex(3)}"
    plan = import_plan(coordinator, source, title)

    comment_is_answered(coordinator, reviewer, plan, title)
    steps.approve_plan(coordinator, plan, "Approvato.")
    version = steps.path_of(coordinator)

    visitor.goto(version)
    exported = tmp_path / "plan.xml"
    files.download(visitor, "/plan.xml", exported)
    assert files.title_of(files.make_pdf(visitor, f"{version}/plan.pdf")) == title

    again = import_plan(without_script, exported, title, by_hand=True)
    coordinator.goto(f"{again}files")
    files.download(coordinator, "/plan.xml", tmp_path / "again.xml")
    assert as_read(tmp_path / "again.xml") == as_read(exported)


def import_plan(page: Page, source: Path, title: str, *, by_hand: bool = False) -> str:
    """Through the preview, which counts what would come; gives the plan's address."""
    page.goto("/plans/mine")
    steps.follow(page, "/plans/import")
    page.locator("[name=file]").set_input_files(source)
    steps.press(page)
    files.wait_for_job(page, "main .stats", by_hand=by_hand)
    counts = re.findall(r"\d+", " ".join(page.locator("main .stats").all_inner_texts()))
    assert sorted(counts) == sorted(COUNTS)
    steps.fill(page, {"title": title})
    steps.press(page)
    files.wait_for_job(page, ".notice--success", by_hand=by_hand)
    return steps.path_of(page)


def comment_is_answered(coordinator: Page, reviewer: Page, plan: str, title: str) -> None:
    coordinator.goto(f"{plan}edit?open=1")
    link = coordinator.locator(".tree__item--objective .tree__title a").first
    objective = link.inner_text()
    round = steps.open_round(coordinator, plan, f"Consultazione su {title}")
    steps.find_round(reviewer, round)
    steps.comment(reviewer, objective, "", COMMENT)
    steps.close_round(coordinator, round)
    steps.change_text(coordinator, plan, objective, "Entro il 2026, due milioni di persone.")
    steps.decide(coordinator, round, COMMENT, "partly_accepted", "Il numero c'è, la data la fissa il PNRR.")
    steps.publish_decisions(coordinator, round)
    expect(coordinator.locator("main")).to_contain_text(COMMENT)


def as_read(path: Path) -> PlanSnapshot:
    return plain(read_plan(path.read_bytes()).plan)
