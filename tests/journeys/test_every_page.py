"""Every page, as the people who may see it: axe finds nothing, nothing sticks out at 320 px."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from config import Settings
from pspm.app import create_app

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PER_ENDPOINT = 2
PEOPLE = {
    "visitor": None,
    "administrator": "giulia.ferrante@example.org",
    "coordinator": "elena.sartori@example.org",
    "manager": "marco.bellandi@example.org",
    "reviewer": "anna.kofler@example.org",
}


@pytest.fixture(scope="session")
def adapter(tmp_path_factory: pytest.TempPathFactory) -> MapAdapter:
    """The app's address map, to tell which view an address leads to."""
    folder = tmp_path_factory.mktemp("map")
    settings = Settings(database_url=f"sqlite:///{folder / 'x.sqlite'}", data_dir=folder)
    return create_app(settings.as_flask()).url_map.bind("127.0.0.1")


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_is_accessible(
    person: str, visit: Callable[..., Page], server: str, adapter: MapAdapter
) -> None:
    page = visit(PEOPLE[person])
    faults = []
    for address in crawl(page, server, adapter):
        for violation in Axe().run(page, options=RULES).response["violations"]:
            nodes = [node["html"][:160] for node in violation["nodes"][:3]]
            faults.append(f"{address}: {violation['id']}: {nodes}")
        page.set_viewport_size({"width": 320, "height": 800})
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            faults.append(f"{address}: {width} px wide at 320 px")
        page.set_viewport_size({"width": 1280, "height": 900})
    assert faults == []


def crawl(page: Page, server: str, adapter: MapAdapter) -> Iterator[str]:
    """Follow the links of the site, PER_ENDPOINT addresses for each view; the page is open at each."""
    queue, seen, visits = deque(["/"]), {"/"}, Counter[str]()
    while queue:
        address = queue.popleft()
        endpoint = endpoint_of(address, adapter)
        if endpoint is None or visits[endpoint] >= PER_ENDPOINT:
            continue
        answer = page.request.get(address, max_redirects=0)
        if "text/html" not in answer.headers.get("content-type", "") or answer.status >= 300:
            queue.extend(_new([answer.headers.get("location", "")], server, seen))
            continue
        visits[endpoint] += 1
        page.goto(address)
        yield address
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        queue.extend(_new(links, server, seen))


def _new(links: list[str], server: str, seen: set[str]) -> list[str]:
    fresh = []
    for link in links:
        parts = urlsplit(link)
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        if (link.startswith((server, "/"))) and address and address not in seen:
            seen.add(address)
            fresh.append(address)
    return fresh


def endpoint_of(address: str, adapter: MapAdapter) -> str | None:
    try:
        endpoint, _values = adapter.match(urlsplit(address).path, method="GET")
    except HTTPException:
        return None
    return None if endpoint == "static" else str(endpoint)
