"""People and entries that the tests of `practices` share."""

from __future__ import annotations

import pytest
from flask import Flask

from pspm.accounts.models import Body, BodyRole, User
from pspm.practices import services
from pspm.practices.models import Practice, PracticeStatus
from tests.factories import make_body, make_practice, make_user
from tests.practices.pages import COMPLETE


@pytest.fixture
def body(app: Flask) -> Body:
    return make_body(name="Ministry of Tests")


@pytest.fixture
def author(body: Body) -> User:
    return make_user(body=body, name="Anna Author")


@pytest.fixture
def colleague(body: Body) -> User:
    """Another planner of the same body."""
    return make_user(body=body, name="Carlo Colleague")


@pytest.fixture
def member(body: Body) -> User:
    return make_user(body=body, role=BodyRole.MEMBER)


@pytest.fixture
def stranger(app: Flask) -> User:
    """A planner of another body."""
    return make_user(body=make_body())


@pytest.fixture
def curator(app: Flask) -> User:
    return make_user(is_curator=True, name="Clara Curator")


@pytest.fixture
def draft(body: Body, author: User) -> Practice:
    return make_practice(body=body, author=author, status=PracticeStatus.DRAFT, published_at=None, **COMPLETE)


@pytest.fixture
def submitted(draft: Practice, curator: User) -> Practice:
    services.submit_practice(practice=draft)
    return draft
