"""The header by keyboard, on a phone, and without scripts."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

PERSON = "marco.bellandi@example.org"


def test_menu_folds_on_a_phone_and_opens_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit(width=360)
    page.goto("/bodies")
    expect(page.locator("#navigation")).to_be_hidden()
    page.locator(".menu-toggle").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#navigation")).to_be_visible()
    expect(page.locator(".menu-toggle")).to_have_attribute("aria-expanded", "true")


def test_menu_stays_open_without_scripts(visit: Callable[..., Page]) -> None:
    page = visit(width=360, javascript=False)
    page.goto("/bodies")
    expect(page.locator("#navigation")).to_be_visible()
    expect(page.locator(".menu-toggle")).to_be_hidden()


def test_account_menu_closes_with_escape_and_keeps_the_focus(visit: Callable[..., Page]) -> None:
    page = visit(PERSON)
    page.goto("/bodies")
    page.locator(".account summary").click()
    expect(page.locator(".account__menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".account__menu")).to_be_hidden()
    expect(page.locator(".account summary")).to_be_focused()


def test_first_tab_leads_to_the_content(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/bodies")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-links a").first).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_language_changes_without_scripts(visit: Callable[..., Page]) -> None:
    page = visit(javascript=False, locale="en-GB")
    page.goto("/bodies?q=x")
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator(".languages button[value=it]").click()
    assert page.locator("html").get_attribute("lang") == "it"
    assert page.url.endswith("/bodies?q=x")
