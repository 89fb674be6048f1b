"""People, public bodies, and who belongs to which."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

from flask_login import UserMixin
from sqlalchemy import Connection, ForeignKey, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from pspm.core.columns import Created, PublicId, UtcDateTime, enum_type
from pspm.core.text import fold
from pspm.extensions import Model

INVITATION_LIFE = timedelta(days=30)


class BodyKind(enum.Enum):
    """Kinds of body, after the categories of the Italian S13 list of public administrations."""

    MINISTRY = "ministry"
    AGENCY = "agency"
    REGION = "region"
    LOCAL = "local"
    HEALTH = "health"
    EDUCATION = "education"
    IN_HOUSE = "in_house"
    OTHER_PUBLIC = "other_public"
    PRIVATE = "private"

    @classmethod
    def find(cls, value: str | None) -> BodyKind | None:
        """The kind with this value, or None."""
        return next((kind for kind in cls if kind.value == value), None)


class BodyStatus(enum.Enum):
    REQUESTED = "requested"
    APPROVED = "approved"
    DECLINED = "declined"


class BodyRole(enum.Enum):
    MANAGER = "manager"
    PLANNER = "planner"
    MEMBER = "member"


class MembershipStatus(enum.Enum):
    REQUESTED = "requested"
    ACTIVE = "active"


class User(PublicId, Created, UserMixin, Model):  # type: ignore[misc]
    """A person. `email` is kept in lower case; `session_epoch` is part of every session's identity."""

    __tablename__ = "user"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    locale: Mapped[str | None] = mapped_column(String(5))
    email_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_curator: Mapped[bool] = mapped_column(default=False)
    """Checks practices before they are published."""
    is_blocked: Mapped[bool] = mapped_column(default=False)
    session_epoch: Mapped[int] = mapped_column(default=0)
    """Raised by a password change, so that all sessions begun before it end."""

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="user", foreign_keys="Membership.user_id", order_by="Membership.id"
    )

    def get_id(self) -> str:
        return f"{self.public_id}:{self.session_epoch}"

    @property
    def is_active(self) -> bool:
        return not self.is_blocked and self.email_confirmed_at is not None

    def role_in(self, body_id: int) -> BodyRole | None:
        """This person's role in the body, or None; memberships that wait for approval give none."""
        for membership in self.memberships:
            if membership.body_id == body_id and membership.status is MembershipStatus.ACTIVE:
                return membership.role
        return None

    @property
    def body_ids(self) -> set[int]:
        return {m.body_id for m in self.memberships if m.status is MembershipStatus.ACTIVE}

    @property
    def body_names(self) -> list[str]:
        return [m.body.name for m in self.memberships if m.status is MembershipStatus.ACTIVE]


class Body(PublicId, Created, Model):
    """A public body or other organisation that takes part."""

    __tablename__ = "body"

    name: Mapped[str] = mapped_column(String(300))
    acronym: Mapped[str] = mapped_column(String(40), default="")
    kind: Mapped[BodyKind] = mapped_column(enum_type(BodyKind, "body_kind"))
    category: Mapped[str] = mapped_column(String(200), default="")
    """The category as the register that it was imported from words it."""
    ipa_code: Mapped[str | None] = mapped_column(String(40), unique=True)
    """Code in the Italian index of public administrations (IPA, art. 6-ter CAD); None elsewhere."""
    country: Mapped[str] = mapped_column(String(2), default="IT")
    website: Mapped[str] = mapped_column(String(300), default="")
    status: Mapped[BodyStatus] = mapped_column(enum_type(BodyStatus, "body_status"), index=True)
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decline_reason: Mapped[str] = mapped_column(String(1000), default="")
    search_text: Mapped[str] = mapped_column(String(400), default="", index=True)
    """Name, acronym and code without case and accents: what the list is searched and sorted by."""

    requested_by: Mapped[User | None] = relationship()
    memberships: Mapped[list[Membership]] = relationship(back_populates="body", order_by="Membership.id")


def body_search_text(name: str, acronym: str | None, ipa_code: str | None) -> str:
    return fold(" ".join(filter(None, (name, acronym, ipa_code))))[:400]


@event.listens_for(Body, "before_insert")
@event.listens_for(Body, "before_update")
def _set_search_text(_mapper: Mapper[Body], _connection: Connection, body: Body) -> None:
    body.search_text = body_search_text(body.name, body.acronym, body.ipa_code)


class Membership(Created, Model):
    """A person's place in a body, asked for or active."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "body_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    role: Mapped[BodyRole] = mapped_column(enum_type(BodyRole, "body_role"))
    status: Mapped[MembershipStatus] = mapped_column(enum_type(MembershipStatus, "membership_status"))

    user: Mapped[User] = relationship(back_populates="memberships", foreign_keys=[user_id])
    body: Mapped[Body] = relationship(back_populates="memberships")


class Invitation(PublicId, Created, Model):
    """A body's invitation by e-mail, sent before or after the person has an account."""

    __tablename__ = "invitation"

    email: Mapped[str] = mapped_column(String(254), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    role: Mapped[BodyRole] = mapped_column(enum_type(BodyRole, "invitation_role"))
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    body: Mapped[Body] = relationship()
    invited_by: Mapped[User] = relationship()

    @property
    def expires_at(self) -> datetime:
        return self.created_at + INVITATION_LIFE
