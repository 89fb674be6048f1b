"""Requests that inherit nothing from the server that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import Context
from typing import Any

WSGIApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def isolated(app: WSGIApp) -> WSGIApp:
    """The same app, with each request in an empty context.

    Flask keeps its app context in a context variable and takes over one that is there. An asyncio server can
    bring one along: that of the command that started it, or of an earlier request on the connection whose
    body was read from within its thread. Both requests would share `g`, and so who is signed in.
    """

    def run(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return Context().run(app, environ, start_response)

    return run
