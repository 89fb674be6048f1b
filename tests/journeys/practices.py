"""What people do with practices, one function a step (see `steps`)."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Page

from tests.journeys.steps import fill, fill_search, follow, go_by, path_of, press, says


def propose_practice(page: Page, values: Mapping[str, str], objective: str, plan: str) -> str:
    """Propose it, linked to the objective of the plan with this title; gives the practice's address."""
    page.goto("/practices/mine")
    follow(page, "/practices/new")
    fill(page, values)
    press(page)
    says(page)
    address = path_of(page)
    follow(page, "/links")
    fill_search(page, objective)
    entry = page.locator("main li", has_text=plan).first
    go_by(page, entry.locator("[type=submit]"))
    says(page)
    page.goto(address)
    press(page, "/submit")
    says(page)
    return address


def publish_practice(page: Page, title: str) -> None:
    page.goto("/practices/queue")
    go_by(page, page.get_by_role("link", name=title))
    press(page, "/publish")
    says(page)
