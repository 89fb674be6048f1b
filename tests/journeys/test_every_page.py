"""Every page, as the people who may see it: axe finds nothing, nothing sticks out at 320 px."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import etree, html
from playwright.sync_api import APIRequestContext, Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from config import Settings
from pspm.app import create_app

AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Else axe describes every element that is as it should be too, and takes thrice as long.
    "resultTypes": ["violations"],
}
PER_ENDPOINT = 2
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
ADDRESSES = {"href", "action", "value", "content"}
Look = tuple[str, bytes]
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


@pytest.fixture(scope="session")
def looked_at() -> set[Look]:
    """The pages that have been checked; what looks the same to the next person is not checked again."""
    return set()


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_is_accessible(
    person: str, visit: Callable[..., Page], server: str, adapter: MapAdapter, looked_at: set[Look]
) -> None:
    page = visit(PEOPLE[person])
    faults = []
    for address, text in crawl(page.request, server, adapter):
        looks = looks_of(text)
        if not looks <= looked_at:
            page.goto(address)
            faults += [f"{address}: {fault}" for fault in faults_of(page)]
            looked_at |= looks
    assert faults == []


def faults_of(page: Page) -> Iterator[str]:
    for violation in Axe().run(page, options=AXE).response["violations"]:
        nodes = [node["html"][:160] for node in violation["nodes"][:3]]
        yield f"{violation['id']}: {nodes}"
    page.set_viewport_size({"width": 320, "height": 800})
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > 320:
        yield f"{width} px wide at 320 px"
    page.set_viewport_size({"width": 1280, "height": 900})


def looks_of(text: str) -> set[Look]:
    """The content of a page word for word, and the frame around it without words and addresses.

    So the menus are checked once for each kind of person, and not again for each page that they stand on.
    """
    tree = html.document_fromstring(TOKEN.sub("", text))
    main = tree.find(".//main")
    content = html.tostring(main)
    main.getparent().remove(main)
    for element in tree.iter(etree.Element):
        element.text = element.tail = None
        for name in ADDRESSES.intersection(element.attrib):
            element.set(name, "")
    return {("content", content), ("frame", html.tostring(tree))}


def crawl(request: APIRequestContext, server: str, adapter: MapAdapter) -> Iterator[tuple[str, str]]:
    """Follow the links of the site, PER_ENDPOINT addresses for each view; gives each with its page."""
    queue, seen, visits = deque(["/"]), {"/"}, Counter[str]()
    while queue:
        address = queue.popleft()
        endpoint = endpoint_of(address, adapter)
        if endpoint is None or visits[endpoint] >= PER_ENDPOINT:
            continue
        answer = request.get(address, max_redirects=0)
        if "text/html" not in answer.headers.get("content-type", "") or answer.status >= 300:
            queue.extend(_new([answer.headers.get("location", "")], server, seen))
            continue
        visits[endpoint] += 1
        text = answer.text()
        yield address, text
        links = html.document_fromstring(text).xpath("//a/@href")
        queue.extend(_new([urljoin(answer.url, link) for link in links], server, seen))


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
