"""The plan: one tree of items, their revisions, and the approved versions."""

from __future__ import annotations

import enum
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pspm.accounts.models import Body, User
from pspm.core.clock import now
from pspm.core.columns import Created, JsonDict, PublicId, UtcDateTime, enum_type, json_type
from pspm.extensions import Model


class PlanStatus(enum.Enum):
    """draft → consultation → consolidation → approved → (revise) draft …"""

    DRAFT = "draft"
    CONSULTATION = "consultation"
    CONSOLIDATION = "consolidation"
    APPROVED = "approved"


class PlanRole(enum.Enum):
    COORDINATOR = "coordinator"
    DRAFTER = "drafter"
    REVIEWER = "reviewer"


class ItemKind(enum.Enum):
    SECTION = "section"
    GOAL = "goal"
    OBJECTIVE = "objective"
    ACTION = "action"
    INDICATOR = "indicator"


class SectionRole(enum.Enum):
    """What a narrative section is about; mission and vision have elements of their own in StratML."""

    MISSION = "mission"
    VISION = "vision"
    VALUES = "values"
    CONTEXT = "context"
    METHOD = "method"
    OTHER = "other"


class ActionStatus(enum.Enum):
    PLANNED = "planned"
    RUNNING = "running"
    COMPLETED = "completed"
    SUSPENDED = "suspended"
    DROPPED = "dropped"


class IndicatorType(enum.Enum):
    """Types of DPCM 18 September 2012, art. 6; a financial one is allowed only beside another type."""

    OUTPUT = "output"
    RESULT = "result"
    IMPACT = "impact"
    FINANCIAL = "financial"
    OTHER = "other"


