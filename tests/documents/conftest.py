"""What the tests of imported files share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from pspm.accounts.models import Body, BodyRole, User
from pspm.core import jobs
from pspm.documents import store
from tests.client import CheckedClient
from tests.factories import make_body, make_user


@pytest.fixture
def body(app: Flask) -> Body:
    return make_body(name="Ministry")


@pytest.fixture
def planner(body: Body) -> User:
    return make_user(body=body, role=BodyRole.PLANNER)


@pytest.fixture
def browser(sign_in: Callable[[User], CheckedClient], planner: User) -> CheckedClient:
    return sign_in(planner)


@pytest.fixture
def values(body: Body) -> dict[str, Any]:
    return {"body": body.public_id, "title": "Mine", "language": "en", "start_year": 2024, "end_year": 2026}


@pytest.fixture
def waiting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The jobs that wait in the queue, by their ids; `run_waiting` does them."""
    queue: list[int] = []
    monkeypatch.setattr(jobs, "_dispatch", queue.append)
    return queue


@pytest.fixture
def no_uploads(app: Flask) -> None:
    for path in store._folder("uploads").iterdir():
        path.unlink()
