"""Rounds, contributions and the decisions on them."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pspm.accounts.models import Body, User
from pspm.core.columns import Created, PublicId, UtcDateTime, enum_type
from pspm.extensions import Base, Model
from pspm.plans.models import Item, Plan, PlanStatus, Revision


class Audience(enum.Enum):
    INVITED = "invited"
    SIGNED_IN = "signed_in"


class Aspect(enum.Enum):
    """The question that a comment answers; which ones an item asks depends on its kind."""

    GENERAL = "general"
    DIRECTION = "direction"
    AMBITION = "ambition"
    CLARITY = "clarity"
    MEASURE = "measure"
    TARGET = "target"


class Outcome(enum.Enum):
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    NOT_ACCEPTED = "not_accepted"
    DEFERRED = "deferred"
    ANSWERED = "answered"


class RoundState(enum.Enum):
    """Where a round stands at a moment; never stored, so that a round opens and closes by itself."""

    PREPARED = "prepared"
    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


round_body = Table(
    "round_body",
    Base.metadata,
    Column("round_id", ForeignKey("round.id"), primary_key=True),
    Column("body_id", ForeignKey("body.id"), primary_key=True),
)


class Round(PublicId, Created, Model):
    """A window in which an audience may contribute to a plan.

    Starting it freezes the plan's text, at once even if it opens later: all read the same words.
    `stamp` rises with every contribution or decision of the round, so that what was rendered of it
    can be kept until then.
    """

    __tablename__ = "round"
    __table_args__ = (CheckConstraint("opens_at < closes_at", name="times"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    introduction: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[Audience] = mapped_column(enum_type(Audience, "audience"))
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime())
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """When a coordinator started it; until then it is seen by those who work on the plan only."""
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """When decisions were first published; from then on everybody may read the register."""
    plan_title: Mapped[str | None] = mapped_column(String(300))
    """What the plan was called when the round was started; a later draft's title is not for all readers."""
    stamp: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    plan: Mapped[Plan] = relationship()
    created_by: Mapped[User] = relationship()
    bodies: Mapped[list[Body]] = relationship(secondary=round_body, order_by="Body.name")

    @property
    def consulted_title(self) -> str:
        """The title of the plan as the round consults on it."""
        return self.plan_title or self.plan.title

    def state_at(self, moment: datetime) -> RoundState:
        if self.started_at is None:
            return RoundState.PREPARED
        if moment < self.opens_at:
            return RoundState.COMING
        if moment < self.closes_at and self.plan.status is PlanStatus.CONSULTATION:
            return RoundState.OPEN
        return RoundState.CLOSED


class Thread(Model):
    """The contributions of a round on one item: how many stand, and a stamp that rises with each change.

    One small row to read instead of counting thousands, and what was rendered of a thread can be
    kept while its stamp stays.
    """

    __tablename__ = "thread"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    """Comments and replies that were not withdrawn."""
    stamp: Mapped[int] = mapped_column(default=1)


class Contribution(PublicId, Created, Model):
    """A comment on an item, or a reply to one (`parent_id`).

    It keeps the revision that its author read. `quote` and the words around it follow the
    TextQuoteSelector of the W3C Web Annotation Data Model (2017), §4.2.4.
    """

    __tablename__ = "contribution"
    __table_args__ = (Index(None, "round_id", "item_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    """The body that the author belongs to, as it was when they wrote."""
    for_plan: Mapped[bool] = mapped_column(default=False)
    """Whether the author wrote as one of those who work on the plan."""
    aspect: Mapped[Aspect] = mapped_column(enum_type(Aspect, "aspect"))
    quote: Mapped[str] = mapped_column(Text, default="")
    quote_prefix: Mapped[str] = mapped_column(String(100), default="")
    quote_suffix: Mapped[str] = mapped_column(String(100), default="")
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(5))
    """In which the author wrote: a page in another one must say so, or it is read aloud as nonsense."""
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    round: Mapped[Round] = relationship()
    item: Mapped[Item] = relationship()
    revision: Mapped[Revision] = relationship()
    author: Mapped[User] = relationship()
    body: Mapped[Body | None] = relationship()
    parent: Mapped[Contribution | None] = relationship(
        back_populates="replies", remote_side="Contribution.id", lazy="raise_on_sql"
    )
    replies: Mapped[list[Contribution]] = relationship(
        back_populates="parent", order_by="Contribution.id", lazy="raise_on_sql"
    )
    decision: Mapped[Decision | None] = relationship(back_populates="contribution", uselist=False)
    edits: Mapped[list[ContributionEdit]] = relationship(
        order_by="ContributionEdit.id", lazy="raise_on_sql", back_populates="contribution"
    )

    @property
    def item_title(self) -> str:
        """The item's title in the text that the author read: it may be another in a draft since."""
        return str(self.revision.after["title"])

    @property
    def published_decision(self) -> Decision | None:
        """The decision, if everybody may know of it."""
        return self.decision if self.decision is not None and self.decision.published_at else None


class ContributionEdit(Created, Model):
    """The text of a contribution before its author changed it; `created_at` is when they did."""

    __tablename__ = "contribution_edit"

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    text: Mapped[str] = mapped_column(Text)

    contribution: Mapped[Contribution] = relationship(back_populates="edits")


class Decision(PublicId, Created, Model):
    """What became of a contribution and why; public once `published_at` is set."""

    __tablename__ = "decision"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), unique=True)
    outcome: Mapped[Outcome] = mapped_column(enum_type(Outcome, "outcome"))
    reason: Mapped[str] = mapped_column(Text)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    """The change that carried it out."""
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    contribution: Mapped[Contribution] = relationship(back_populates="decision")
    revision: Mapped[Revision | None] = relationship()
    decided_by: Mapped[User] = relationship()
