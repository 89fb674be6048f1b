"""Column types and mixins that models share."""

from __future__ import annotations

import enum
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from pspm.core.clock import now
from pspm.core.ids import LENGTH, new_public_id

MAX_INTEGER = 2**31 - 1
"""The largest number that an integer column holds on every database."""

json_type = JSON().with_variant(JSONB(), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime on every database. SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_type(kind: type[enum.Enum], name: str) -> Enum:
    """Values kept as readable text with a named check, so that both databases agree."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=30,
        values_callable=lambda members: [member.value for member in members],
    )


def holds(attribute: Any, value: Any) -> bool:
    """Whether the column of a mapped `attribute` has room for `value`, on the stricter database."""
    kind = attribute.type
    if isinstance(value, Decimal):
        room = Decimal(10) ** (kind.precision - kind.scale)
        return value.is_finite() and abs(value) < room and abs(round(value, kind.scale)) < room
    if isinstance(value, int):
        return abs(value) <= MAX_INTEGER
    return not isinstance(value, str) or kind.length is None or len(value) <= kind.length


class PublicId:
    """An internal number and the identifier that addresses show."""

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(LENGTH), unique=True, default=new_public_id)


class Created:
    """When the row was made."""

    created_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=now)


JsonDict = dict[str, Any]
