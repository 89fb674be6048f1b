"""What people do, one function a step; the journeys tell stories with them.

People are told apart by their pages. Nothing here reads words of the interface, so that each story
can be told in any language; links are found by where they lead and fields by their names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

PASSWORD = "sample-password-2026"
SITE_ZONE = ZoneInfo("Europe/Rome")


def follow(page: Page, part: str) -> None:
    """Click the first link of the page's own content that leads to an address with `part` in it."""
    go_by(page, page.locator(f'main a[href*="{part}"]').first)


def go_by(page: Page, control: Locator) -> None:
    """Click what leads to another page, and wait for that page."""
    with page.expect_navigation():
        control.click()


def press(page: Page, action: str = "") -> None:
    """Send the form whose address has `action` in it; without one, the main form of the page."""
    send = f'form[action*="{action}"] [type=submit]' if action else ".form__buttons [type=submit]"
    go_by(page, page.locator(f"main {send}").first)


def fill(page: Page, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        field = page.locator(f'main [name="{name}"]')
        if field.first.get_attribute("type") == "radio":
            page.locator(f'main [name="{name}"][value="{value}"]').check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


def says(page: Page) -> None:
    """The page answers what was done with a message of success."""
    expect(page.locator(".notice--success")).to_be_visible()


# --- People and bodies


def sign_up(page: Page, name: str, email: str) -> None:
    page.goto("/")
    page.goto("/account/sign-up")
    fill(page, {"name": name, "email": email, "password": PASSWORD})
    press(page)


def open_mail(page: Page, email: str, number: int = 0) -> str:
    """Open the last (or an earlier) message to the address; gives its text."""
    page.goto("/dev/mail")
    entry = page.locator(".entries li", has_text=email).nth(number)
    go_by(page, entry.locator("a"))
    return page.locator("main").inner_text()


def confirm_address(page: Page, email: str) -> None:
    open_mail(page, email)
    follow(page, "/account/confirm/")
    fill(page, {"password": PASSWORD})
    press(page)
    says(page)


def ask_to_join(page: Page, body: str) -> None:
    page.goto("/bodies")
    fill_search(page, body)
    go_by(page, page.get_by_role("link", name=body).first)
    press(page, "/join")
    says(page)


def fill_search(page: Page, words: str) -> None:
    page.locator("main form[method=get] [name=q]").fill(words)
    go_by(page, page.locator("main form[method=get] [type=submit]").first)


def approve_member(page: Page, person: str, role: str) -> None:
    page.goto("/work")
    follow(page, "/members")
    entry = page.locator("main li", has_text=person).first
    entry.locator("select[name=role]").select_option(role)
    go_by(page, entry.locator('form[action*="/approve"] [type=submit]'))
    says(page)


# --- The plan


def begin_plan(page: Page, template: str, title: str) -> str:
    """Gives the plan's address, ending in a slash."""
    page.goto("/plans/mine")
    follow(page, "/plans/new")
    fill(page, {"template_key": template, "title": title, "start_year": "2027", "end_year": "2029"})
    press(page)
    says(page)
    found = re.search(r"/plans/[^/]+/", page.url)
    assert found, page.url
    return found[0]


def add_item(page: Page, kind: str, values: Mapping[str, str], *, below: str = "") -> None:
    """From the outline: a top item, or one below the item with the title `below`."""
    row = page.locator(".tree__row", has=page.get_by_role("link", name=below, exact=True)) if below else page
    go_by(page, row.locator(f'main a[href*="kind={kind}"], a[href*="kind={kind}"]').first)
    fill(page, values)
    press(page)
    says(page)


def open_item(page: Page, title: str) -> None:
    """From the outline to the form of the item."""
    go_by(page, page.get_by_role("link", name=title, exact=True))
    follow(page, "/edit")


def invite_to_plan(page: Page, plan: str, email: str, role: str) -> None:
    page.goto(f"{plan}members")
    fill(page, {"email": email, "role": role})
    press(page)
    says(page)


def accept_plan_invitation(page: Page, email: str) -> None:
    open_mail(page, email)
    follow(page, "/plans/invitations/")
    press(page, "/accept")
    says(page)


def approve_plan(page: Page, plan: str, note: str) -> None:
    page.goto(plan)
    follow(page, "/approve")
    fill(page, {"note": note})
    press(page)
    says(page)


# --- The consultation


def open_round(page: Page, plan: str, title: str) -> str:
    """A round that is open now, for all who are signed in; gives its address."""
    page.goto(plan)
    follow(page, "/rounds/new")
    now = datetime.now(SITE_ZONE)
    opens, closes = now - timedelta(minutes=5), now + timedelta(days=14)
    fill(
        page,
        {
            "title": title,
            "opens_at": f"{opens:%Y-%m-%dT%H:%M}",
            "closes_at": f"{closes:%Y-%m-%dT%H:%M}",
            "audience": "signed_in",
        },
    )
    press(page)
    says(page)
    follow(page, "/start")
    press(page)
    says(page)
    return path_of(page)


def find_round(page: Page, round: str) -> None:
    """From one's own page to the round that waits for a comment."""
    page.goto("/work")
    follow(page, round)


def comment(page: Page, item: str, quote: str, text: str, *, by_selecting: bool = False) -> None:
    """Comment on the item with this title; the words to quote are selected in its text, or typed."""
    part = page.locator("section", has=page.get_by_role("heading", name=item)).last
    form = page.locator("form[data-autosave^=comment-]")
    if by_selecting:
        select_words(part, quote)
        page.locator(".quote-button").click()
        expect(form.locator("[name=quote]")).to_have_value(quote)
    else:
        part.locator('a[href*="#comment"]').first.click()
        form.locator("[name=quote]").fill(quote)
    form.locator("[name=aspect][value=clarity]").check()
    form.locator("[name=text]").fill(text)
    form.locator("[type=submit]").click()
    said = page.locator(".comment", has_text=text)
    expect(said).to_be_visible()
    if quote:
        expect(said.locator("blockquote")).to_have_text(quote)


def select_words(part: Locator, words: str) -> None:
    part.locator("[data-quote-source]").evaluate_all(
        """(places, words) => {
            for (const place of places) {
                const walk = document.createTreeWalker(place, NodeFilter.SHOW_TEXT)
                while (walk.nextNode()) {
                    const start = walk.currentNode.data.indexOf(words)
                    if (start < 0) continue
                    place.scrollIntoView({ block: 'center' })
                    document.getSelection().setBaseAndExtent(
                        walk.currentNode, start, walk.currentNode, start + words.length)
                    return
                }
            }
            throw new Error('no such words')
        }""",
        words,
    )


def close_round(page: Page, round: str) -> None:
    page.goto(round)
    follow(page, "/close")
    press(page)
    says(page)


def write_text(page: Page, text: str) -> None:
    """The item's whole text: in the editor, or, without scripts, in the field of the form."""
    if page.evaluate("matchMedia('(scripting: none)').matches"):
        fill(page, {"text": text})
        return
    page.locator("[role=textbox]").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    expect(page.locator("[data-live-state]")).to_have_attribute("data-state", "saved")


def change_text(page: Page, plan: str, item: str, text: str) -> None:
    page.goto(f"{plan}edit")
    open_item(page, item)
    write_text(page, text)
    press(page)
    says(page)


def decide(page: Page, round: str, comment: str, outcome: str, reason: str) -> None:
    """Decide on the comment and link the last change of the text."""
    page.goto(round)
    follow(page, "/decisions")
    go_by(page, page.get_by_role("link", name=comment))
    fill(page, {"outcome": outcome, "reason": reason})
    page.locator("[name=revision]").select_option(index=1)
    press(page)
    says(page)


def publish_decisions(page: Page, round: str) -> None:
    page.goto(f"{round}/decisions")
    follow(page, "/decisions/publish")
    press(page)
    says(page)
