"""Two people at one server have nothing in common: not a form's token, not the name in the header."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

TOKEN = "input[name=csrf_token]"


def test_visitors_have_tokens_of_their_own(visit: Callable[..., Page]) -> None:
    tokens = set()
    for _ in range(2):
        page = visit()
        page.goto("/bodies")
        tokens.add(page.locator(TOKEN).first.input_value().split(".")[0])
    assert len(tokens) == 2


def test_people_stay_themselves_side_by_side(visit: Callable[..., Page]) -> None:
    planner = visit("elena.sartori@example.org")
    reviewer = visit("anna.kofler@example.org")
    visitor = visit()
    for _ in range(3):
        for page, name in ((planner, "Elena Sartori"), (reviewer, "Anna Kofler")):
            page.goto("/bodies")
            expect(page.locator(".account summary")).to_contain_text(name)
        visitor.goto("/bodies")
        expect(visitor.locator(".account summary")).to_have_count(0)
