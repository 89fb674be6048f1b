"""Helpers of the tests of people and bodies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from pspm.accounts.models import User
from pspm.accounts.passwords import hash_password
from pspm.core.mail import Mail
from pspm.extensions import db
from tests.factories import PASSWORD, make_user

_LINK = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")


@pytest.fixture(autouse=True)
def _context(app: Flask) -> Flask:
    return app


@pytest.fixture
def user() -> User:
    """A confirmed person with the password PASSWORD."""
    return make_user(password_hash=hash_password(PASSWORD), locale="en")


@pytest.fixture
def outbox() -> Callable[[], list[Mail]]:
    """The messages in the order in which they were written."""
    return lambda: db.session.query(Mail).order_by(Mail.id).all()


@pytest.fixture
def with_csrf(app: Flask) -> Iterator[None]:
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


def link_in(mail: Mail) -> str:
    """The path of the first link in a message (the one that it is about)."""
    found = _LINK.search(mail.body)
    assert found, mail.body
    return found[1]
