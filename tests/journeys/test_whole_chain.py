"""The whole chain as people live it: drafted, commented on, answered, approved, and a practice shared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import files, practices, steps

BODY = "Ministero dell'economia e delle finanze"
MANAGER = "marco.bellandi@example.org"
REVIEWER = "anna.kofler@example.org"
CURATOR = "beatrice.conti@example.org"

GOAL = {"title": "Un servizio unico", "text": "Ogni persona trova tutti i servizi in un solo luogo."}
OBJECTIVE = {
    "title": "Meno attese allo sportello",
    "text": "Entro il triennio le attese si riducono in modo significativo per tutti.",
}
INDICATOR = {
    "title": "Minuti di attesa",
    "unit": "minuti",
    "weight": "100",
    "baseline_value": "40",
    "baseline_year": "2026",
    "target_2027_value": "30",
    "target_2028_value": "20",
    "target_2029_value": "10",
}
ACTION = {"title": "Prenotazione in linea", "start_date": "2027-02-01", "end_date": "2028-06-30"}
QUOTE = "in modo significativo"
COMMENT = "Di quanto? Un numero renderebbe chiaro l'obiettivo."
REASON = "Giusto: il numero era negli indicatori ma non nel testo."
BETTER = "Entro il triennio le attese si riducono da 40 a 10 minuti per tutti."


@dataclass(frozen=True)
class Setting:
    """How the people of one telling of the story use the site."""

    name: str
    locale: str
    width: int
    javascript: bool


SETTINGS = [
    Setting("italian", "it-IT", 1280, javascript=True),
    Setting("english-on-a-phone", "en-GB", 360, javascript=True),
    Setting("without-scripts", "it-IT", 1280, javascript=False),
]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_from_the_first_draft_to_a_shared_practice(
    setting: Setting, visit: Callable[..., Page], tmp_path: Path
) -> None:
    def person(email: str | None = None) -> Page:
        return visit(email, width=setting.width, locale=setting.locale, javascript=setting.javascript)

    mark = f"{setting.name} {token_hex(3)}"
    email = f"planner.{mark.replace(' ', '.')}@example.org"
    title = f"Piano ICT, {mark}"
    planner, visitor = person(), person()

    join_the_ministry(planner, person(MANAGER), f"Nora {mark}", email)
    plan = write_the_plan(planner, title)
    steps.invite_to_plan(planner, plan, REVIEWER, "reviewer")
    reviewer = person(REVIEWER)
    steps.accept_plan_invitation(reviewer, REVIEWER)

    round = steps.open_round(planner, plan, f"Che ne dite? {mark}")
    steps.find_round(reviewer, round)
    steps.comment(reviewer, OBJECTIVE["title"], QUOTE, COMMENT, by_selecting=setting.javascript)
    answer_the_comment(planner, plan, round)
    register_tells_everybody(visitor, round)
    assert title[:20] in steps.open_mail(visitor, REVIEWER)

    steps.approve_plan(planner, plan, "Approvato.")
    version = steps.path_of(planner)
    files_of_the_version_come_out(visitor, version, title, tmp_path)

    practice = practices.propose_practice(planner, a_practice(mark), OBJECTIVE["title"], title)
    practices.publish_practice(person(CURATOR), f"Sportello senza attese, {mark}")
    practice_is_public(visitor, practice)


def join_the_ministry(planner: Page, manager: Page, name: str, email: str) -> None:
    steps.sign_up(planner, name, email)
    steps.confirm_address(planner, email)
    steps.ask_to_join(planner, BODY)
    steps.approve_member(manager, name, "planner")


def write_the_plan(planner: Page, title: str) -> str:
    plan = steps.begin_plan(planner, "ict", title)
    steps.add_item(planner, "goal", GOAL)
    steps.add_item(planner, "objective", OBJECTIVE, below=GOAL["title"])
    steps.add_item(planner, "indicator", INDICATOR, below=OBJECTIVE["title"])
    steps.add_item(planner, "action", ACTION, below=OBJECTIVE["title"])
    return plan


def answer_the_comment(planner: Page, plan: str, round: str) -> None:
    steps.close_round(planner, round)
    steps.change_text(planner, plan, OBJECTIVE["title"], BETTER)
    steps.decide(planner, round, COMMENT, "accepted", REASON)
    steps.publish_decisions(planner, round)


def register_tells_everybody(visitor: Page, round: str) -> None:
    visitor.goto(f"{round}/register")
    entry = visitor.locator(".entries > li", has_text=COMMENT)
    expect(entry).to_contain_text(REASON)
    steps.go_by(visitor, entry.locator('a[href$="#change"]'))
    expect(visitor.locator("ins", has_text="40").first).to_be_visible()


def files_of_the_version_come_out(visitor: Page, version: str, title: str, folder: Path) -> None:
    visitor.goto(version)
    expect(visitor.locator("main")).to_contain_text(BETTER)
    xml = files.download(visitor, "/plan.xml", folder / "plan.xml")
    assert BETTER.encode() in xml
    assert files.title_of(files.make_pdf(visitor, f"{version}/plan.pdf")) == title


def practice_is_public(visitor: Page, practice: str) -> None:
    visitor.goto(practice)
    expect(visitor.locator("main")).to_contain_text(OBJECTIVE["title"])
    heading = visitor.locator("h1").inner_text()
    assert files.title_of(files.make_pdf(visitor, f"{practice}/practice.pdf")) == heading


def a_practice(mark: str) -> dict[str, str]:
    return {
        "title": f"Sportello senza attese, {mark}",
        "summary": "Come abbiamo ridotto le attese da 40 a 10 minuti.",
        "context": "Le persone aspettavano a lungo.",
        "solution": "La prenotazione in linea.",
        "results": "Le attese sono scese a 10 minuti.",
    }
