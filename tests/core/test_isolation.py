"""A request inherits nothing from the server that runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, has_app_context

from pspm.core.isolation import isolated


def test_request_does_not_see_the_context_of_another(app: Flask) -> None:
    seen = []

    def wsgi_app(_environ: dict[str, Any], _start_response: Callable[..., Any]) -> Iterable[bytes]:
        seen.append(has_app_context())
        return []

    assert has_app_context()
    isolated(wsgi_app)({}, lambda *_args: None)
    assert seen == [False]
    assert has_app_context()
