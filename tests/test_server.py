"""The server command: the web process and its worker live and die together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

ROOT = Path(__file__).resolve().parents[1]
T = TypeVar("T")


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_worker_ends_with_the_server(end: signal.Signals, tmp_path: Path) -> None:
    environ = {"DATABASE_URL": f"sqlite:///{tmp_path / 'pspm.sqlite'}", "PSPM_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "pspm", "--port", "0"]
    server = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        worker = _wait_for(lambda: _children(server.pid))[0]
        server.send_signal(end)
        server.wait(timeout=30)
        _wait_for(lambda: not Path(f"/proc/{worker}").exists())
    finally:
        server.kill()
        server.wait()


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _wait_for(condition: Callable[[], T]) -> T:
    deadline = time.monotonic() + 60
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not happen within a minute"
        time.sleep(0.1)
    return found


def test_server_loads_only_what_pages_need() -> None:
    """What the command line and the queue bring along would double the time to the first page."""
    heavy = ("alembic", "huey", "redis", "weasyprint")
    code = f"import sys, pspm.server; print(*(name for name in {heavy} if name in sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.split() == []
