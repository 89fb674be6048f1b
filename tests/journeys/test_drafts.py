"""What is typed is not lost: by a closed tab, a dropped connection or a form that comes back with errors."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

PERSON = "marco.bellandi@example.org"
FORM = "/bodies/register"
DRAFTS = "Object.keys(localStorage).length"


def type_name(page: Page, name: str) -> None:
    page.goto(FORM)
    page.locator("input[name=name]").fill(name)
    expect(page.locator(".draft-state")).not_to_be_empty()


def test_draft_survives_a_closed_tab(visit: Callable[..., Page]) -> None:
    page = visit(PERSON)
    type_name(page, "Comune di Prova")
    context = page.context
    page.close()

    page = context.new_page()
    page.goto(FORM)
    expect(page.locator("input[name=name]")).to_have_value("")
    page.locator(".draft-offer .btn-primary").click()
    expect(page.locator("input[name=name]")).to_have_value("Comune di Prova")


def test_draft_can_be_thrown_away(visit: Callable[..., Page]) -> None:
    page = visit(PERSON)
    type_name(page, "Comune di Prova")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/bodies")
    page.goto(FORM)
    page.locator(".draft-offer .btn-link").click()
    assert page.evaluate(DRAFTS) == 0
    page.reload()
    expect(page.locator(".draft-offer")).to_have_count(0)


def test_draft_outlives_a_refusal_and_goes_once_saved(visit: Callable[..., Page]) -> None:
    page = visit(PERSON)
    type_name(page, "Comune di Prova")
    page.locator("select[name=kind]").select_option(index=1)
    page.locator("input[name=country]").fill("??")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("input[name=name]")).to_have_value("Comune di Prova")
    assert page.evaluate(DRAFTS) == 1

    page.locator("input[name=country]").fill("IT")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".notice--success")).to_be_visible()
    assert page.evaluate(DRAFTS) == 0


def test_lost_connection_is_said_and_the_way_back_too(visit: Callable[..., Page]) -> None:
    page = visit(PERSON)
    type_name(page, "Comune di Prova")
    page.context.set_offline(True)
    expect(page.locator(".draft-state--offline")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".draft-state--offline")).to_have_count(0)
    page.once("dialog", lambda dialog: dialog.accept())


def test_signing_out_leaves_no_draft_behind(visit: Callable[..., Page]) -> None:
    page = visit(PERSON)
    type_name(page, "Comune di Prova")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/bodies")
    page.locator(".account summary").click()
    page.locator(".account form button").click()
    page.wait_for_load_state()
    assert page.evaluate(DRAFTS) == 0
