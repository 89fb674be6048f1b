"""Who may reach which view: every endpoint stands in the list, and the list is true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, url_for
from sqlalchemy import event
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from pspm.accounts.models import User
from pspm.extensions import db, limiter
from tests.client import CheckedClient
from tests.conftest import empty_tables
from tests.rules.access import EXPECTED, FIELDS, ROLES, VALUES
from tests.world import World, build_world

REFUSED = {401, 403, 404}
READING = ("SELECT", "BEGIN", "PRAGMA", "WITH", "SAVEPOINT", "RELEASE", "SHOW")
SignIn = Callable[[User], CheckedClient]


def rules(app: Flask) -> dict[str, Rule]:
    return {rule.endpoint: rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"}


def test_every_view_stands_in_the_list(application: Flask) -> None:
    assert set(rules(application)) == set(EXPECTED)


@pytest.mark.parametrize("endpoint", sorted(EXPECTED))
def test_view_is_open_to_those_listed(endpoint: str, app: Flask, sign_in: SignIn) -> None:
    """Those who are refused share one world; each who is let in changes one of their own."""
    rule = rules(app)[endpoint]
    expected = EXPECTED[endpoint]
    world = build_world()
    reached = {role for role in ROLES if role not in expected and _reaches(app, sign_in, rule, role, world)}
    for role in ROLES:
        if role not in expected:
            continue
        if "POST" in (rule.methods or ()):
            empty_tables()
            world = build_world()
        reached |= {role} if _reaches(app, sign_in, rule, role, world) else set()
    assert reached == expected


def _reaches(app: Flask, sign_in: SignIn, rule: Rule, role: str, world: World) -> bool:
    limiter.reset()
    client = app.test_client() if role == "visitor" else sign_in(world.people[role])
    method = "POST" if "POST" in (rule.methods or ()) else "GET"
    fields = {name: world.values[value] for name, value in FIELDS.get(rule.endpoint, {}).items()}
    with _writes_counted() as written:
        response = client.open(_address(app, rule, world), method=method, data=fields or None)
    response.close()  # a download holds its file open until then
    if method == "GET":
        assert written == [], "a GET request wrote"
    return not (response.status_code in REFUSED or _asks_to_sign_in(response))


def _address(app: Flask, rule: Rule, world: World) -> str:
    values = {name: world.values[name] for name in rule.arguments}
    with app.test_request_context():
        return url_for(rule.endpoint, **values, **VALUES.get(rule.endpoint, {}))


def _asks_to_sign_in(response: TestResponse) -> bool:
    return response.status_code == 302 and response.location.startswith("/account/sign-in")


@contextmanager
def _writes_counted() -> Iterator[list[str]]:
    written: list[str] = []

    def remember(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.lstrip().upper().startswith(READING):
            written.append(statement)

    event.listen(db.engine, "before_cursor_execute", remember)
    try:
        yield written
    finally:
        event.remove(db.engine, "before_cursor_execute", remember)
