"""The first view of the site in a real browser: requests and bytes on the wire."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.servers import pspm_server

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


def run(folder: Path) -> None:
    home = folder / "firstview"
    home.mkdir()
    environ = {"DATABASE_URL": f"sqlite:///{home / 'pspm.sqlite'}", "PSPM_DATA_DIR": str(home)}
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    for command in (["db", "upgrade"], ["seed"]):
        subprocess.run([*flask, *command], env=os.environ | environ, check=True, stdout=subprocess.DEVNULL)
    with pspm_server(environ) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page()
        client = page.context.new_cdp_session(page)
        client.send("Network.enable")
        sizes: list[float] = []
        client.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(server.url, wait_until="networkidle")
        browser.close()
    print(f"first view: {len(sizes)} requests (aim ≤ 12), {sum(sizes) / 1000:.0f} kB (aim ≤ 150)", flush=True)
