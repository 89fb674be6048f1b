"""The app, its database and a client for each person, for all tests.

The database is SQLite in a temporary folder, or the PostgreSQL server that TEST_DATABASE_URL names;
each xdist worker has one of its own. Tests work in an app context (`app`), requests run in others.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, event, make_url, text

from config import Settings
from pspm.accounts.models import User
from pspm.app import create_app
from pspm.extensions import db, limiter
from tests.client import CheckedClient

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that PostgreSQL could make a difference to."""
    for item in items:
        if "database_url" in item.fixturenames:  # type: ignore[attr-defined]
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        return f"sqlite:///{tmp_path_factory.mktemp('db') / 'test.sqlite'}"
    return new_postgresql_database(server, f"pspm_test_{worker_id}")


def new_postgresql_database(server: str, name: str) -> str:
    """Make the database `name` anew on the server that the URL `server` leads to; gives its URL."""
    url = make_url(server)
    engine = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def application(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    settings = Settings(
        environment="testing",
        database_url=database_url,
        data_dir=tmp_path_factory.mktemp("data"),
        default_locale="en",
    )
    application = create_app(settings.as_flask() | {"WTF_CSRF_ENABLED": False})
    application.test_client_class = CheckedClient
    with application.app_context():
        db.create_all()
    yield application
    with application.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(application: Flask) -> Iterator[Flask]:
    """The app with an empty database and an app context for the test's own session."""
    with application.app_context():
        yield application
        db.session.rollback()
        empty_tables()
        limiter.reset()


def empty_tables() -> None:
    """Deleting is much quicker than TRUNCATE where tables hold a few rows."""
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("PRAGMA defer_foreign_keys=ON"))
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(table.delete())
    db.session.commit()


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """A visitor without an account."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def sign_in(app: Flask) -> Callable[[User], CheckedClient]:
    """A client for each person: `sign_in(user).get(...)`."""

    def signed_in(user: User) -> CheckedClient:
        db.session.commit()
        client: CheckedClient = app.test_client()  # type: ignore[assignment]
        with client.session_transaction() as session:
            session["_user_id"] = user.get_id()
            session["_fresh"] = True
        return client

    return signed_in


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], object]:
    """`with count_queries() as queries: …; assert len(queries) == 7`."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        statements: list[str] = []

        def remember(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", remember)
        try:
            yield statements
        finally:
            event.remove(db.engine, "before_cursor_execute", remember)

    return counting


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real plans and vocabularies; CI must have them, a clone elsewhere may not."""
    if not SHARED_DATA.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"reference data missing: {SHARED_DATA}")
        pytest.skip("reference data not beside this clone")
    return SHARED_DATA