class Polarity(enum.Enum):
    """Whether a higher or a lower value is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class Frequency(enum.Enum):
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    FINAL = "final"


class RevisionKind(enum.Enum):
    CREATED = "created"
    EDITED = "edited"
    MOVED = "moved"
    DELETED = "deleted"
    RESTORED = "restored"


class PlanChangeKind(enum.Enum):
    SETTINGS = "settings"
    STATUS = "status"
    DELETED = "deleted"


class Plan(PublicId, Created, Model):
    """What one body leads and others help to write. `stamp` rises with every change of plan or items."""

    __tablename__ = "plan"
    __table_args__ = (CheckConstraint("start_year <= end_year", name="years"),)

    title: Mapped[str] = mapped_column(String(300))
    summary: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(5), default="it")
    start_year: Mapped[int]
    end_year: Mapped[int]
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    template_key: Mapped[str] = mapped_column(String(60), default="blank")
    labels: Mapped[JsonDict] = mapped_column(json_type, default=dict)
    """Level labels by item kind, e.g. {"goal": "Priorità politica"}; empty where the standard term serves."""
    status: Mapped[PlanStatus] = mapped_column(enum_type(PlanStatus, "plan_status"), default=PlanStatus.DRAFT)
    stamp: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime(), default=now, onupdate=now)
    extras: Mapped[JsonDict] = mapped_column(json_type, default=dict)
    """What an import could not place, kept so that an export gives it back."""
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    deleted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    body: Mapped[Body] = relationship()
    created_by: Mapped[User] = relationship(foreign_keys=[created_by_id])
    members: Mapped[list[PlanMember]] = relationship(back_populates="plan", order_by="PlanMember.id")


class PlanMember(PublicId, Created, Model):
    """A person's role on a plan; invited by e-mail, `user_id` is empty until they accept."""

    __tablename__ = "plan_member"
    __table_args__ = (UniqueConstraint("plan_id", "email"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[PlanRole] = mapped_column(enum_type(PlanRole, "plan_role"))
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    plan: Mapped[Plan] = relationship(back_populates="members")
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
    invited_by: Mapped[User | None] = relationship(foreign_keys=[invited_by_id])


class PlanChange(PublicId, Created, Model):
    """One change of the plan as a whole, beside the revisions of its items."""

    __tablename__ = "plan_change"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[PlanChangeKind] = mapped_column(enum_type(PlanChangeKind, "plan_change_kind"))
    before: Mapped[JsonDict] = mapped_column(json_type)
    after: Mapped[JsonDict] = mapped_column(json_type)

    author: Mapped[User] = relationship()


class Item(PublicId, Created, Model):
    """Any part of a plan. Identity, place, title, text and history are the same for every kind."""

    __tablename__ = "item"
    __table_args__ = (Index(None, "plan_id", "parent_id", "position"),)
    __mapper_args__ = {"polymorphic_on": "kind", "with_polymorphic": "*"}

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    kind: Mapped[ItemKind] = mapped_column(enum_type(ItemKind, "item_kind"))
    position: Mapped[int] = mapped_column(default=0)
    code: Mapped[str] = mapped_column(String(60), default="")
    """The body's own code for the item, beside the number that its place in the tree gives."""
    title: Mapped[str] = mapped_column(String(500))
    text: Mapped[str] = mapped_column(Text, default="")
    responsible: Mapped[str] = mapped_column(String(300), default="")
    """The office, body or person that answers for the item."""
    template_part: Mapped[str] = mapped_column(String(60), default="")
    """The part of the plan's template that this item came from, which says what to write in it."""
    revision_number: Mapped[int] = mapped_column(default=0)
    extras: Mapped[JsonDict] = mapped_column(json_type, default=dict)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    deleted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    plan: Mapped[Plan] = relationship()
    deleted_by: Mapped[User | None] = relationship()


class Section(Item):
    """Narrative text: mission, vision, context, method."""

    __mapper_args__ = {"polymorphic_identity": ItemKind.SECTION}

    section_role: Mapped[SectionRole | None] = mapped_column(enum_type(SectionRole, "section_role"))


class Goal(Item):
    """Top level of the tree."""

    __mapper_args__ = {"polymorphic_identity": ItemKind.GOAL}


class Objective(Item):
    """A result expected within the plan's years, under a goal or another objective."""

    __mapper_args__ = {"polymorphic_identity": ItemKind.OBJECTIVE}


class Action(Item):
    """What is done for an objective."""

    __mapper_args__ = {"polymorphic_identity": ItemKind.ACTION}
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]
    action_status: Mapped[ActionStatus | None] = mapped_column(enum_type(ActionStatus, "action_status"))
    budget: Mapped[Decimal | None] = mapped_column(Numeric(16, 2))
    """In euro, for the whole period."""


class Indicator(Item):
    """How an objective is measured."""

    __mapper_args__ = {"polymorphic_identity": ItemKind.INDICATOR}

    indicator_type: Mapped[IndicatorType | None] = mapped_column(enum_type(IndicatorType, "indicator_type"))
    unit: Mapped[str | None] = mapped_column(String(100))
    formula: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    polarity: Mapped[Polarity | None] = mapped_column(enum_type(Polarity, "polarity"))
    frequency: Mapped[Frequency | None] = mapped_column(enum_type(Frequency, "frequency"))
    weight: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    """Per cent; the weights of one objective's indicators sum to 100."""
    baseline_value: Mapped[Decimal | None] = mapped_column(Numeric(20, 6))
    baseline_year: Mapped[int | None]
    baseline_text: Mapped[str | None] = mapped_column(Text)

    targets: Mapped[list[Target]] = relationship(
        back_populates="indicator", order_by="Target.year", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class Target(Model):
    """The value that an indicator should have in a year: a number, words, or both."""

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("indicator_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    year: Mapped[int]
    value: Mapped[Decimal | None] = mapped_column(Numeric(20, 6))
    text: Mapped[str] = mapped_column(Text, default="")

    indicator: Mapped[Indicator] = relationship(back_populates="targets")


class Revision(PublicId, Created, Model):
    """One change of one item: who, when, what it was and what it is.

    `before` (None when created) and `after` hold all fields of the item by name, as JSON values,
    an indicator's `targets` and the item's place among them.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    number: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[RevisionKind] = mapped_column(enum_type(RevisionKind, "revision_kind"))
    before: Mapped[JsonDict | None] = mapped_column(json_type)
    after: Mapped[JsonDict] = mapped_column(json_type)

    item: Mapped[Item] = relationship()
    author: Mapped[User] = relationship()


class Version(PublicId, Created, Model):
    """A frozen, numbered snapshot of an approved plan, with what lists show of it (see `plans.guards`)."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    summary: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(5))
    start_year: Mapped[int]
    end_year: Mapped[int]
    content: Mapped[str] = mapped_column(Text, deferred=True)
    """Canonical JSON of the plan (`plans.snapshot`)."""
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    plan: Mapped[Plan] = relationship()
    approved_by: Mapped[User] = relationship()
