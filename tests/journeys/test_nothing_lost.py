"""Nothing typed into a form is lost: sign-ins that expire, colleagues who save first, tabs that close.

Where texts are written together (test_live.py), forms serve those whose network lets no WebSocket through.
"""

from __future__ import annotations

from collections.abc import Callable
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps

PLANNER = "elena.sartori@example.org"
COLLEAGUE = "marco.bellandi@example.org"
TEXT = "Le attese si riducono della metà."


@pytest.fixture
def editing(visit: Callable[..., Page]) -> Page:
    """The coordinator, with the form of an item open that is saved with `TEXT`."""
    page = visit(PLANNER, live=False)
    steps.begin_plan(page, "blank", f"Piano {token_hex(3)}")
    steps.add_item(page, "goal", {"title": "Meno attese", "text": TEXT})
    steps.open_item(page, "Meno attese")
    return page


def text_of(page: Page) -> str:
    return page.locator("main [name=text]").input_value()


def test_expired_sign_in_keeps_the_text(editing: Page) -> None:
    steps.fill(editing, {"text": "Un testo lungo, scritto in un'ora."})
    editing.context.clear_cookies()
    steps.press(editing)

    editing.locator("[name=resume-email]").fill(PLANNER)
    editing.locator("[name=resume-password]").fill(steps.PASSWORD)
    steps.go_by(editing, editing.locator("form:has([name=resume-password]) [type=submit]"))
    steps.go_by(editing, editing.locator("main .form__buttons [type=submit]").first)
    steps.says(editing)
    steps.open_item(editing, "Meno attese")
    assert text_of(editing) == "Un testo lungo, scritto in un'ora."


def test_two_people_who_save_at_once_lose_no_word(editing: Page, visit: Callable[..., Page]) -> None:
    colleague = visit(COLLEAGUE, live=False)
    colleague.goto(editing.url)
    steps.fill(colleague, {"text": "Le attese si riducono di un terzo."})
    steps.press(colleague)
    steps.says(colleague)

    mine = "Le attese si riducono di due terzi."
    steps.fill(editing, {"text": mine, "title": "Meno attese per tutti"})
    steps.press(editing)
    expect(editing.locator(".diff-pair")).to_contain_text("un terzo")
    expect(editing.locator(".diff-pair")).to_contain_text("due terzi")
    assert text_of(editing) == mine

    steps.press(editing)
    steps.says(editing)
    steps.open_item(editing, "Meno attese per tutti")
    assert text_of(editing) == mine


def test_changes_of_different_fields_are_merged(editing: Page, visit: Callable[..., Page]) -> None:
    colleague = visit(COLLEAGUE, live=False)
    colleague.goto(editing.url)
    steps.fill(colleague, {"text": "Le attese si riducono di un terzo."})
    steps.press(colleague)
    steps.fill(editing, {"title": "Meno attese per tutti"})
    steps.press(editing)
    steps.says(editing)
    steps.open_item(editing, "Meno attese per tutti")
    assert text_of(editing) == "Le attese si riducono di un terzo."


def test_closed_tab_gives_the_text_back(editing: Page) -> None:
    address, context = editing.url, editing.context
    steps.fill(editing, {"text": "Scritto prima di chiudere."})
    expect(editing.locator(".draft-state")).not_to_be_empty()
    editing.close()

    page = context.new_page()
    page.goto(address)
    assert text_of(page) == TEXT
    page.locator(".draft-offer .btn-primary").click()
    assert text_of(page) == "Scritto prima di chiudere."


def test_enter_in_a_field_saves(editing: Page) -> None:
    """The form has a preview button before the one that saves."""
    editing.locator("main [name=title]").fill("Meno attese, subito")
    with editing.expect_navigation():
        editing.locator("main [name=title]").press("Enter")
    steps.says(editing)
    assert len(editing.context.pages) == 1
