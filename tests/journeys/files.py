"""Files that people take from the site, and the jobs that make them."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path

import pikepdf
from playwright.sync_api import Page, expect

from tests.journeys.steps import go_by

JOB_SECONDS = 90


def download(page: Page, part: str, target: Path) -> bytes:
    """What the link to an address with `part` in it gives as a file."""
    with page.expect_download() as waiting:
        page.locator(f'main a[href*="{part}"]').first.click()
    waiting.value.save_as(target)
    return target.read_bytes()


def wait_for_job(page: Page, sign: str, *, by_hand: bool = False) -> None:
    """Watch the bar until the job leads to a page with `sign`; without JavaScript its link looks again."""
    deadline = time.monotonic() + JOB_SECONDS
    while by_hand and not page.locator(sign).is_visible():
        assert time.monotonic() < deadline, page.locator("main").inner_text()
        go_by(page, page.locator("#job a"))
    expect(page.locator(sign)).to_be_visible(timeout=JOB_SECONDS * 1000)


def make_pdf(page: Page, address: str) -> bytes:
    """Have the PDF at the address made, watch the bar, and take the file."""
    page.goto(address)
    page.locator(f'main form[action*="{address}"] [type=submit]').click()
    deadline = time.monotonic() + JOB_SECONDS
    while time.monotonic() < deadline:
        answer = page.request.get(address)
        if answer.headers["content-type"] == "application/pdf":
            return answer.body()
        page.wait_for_timeout(250)
    raise AssertionError(page.locator("main").inner_text())


def title_of(document: bytes) -> str:
    assert document.startswith(b"%PDF")
    with pikepdf.open(BytesIO(document)) as pdf:
        return str(pdf.docinfo["/Title"])
