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
from pspm.drafting import policies, queries, services
from pspm.drafting.services import Refusal
from pspm.plans import queries as plan_queries


@dataclass(frozen=True)
class Writer:
    """A person let in to write one item's text."""

    item_id: int
    session_id: str
    user_id: str
    name: str
    item: str
    """The item's public id."""
    plan_id: int


@dataclass(frozen=True)
class Watcher:
    """A person let in to see how a plan's outline changes."""

    plan_id: int
    session_id: str


Admitted = Writer | Watcher | Refusal | None


def admit(app: Flask, scope: dict[str, Any], kind: str, public_id: str) -> Admitted:
    """Whose WebSocket `scope` is, or why they are refused; None where another site opened it."""
    headers = Headers([(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]])
    environ = EnvironBuilder(path=scope["path"], headers=headers).get_environ()
    with app.request_context(environ), reading():
        if not _is_own_origin():
            return None
        if not current_user.is_authenticated:
            return Refusal.SIGNED_OUT
        try:
            return (_writer if kind == "items" else _watcher)(current_user, public_id)
        except NotFound:
            return Refusal.NOT_ALLOWED


def _writer(user: User, public_id: str) -> Writer | Refusal:
    item = queries.get_item(public_id)
    session_id = user.get_id()
    refused = services.check_writers(writers=[(item.id, session_id)])
    if refused:
        return refused[item.id, session_id]
    return Writer(item.id, session_id, user.public_id, user.name, item.public_id, item.plan_id)


def _watcher(user: User, public_id: str) -> Watcher | Refusal:
    plan = plan_queries.get_plan(public_id)
    return Watcher(plan.id, user.get_id()) if policies.can_watch(user, plan) else Refusal.NOT_ALLOWED


def _is_own_origin() -> bool:
    """Browsers send cookies along with WebSockets that any site opens; the origin says which one did."""
    origin = urlsplit(request.headers.get("Origin", ""))
    own = urlsplit(current_app.config["PUBLIC_URL"])
    return origin.netloc in {request.host, own.netloc} and origin.scheme in {"http", "https"}
