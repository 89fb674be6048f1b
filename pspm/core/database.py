"""How connections behave: SQLite's pragmas, write locks, and work that waits for the commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from flask import Flask, request
from sqlalchemy import Connection, Engine, Select, event, func, select
from sqlalchemy.orm import Session

from pspm.extensions import db

_read_only: ContextVar[bool] = ContextVar("read_only", default=False)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
BUSY_TIMEOUT_MS = 10_000


def init_app(app: Flask) -> None:
    """Bind the connection rules to the app's engine."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _set_pragmas)
            event.listen(db.engine, "begin", _begin)
    app.before_request(_mark_request)


def _mark_request() -> None:
    _read_only.set(request.method in SAFE_METHODS)


def _set_pragmas(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling is switched off: it would begin deferred
    # transactions, which fail with "database is locked" when two of them turn to writing.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "cache_size=-16000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if _read_only.get() else "BEGIN IMMEDIATE")


@contextmanager
def reading() -> Iterator[None]:
    """For work outside of requests that only reads: it waits for no writer."""
    token = _read_only.set(True)
    try:
        yield
    finally:
        _read_only.reset(token)


def after_commit(callback: Callable[[], None]) -> None:
    """Run `callback` once the current transaction is on disk; forget it on rollback."""
    db.session.info.setdefault("after_commit", []).append(callback)


@event.listens_for(Session, "after_commit")
def _run_callbacks(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for callback in session.info.pop("after_commit", []):
        callback()


@event.listens_for(Session, "after_rollback")
def _drop_callbacks(session: Session) -> None:
    session.info.pop("after_commit", None)


def lock_name(name: str) -> None:
    """Let one transaction at a time go on that names `name`, until it ends.

    On SQLite it is enough to begin: there is one writer at a time.
    """
    if is_postgresql(db.session.connection()):
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def lock_rows(statement: Select[Any]) -> None:
    """Let nobody else change the rows that `statement` finds until the commit (SQLite has one writer)."""
    if is_postgresql(db.engine):
        db.session.execute(statement.with_for_update())


def is_postgresql(engine: Engine | Connection) -> bool:
    return engine.dialect.name == "postgresql"
