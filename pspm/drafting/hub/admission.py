"""Who is let in: session, origin and right are looked at before a byte of the text is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from flask_login import current_user
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from pspm.accounts.models import User
from pspm.core.database import reading
from pspm.core.errors import NotFound
from pspm.drafting import queries, services
from pspm.drafting.services import Refusal


@dataclass(frozen=True)
class Writer:
    """A person let in to write one item's text."""

    item_id: int
    session_id: str
    user_id: str
    name: str


def admit(app: Flask, scope: dict[str, Any], item: str) -> Writer | Refusal | None:
    """The writer whose WebSocket `scope` is, or why they are refused; None where another site opened it."""
    headers = Headers([(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]])
    environ = EnvironBuilder(path=scope["path"], headers=headers).get_environ()
    with app.request_context(environ), reading():
        if not _is_own_origin():
            return None
        if not current_user.is_authenticated:
            return Refusal.SIGNED_OUT
        return _writer(current_user, item)


def _writer(user: User, public_id: str) -> Writer | Refusal:
    try:
        item = queries.get_item(public_id)
    except NotFound:
        return Refusal.NOT_ALLOWED
    writer = (item.id, user.get_id())
    refused = services.check_writers(writers=[writer])
    return refused.get(writer) or Writer(*writer, user.public_id, user.name)


def _is_own_origin() -> bool:
    """Browsers send cookies along with WebSockets that any site opens; the origin says which one did."""
    origin = urlsplit(request.headers.get("Origin", ""))
    own = urlsplit(current_app.config["PUBLIC_URL"])
    return origin.netloc in {request.host, own.netloc} and origin.scheme in {"http", "https"}
