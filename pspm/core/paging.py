"""Pages of long lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from pspm.extensions import db

T = TypeVar("T")
PER_PAGE = 25


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list; `number` counts from 1."""

    items: Sequence[T]
    number: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))


def nearest(number: int, *, total: int, per_page: int) -> int:
    """The page that there is, where `number` is asked for."""
    return min(max(1, number), max(1, -(-total // per_page)))


def paginate(statement: Select[Any], *, number: int, per_page: int = PER_PAGE) -> Page[T]:
    """Two queries: the count and the rows. `number` outside the range gives the nearest page."""
    counted = statement.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    total = db.session.scalar(counted) or 0
    number = nearest(number, total=total, per_page=per_page)
    rows: Sequence[T] = (
        db.session.scalars(statement.limit(per_page).offset((number - 1) * per_page)).unique().all()
    )
    return Page(rows, number, per_page, total)


def exists(statement: Select[Any]) -> bool:
    return bool(db.session.scalar(select(statement.exists())))
