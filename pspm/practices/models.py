"""Good practices, the objectives that they help, and their attachments."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Dialect, ForeignKey, Index, String, Table, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator, TypeEngine

from pspm.accounts.models import Body, User
from pspm.core.clock import now
from pspm.core.columns import Created, PublicId, UtcDateTime, enum_type, json_type
from pspm.extensions import Base, Model
from pspm.plans.models import Item


class SearchWords(TypeDecorator[str]):
    """Words parted by spaces: plain text on SQLite; on PostgreSQL a tsvector, each word with its place."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or dialect.name != "postgresql":
            return value
        return " ".join(f"{word}:{place}" for place, word in enumerate(value.split(), start=1))


class PracticeStatus(enum.Enum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"


practice_item = Table(
    "practice_item",
    Base.metadata,
    Column("practice_id", ForeignKey("practice.id"), primary_key=True),
    Column("item_id", ForeignKey("item.id"), primary_key=True, index=True),
)


class Practice(PublicId, Created, Model):
    """An entry of the open repository. All texts but title and summary are Markdown."""

    __tablename__ = "practice"
    __table_args__ = (
        Index(None, "status", "submitted_at"),
        CheckConstraint("start_year <= end_year", name="years"),
    )

    title: Mapped[str] = mapped_column(String(300))
    summary: Mapped[str] = mapped_column(String(500), default="")
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    context: Mapped[str] = mapped_column(Text, default="")
    solution: Mapped[str] = mapped_column(Text, default="")
    results: Mapped[str] = mapped_column(Text, default="")
    success_conditions: Mapped[str] = mapped_column(Text, default="")
    lessons: Mapped[str] = mapped_column(Text, default="")
    replication: Mapped[str] = mapped_column(Text, default="")
    resources: Mapped[str] = mapped_column(Text, default="")
    start_year: Mapped[int | None]
    end_year: Mapped[int | None]
    country: Mapped[str] = mapped_column(String(2), default="IT")
    sector: Mapped[str] = mapped_column(String(10), default="")
    """Code of a COFOG division or group (UN 1999, as used by Eurostat), e.g. "01.1"."""
    sdgs: Mapped[list[int]] = mapped_column(json_type, default=list)
    """Numbers 1-17 of the UN Sustainable Development Goals."""
    language: Mapped[str] = mapped_column(String(5), default="it")
    keywords: Mapped[list[str]] = mapped_column(json_type, default=list)
    licence: Mapped[str] = mapped_column(String(40), default="CC-BY-4.0")
    """SPDX identifier."""
    contact: Mapped[str] = mapped_column(String(254), default="")
    status: Mapped[PracticeStatus] = mapped_column(
        enum_type(PracticeStatus, "practice_status"), default=PracticeStatus.DRAFT
    )
    revision_number: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=now)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)

    @property
    def is_unseen(self) -> bool:
        """Whether only its authors know it: a draft that was never submitted for checking."""
        return self.status is PracticeStatus.DRAFT and self.submitted_at is None and self.published_at is None

    body: Mapped[Body] = relationship()
    created_by: Mapped[User] = relationship()
    items: Mapped[list[Item]] = relationship(secondary=practice_item, order_by="Item.id", lazy="raise_on_sql")
    attachments: Mapped[list[Attachment]] = relationship(
        back_populates="practice", order_by="Attachment.id", lazy="raise_on_sql"
    )
    remarks: Mapped[list[PracticeRemark]] = relationship(
        back_populates="practice", order_by="PracticeRemark.id", lazy="raise_on_sql"
    )


class SearchEntry(Model):
    """A published practice as the search sees it; `id` rises in the order of first publication.

    SQLite keeps a full-text index of `words` in step by triggers, PostgreSQL has it as a tsvector
    (see `practices.search`).
    """

    __tablename__ = "practice_search"
    __table_args__ = (
        Index("ix_practice_search_words", "words", postgresql_using="gin").ddl_if(dialect="postgresql"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), unique=True)
    words: Mapped[str] = mapped_column(SearchWords())

    practice: Mapped[Practice] = relationship()


class PracticeRemark(Created, Model):
    """What a curator asked to change when returning an entry."""

    __tablename__ = "practice_remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(Text)

    practice: Mapped[Practice] = relationship(back_populates="remarks")
    author: Mapped[User] = relationship()


class Attachment(PublicId, Created, Model):
    """A file of an entry, stored under its hash in the data folder."""

    __tablename__ = "attachment"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    filename: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    practice: Mapped[Practice] = relationship(back_populates="attachments")
