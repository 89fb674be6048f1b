"""People write one text at the same time, in real browsers."""

from __future__ import annotations

from collections.abc import Callable
from secrets import token_hex

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import steps

PLANNER = "elena.sartori@example.org"
COLLEAGUE = "marco.bellandi@example.org"
FROM_WORD = """
<html><head><style>p.MsoNormal {margin: 0cm}</style></head><body><!--StartFragment-->
<p class=MsoHeading7>Tappe</p>
<p class=MsoNormal style='margin:0'>Con <span style='font-weight:700'>cura</span><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>una</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.</span>dentro</p>
<img src="file:///x.png"><p><a href="javascript:alert(1)">qui</a></p>
<table><tr><td><p>Anno</p><p>primo</p></td><td colspan=2>Valore</td></tr>
<tr><td>2026</td><td>12</td><td style='text-align:right'>13</td></tr></table>
<!--EndFragment--></body></html>"""


@pytest.fixture
def writing(visit: Callable[..., Page]) -> Page:
    """The coordinator, in the text of an item."""
    page = visit(PLANNER)
    steps.begin_plan(page, "blank", f"Piano {token_hex(3)}")
    steps.add_item(page, "goal", {"title": "Meno attese", "text": "Si riducono."})
    steps.open_item(page, "Meno attese")
    expect(text_of(page)).to_have_text("Si riducono.")
    return page


def text_of(page: Page) -> Locator:
    return page.locator("[role=textbox]")


def state_of(page: Page) -> Locator:
    return page.locator("[data-live-state]")


def join(page: Page, address: str) -> Page:
    page.goto(address)
    expect(text_of(page)).to_be_visible()
    return page


def type_at(page: Page, key: str, words: str) -> None:
    text_of(page).click()
    page.keyboard.press(key)
    page.keyboard.type(words)


def words_of(page: Page) -> str:
    """The text without the names at the others' carets."""
    words: str = text_of(page).evaluate(
        """text => {
            const copy = text.cloneNode(true)
            for (const caret of copy.querySelectorAll('.live-caret')) caret.remove()
            return copy.textContent
        }"""
    )
    return words


def test_two_people_type_into_one_text(writing: Page, visit: Callable[..., Page]) -> None:
    colleague = join(visit(COLLEAGUE, width=360), writing.url)
    expect(writing.locator("[data-live-people] li")).to_have_count(2)
    type_at(writing, "Control+End", " Molto.")
    type_at(colleague, "Control+Home", "Le attese. ")
    expect(state_of(writing)).to_have_attribute("data-state", "saved")
    expect(state_of(colleague)).to_have_attribute("data-state", "saved")
    expect(writing.locator(".live-caret__name")).to_have_text("Marco Bellandi")
    assert words_of(writing) == words_of(colleague) == "Le attese. Si riducono. Molto."

    writing.keyboard.press("Control+z")
    expect(text_of(colleague)).not_to_contain_text("Molto")
    assert words_of(writing) == "Le attese. Si riducono."
    assert colleague.evaluate("document.documentElement.scrollWidth") == 360


def test_words_typed_without_connection_come_back_with_the_tab(
    writing: Page, visit: Callable[..., Page]
) -> None:
    colleague = join(visit(COLLEAGUE), writing.url)
    address, context = writing.url, writing.context
    context.set_offline(True)
    expect(state_of(writing)).to_have_attribute("data-state", "offline")
    type_at(writing, "Control+End", " Anche senza rete.")
    type_at(colleague, "Control+Home", "Intanto. ")
    writing.wait_for_timeout(300)
    writing.close(run_before_unload=False)

    context.set_offline(False)
    page = join(context.new_page(), address)
    expect(text_of(colleague)).to_contain_text("Anche senza rete.")
    expect(state_of(page)).to_have_attribute("data-state", "saved")
    assert words_of(page) == words_of(colleague) == "Intanto. Si riducono. Anche senza rete."


def test_paste_from_word_leaves_clean_structure(writing: Page) -> None:
    type_at(writing, "Control+End", "")
    writing.keyboard.press("Enter")
    text_of(writing).evaluate(
        """(text, html) => {
            const clipboardData = new DataTransfer()
            clipboardData.setData('text/html', html)
            const paste = { clipboardData, bubbles: true, cancelable: true }
            text.dispatchEvent(new ClipboardEvent('paste', paste))
        }""",
        FROM_WORD,
    )
    text = text_of(writing)
    expect(text.locator("h6")).to_have_text("Tappe")
    expect(text.locator("strong")).to_have_text("cura")
    expect(text.locator("ul > li > ol > li")).to_have_text("dentro")
    expect(text.locator("th").first).to_have_text("Annoprimo")
    assert text.locator("tr").evaluate_all("rows => rows.map(row => row.children.length)") == [3, 3]
    assert text.locator("[style], span, a, img[src]").count() == 0


def test_toolbar_is_one_stop_for_the_tab_key(writing: Page) -> None:
    type_at(writing, "Control+Home", "")
    writing.keyboard.press("Alt+F10")
    writing.keyboard.press("End")
    writing.keyboard.press("Home")
    writing.keyboard.press("ArrowRight")
    expect(writing.locator("[data-tool=bold]")).to_be_focused()
    writing.keyboard.press("Escape")
    expect(text_of(writing)).to_be_focused()
    writing.keyboard.press("Tab")
    expect(text_of(writing)).not_to_be_focused()
    assert writing.locator("[role=toolbar] [tabindex='0']").count() == 1


def test_form_of_the_item_leaves_the_text_alone(writing: Page) -> None:
    type_at(writing, "Control+End", " Di molto.")
    steps.fill(writing, {"title": "Meno attese per tutti"})
    steps.press(writing)
    steps.says(writing)
    steps.open_item(writing, "Meno attese per tutti")
    expect(text_of(writing)).to_have_text("Si riducono. Di molto.")


def test_without_a_connection_from_the_start_the_form_is_there(visit: Callable[..., Page]) -> None:
    page = visit(PLANNER, live=False)
    steps.begin_plan(page, "blank", f"Piano {token_hex(3)}")
    steps.add_item(page, "goal", {"title": "Meno attese", "text": "Si riducono."})
    steps.open_item(page, "Meno attese")
    expect(page.locator("[data-live-missing]")).to_be_visible()
    steps.fill(page, {"text": "Con il modulo."})
    steps.press(page)
    steps.says(page)


def test_the_outline_shows_what_others_do(writing: Page, visit: Callable[..., Page]) -> None:
    item = writing.url
    other = visit(PLANNER)
    other.goto(item.split("/items/")[0] + "/edit")
    expect(other.locator(".tree__people")).to_contain_text("Elena Sartori")
    title = writing.get_by_label("Titolo", exact=False).first
    title.fill("Attese dimezzate")
    writing.get_by_role("button", name="Salva", exact=True).click()
    expect(other.get_by_role("link", name="Attese dimezzate")).to_be_visible()
    expect(other.locator(".tree__people")).to_have_count(0)
