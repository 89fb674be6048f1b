"""A real server with the sample data, and real Chromium.

The server runs as a person would start it, so a journey meets the same migrations, worker, headers
and static files. Each xdist worker has a server and a database of its own.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "sample-password-2026"
NO_FAULTS = ("Failed to load resource", "WebSocket connection to")
"""What the browser itself says when the server answers with an error or cannot be reached."""
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("Missing: Chromium. Install it with: apt-get install chromium")
    return {"executable_path": chromium, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `python -m pspm` on a fresh database with the sample data.

    Where PSPM_JOURNEYS_AT names a server that runs already, the journeys go there: quick to write them with.
    """
    if running := os.environ.get("PSPM_JOURNEYS_AT"):
        yield running
        return
    folder = tmp_path_factory.mktemp("server")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environ = {
        **os.environ,
        "FLASK_APP": "wsgi",
        "DATABASE_URL": f"sqlite:///{folder / 'pspm.sqlite'}",
        "PSPM_DATA_DIR": str(folder),
        "PSPM_PUBLIC_URL": url,
    }
    flask = [sys.executable, "-m", "flask"]
    subprocess.run([*flask, "db", "upgrade"], cwd=ROOT, env=environ, check=True)
    subprocess.run([*flask, "seed"], cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
    command = [sys.executable, "-m", "pspm", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environ)
    try:
        _wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail("the server did not answer within 30 seconds")


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """`visit(email=None, width=1280, locale="it-IT")`: a page, signed in as the person of the sample data.

    With `live=False` no WebSocket gets through, as behind some proxies: texts are written in the forms.
    A script error or a breach of the content security policy fails the test.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def remember(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NO_FAULTS):
            faults.append(message.text)

    def open_page(
        email: str | None = None,
        *,
        width: int = 1280,
        locale: str = "it-IT",
        javascript: bool = True,
        live: bool = True,
    ) -> Page:
        context = browser.new_context(
            base_url=server,
            locale=locale,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
        )
        contexts.append(context)
        if not live:
            context.route_web_socket("**/live/**", lambda socket: socket.close())
        page = context.new_page()
        page.on("console", remember)
        page.on("pageerror", lambda error: faults.append(str(error)))
        if email:
            sign_in(page, email)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/account/sign-in")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    assert "/sign-in" not in page.url, page.locator("main").inner_text()
