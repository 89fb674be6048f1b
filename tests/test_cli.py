"""Commands that belong to no feature."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
import uvicorn
from flask import Flask, has_app_context

ROOT = Path(__file__).resolve().parents[1]
T = TypeVar("T")


class Worker:
    """Stands in for the worker's process."""

    def __init__(self, *_args: Any) -> None: ...

    def terminate(self) -> None: ...

    def wait(self) -> None: ...


def test_serve_keeps_the_commands_context_from_requests(
    application: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else all requests share one `g`: one person signs in, and everybody is that person."""
    seen: list[bool] = []
    monkeypatch.setattr(subprocess, "Popen", Worker)
    monkeypatch.setattr(uvicorn, "run", lambda *_args, **_options: seen.append(has_app_context()))
    result = application.test_cli_runner().invoke(args=["serve"])
    assert result.exit_code == 0, result.output
    assert seen == [False]


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_worker_ends_with_the_server(end: signal.Signals, tmp_path: Path) -> None:
    environ = {"DATABASE_URL": f"sqlite:///{tmp_path / 'pspm.sqlite'}", "PSPM_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--port", "0"]
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
