"""Named reads of people and bodies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from pspm.accounts.models import (
    Body,
    BodyKind,
    BodyRole,
    BodyStatus,
    Invitation,
    Membership,
    MembershipStatus,
    User,
)
from pspm.core.errors import NotFound
from pspm.core.paging import Page, paginate
from pspm.core.text import fold
from pspm.extensions import db

MAX_SEARCH_WORDS = 8


def normalise_email(email: str) -> str:
    """The one spelling under which an address is kept and compared."""
    return email.strip().lower()


# People


def find_session_user(session_id: str) -> User | None:
    """The person whose session carries `session_id`, unless the session has ended since."""
    public_id, _, epoch = session_id.partition(":")
    user = find_user(public_id)
    if user is None or not user.is_active or str(user.session_epoch) != epoch:
        return None
    return user


# Built once: every request of a signed-in person asks it.
_USER = select(User).where(User.public_id == bindparam("public_id")).options(joinedload(User.memberships))


def find_user(public_id: str) -> User | None:
    """The person with their memberships, in one query."""
    return db.session.scalars(_USER, {"public_id": public_id}).unique().one_or_none()


def find_user_by_email(email: str) -> User | None:
    return db.session.scalar(
        select(User).where(User.email == normalise_email(email)).options(selectinload(User.memberships))
    )


def list_admins() -> Sequence[User]:
    return db.session.scalars(
        select(User)
        .where(User.is_admin, ~User.is_blocked, User.email_confirmed_at.is_not(None))
        .order_by(User.id)
    ).all()


# Bodies


def get_body(public_id: str) -> Body:
    body = db.session.scalar(
        select(Body).where(Body.public_id == public_id).options(joinedload(Body.requested_by))
    )
    if body is None:
        raise NotFound()
    return body


def find_body_by_ipa_code(ipa_code: str) -> Body | None:
    return db.session.scalar(select(Body).where(func.lower(Body.ipa_code) == ipa_code.lower()))


def find_bodies_by_ipa_code(codes: Iterable[str]) -> dict[str, Body]:
    rows = db.session.scalars(select(Body).where(Body.ipa_code.in_(list(codes))).order_by(Body.id))
    return {body.ipa_code: body for body in rows if body.ipa_code}


def list_bodies(*, search: str = "", kind: BodyKind | None = None, page: int = 1) -> Page[Body]:
    """Approved bodies whose name, acronym or code holds every word of `search`; exact codes first."""
    statement = select(Body).where(Body.status == BodyStatus.APPROVED)
    for word in fold(search).split()[:MAX_SEARCH_WORDS]:
        statement = statement.where(Body.search_text.contains(word, autoescape=True))
    if kind is not None:
        statement = statement.where(Body.kind == kind)
    return paginate(_exact_first(statement, search.strip().lower()), number=page)


def _exact_first(statement: Select[Body], wanted: str) -> Select[Body]:
    if wanted:
        exact = or_(func.lower(Body.acronym) == wanted, func.lower(Body.ipa_code) == wanted)
        statement = statement.order_by(case((exact, 0), else_=1))
    return statement.order_by(Body.search_text, Body.id)


def list_body_requests(*, page: int = 1) -> Page[Body]:
    """Bodies that wait for an administrator, oldest first."""
    return paginate(
        select(Body)
        .where(Body.status == BodyStatus.REQUESTED)
        .options(joinedload(Body.requested_by))
        .order_by(Body.id),
        number=page,
    )


def list_own_body_requests(user: User) -> Sequence[Body]:
    """What the person asked to register and is not approved (yet)."""
    return db.session.scalars(
        select(Body)
        .where(Body.requested_by_id == user.id, Body.status != BodyStatus.APPROVED)
        .order_by(Body.id.desc())
    ).all()


# Membership


def list_own_memberships(user: User) -> Sequence[Membership]:
    return db.session.scalars(
        select(Membership)
        .join(Membership.body)
        .where(Membership.user_id == user.id)
        .options(joinedload(Membership.body))
        .order_by(Body.search_text, Membership.id)
    ).all()


def list_members(
    body: Body, *, status: MembershipStatus = MembershipStatus.ACTIVE, page: int = 1
) -> Page[Membership]:
    return paginate(
        select(Membership)
        .join(Membership.user)
        .where(Membership.body_id == body.id, Membership.status == status)
        .options(joinedload(Membership.user))
        .order_by(User.name, Membership.id),
        number=page,
    )


def list_unmanaged_requests(*, page: int = 1) -> Page[Membership]:
    """Requests to join bodies that have no manager to answer them: the administrators' business."""
    manager = Membership.__table__.alias("manager")
    managed = exists().where(
        manager.c.body_id == Membership.body_id,
        manager.c.role == BodyRole.MANAGER,
        manager.c.status == MembershipStatus.ACTIVE,
    )
    return paginate(
        select(Membership)
        .where(Membership.status == MembershipStatus.REQUESTED, ~managed)
        .options(joinedload(Membership.user), joinedload(Membership.body))
        .order_by(Membership.id),
        number=page,
    )


def get_membership(body: Body, user_public_id: str) -> Membership:
    membership = db.session.scalar(
        select(Membership)
        .join(Membership.user)
        .where(Membership.body_id == body.id, User.public_id == user_public_id)
        .options(joinedload(Membership.user))
    )
    if membership is None:
        raise NotFound()
    return membership


def find_membership(body: Body, user: User) -> Membership | None:
    return db.session.scalar(
        select(Membership).where(Membership.body_id == body.id, Membership.user_id == user.id)
    )


def lock_body(body: Body) -> None:
    """Let one request at a time change who manages the body (SQLite has one writer anyway)."""
    db.session.execute(select(Body.id).where(Body.id == body.id).with_for_update())


def list_managers(body: Body) -> Sequence[User]:
    return db.session.scalars(
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.body_id == body.id,
            Membership.role == BodyRole.MANAGER,
            Membership.status == MembershipStatus.ACTIVE,
        )
        .order_by(User.id)
    ).all()


# Invitations


def _invitations() -> Select[Invitation]:
    return select(Invitation).options(joinedload(Invitation.body), joinedload(Invitation.invited_by))


def get_invitation(public_id: str) -> Invitation:
    invitation = db.session.scalar(_invitations().where(Invitation.public_id == public_id))
    if invitation is None:
        raise NotFound()
    return invitation


def _waiting(statement: Select[Invitation]) -> Select[Invitation]:
    return statement.where(Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))


def list_invitations(body: Body, *, page: int = 1) -> Page[Invitation]:
    """Invitations of the body that wait for an answer, newest first."""
    return paginate(
        _waiting(_invitations().where(Invitation.body_id == body.id)).order_by(Invitation.id.desc()),
        number=page,
    )


def find_waiting_invitation(body: Body, email: str) -> Invitation | None:
    return db.session.scalar(
        _waiting(_invitations().where(Invitation.body_id == body.id, Invitation.email == email)).limit(1)
    )


def list_own_invitations(user: User) -> Sequence[Invitation]:
    return db.session.scalars(
        _waiting(_invitations().where(Invitation.email == user.email)).order_by(Invitation.id.desc())
    ).all()
