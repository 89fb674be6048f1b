"""The time, always aware and in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta(0))


def now() -> datetime:
    return datetime.now(UTC) + _shift.get()


@contextmanager
def shifted(shift: timedelta) -> Iterator[None]:
    """Live `shift` away from the present, for sample data and tests: a round that closed last month."""
    token = _shift.set(shift)
    try:
        yield
    finally:
        _shift.reset(token)
