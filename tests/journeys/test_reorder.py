"""Items of a plan are dragged to another place; buttons do the same without a mouse."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

PERSON = "elena.sartori@example.org"


def begin_plan(page: Page) -> None:
    page.goto("/plans/new")
    page.locator("input[name=title]").fill("Piano da riordinare")
    page.locator("input[name=template_key]").last.check()
    page.locator("main .form button[type=submit]").last.click()
    for title in ("Alfa", "Beta", "Gamma"):
        page.locator("a[href*='kind=goal']").first.click()
        page.locator("input[name=title]").fill(title)
        page.locator("main .form__buttons button").first.click()
        page.wait_for_url(lambda url: "/items/new" not in url)
        page.locator(".tabs a[href$='/edit'], .breadcrumbs a[href$='/edit']").first.click()


def test_items_are_dragged_below_and_above_each_other(visit: Callable[..., Page]) -> None:
    page = visit(PERSON)
    begin_plan(page)
    titles = page.locator(".tree > li > .tree__row .tree__title a")
    expect(titles).to_have_text(["Alfa", "Beta", "Gamma"])
    rows = page.locator(".tree > li > .tree__row")
    rows.nth(0).drag_to(rows.nth(2), target_position={"x": 60, "y": 30})
    expect(titles).to_have_text(["Beta", "Gamma", "Alfa"])
    rows.nth(2).drag_to(rows.nth(0), target_position={"x": 60, "y": 3})
    expect(titles).to_have_text(["Alfa", "Beta", "Gamma"])


def test_items_are_moved_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit(PERSON)
    begin_plan(page)
    page.locator(".tree > li button[name=up]").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tree > li > .tree__row .tree__title a")).to_have_text(["Alfa", "Gamma", "Beta"])
