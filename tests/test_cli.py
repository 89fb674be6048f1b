"""Commands that belong to no feature."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest
import uvicorn
from flask import Flask, has_app_context


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
