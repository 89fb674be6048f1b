"""Who may reach which view: every endpoint stands in the list, and the list is true."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from pspm.extensions import db, limiter
from tests.conftest import empty_tables
from tests.rules.access import EXPECTED, FIELDS, ROLES, VALUES
from tests.world import build_world

# To ask for a page proves only who may; being watched doubles the time.
pytestmark = pytest.mark.no_cover

REFUSED = {401, 403, 404}
READING = ("SELECT", "BEGIN", "PRAGMA", "WITH", "SAVEPOINT", "RELEASE", "SHOW")


@dataclass(frozen=True)
class Site:
    """The app, the `values` that addresses are built from, and what each role's session holds."""

    app: Flask
    values: dict[str, Any]
    sessions: dict[str, str]


def rules(app: Flask) -> dict[str, Rule]:
    return {rule.endpoint: rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"}


def test_every_view_stands_in_the_list(application: Flask) -> None:
    assert set(rules(application)) == set(EXPECTED)


@pytest.fixture(scope="module")
def site(application: Flask) -> Iterator[Site]:
    """One world for all requests here: what they write is thrown away (see `nothing_stays`)."""
    with application.app_context():
        world = build_world()
        sessions = {role: user.get_id() for role, user in world.people.items()}
    yield Site(application, world.values, sessions)
    with application.app_context():
        empty_tables()


@pytest.fixture(autouse=True)
def nothing_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request writes as far as the database checks it; with its context its transaction ends undone."""
    monkeypatch.setattr(db.session, "commit", db.session.flush)


@pytest.mark.parametrize("endpoint", sorted(EXPECTED))
def test_view_is_open_to_those_listed(endpoint: str, site: Site) -> None:
    rule = rules(site.app)[endpoint]
    assert {role for role in ROLES if _reaches(site, rule, role)} == EXPECTED[endpoint]


def _reaches(site: Site, rule: Rule, role: str) -> bool:
    limiter.reset()
    method = "POST" if "POST" in (rule.methods or ()) else "GET"
    fields = {name: site.values[value] for name, value in FIELDS.get(rule.endpoint, {}).items()}
    client = _client(site, role)
    with _writes_counted(site.app) as written:
        response = client.open(_address(site, rule), method=method, data=fields or None)
    response.close()  # a download holds its file open until then
    if method == "GET":
        assert written == [], "a GET request wrote"
    return not (response.status_code in REFUSED or _asks_to_sign_in(response))


def _client(site: Site, role: str) -> FlaskClient:
    client = site.app.test_client()
    if role != "visitor":
        with client.session_transaction() as session:
            session["_user_id"] = site.sessions[role]
            session["_fresh"] = True
    return client


def _address(site: Site, rule: Rule) -> str:
    values = {name: site.values[name] for name in rule.arguments}
    with site.app.test_request_context():
        return url_for(rule.endpoint, **values, **VALUES.get(rule.endpoint, {}))


def _asks_to_sign_in(response: TestResponse) -> bool:
    return response.status_code == 302 and response.location.startswith("/account/sign-in")


@contextmanager
def _writes_counted(app: Flask) -> Iterator[list[str]]:
    written: list[str] = []

    def remember(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.lstrip().upper().startswith(READING):
            written.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", remember)
    try:
        yield written
    finally:
        event.remove(engine, "before_cursor_execute", remember)
