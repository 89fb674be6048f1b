"""Single entries with what belongs to them, and the lists of those who write and check them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from pspm.accounts.models import Body, BodyStatus, MembershipStatus, User
from pspm.accounts.policies import PLANNING_ROLES
from pspm.core.database import lock_name
from pspm.core.errors import NotFound
from pspm.core.paging import Page, exists, paginate
from pspm.extensions import db
from pspm.practices.models import Attachment, Practice, PracticeRemark, PracticeStatus


def get_practice(public_id: str) -> Practice:
    """The entry with its body, author and files."""
    practice = db.session.scalar(
        select(Practice)
        .where(Practice.public_id == public_id)
        .options(
            joinedload(Practice.body), joinedload(Practice.created_by), selectinload(Practice.attachments)
        )
    )
    if practice is None:
        raise NotFound()
    return practice


def lock_practice(practice: Practice) -> None:
    """Read the entry as it is now, and let nobody else change it before this transaction ends."""
    db.session.flush()
    # Apart, for the entry is read with its body and author, which a lock could not reach.
    locked = select(Practice.id).where(Practice.id == practice.id).with_for_update()
    if db.session.scalar(locked) is None:  # a draft that was deleted meanwhile
        raise NotFound()
    db.session.refresh(practice)


def list_remarks(practice: Practice) -> Sequence[PracticeRemark]:
    """What curators asked for, the last first, with who did."""
    return db.session.scalars(
        select(PracticeRemark)
        .where(PracticeRemark.practice_id == practice.id)
        .options(joinedload(PracticeRemark.author))
        .order_by(PracticeRemark.id.desc())
    ).all()


def planning_body_ids(user: User) -> list[int]:
    """The bodies whose manager or planner the person is."""
    return [
        m.body_id
        for m in user.memberships
        if m.role in PLANNING_ROLES and m.status is MembershipStatus.ACTIVE
    ]


def list_bodies_for(user: User) -> Sequence[Body]:
    """The approved bodies in whose name the person may propose a practice, by name."""
    return db.session.scalars(
        select(Body)
        .where(Body.id.in_(planning_body_ids(user)), Body.status == BodyStatus.APPROVED)
        .order_by(Body.name, Body.id)
    ).all()


def list_own(user: User, *, status: PracticeStatus | None = None, page: int = 1) -> Page[Practice]:
    """What the person wrote or may edit for their bodies, last changed first."""
    statement = (
        select(Practice)
        .where(or_(Practice.created_by_id == user.id, Practice.body_id.in_(planning_body_ids(user))))
        .options(joinedload(Practice.body), joinedload(Practice.created_by))
        .order_by(Practice.updated_at.desc(), Practice.id.desc())
    )
    if status is not None:
        statement = statement.where(Practice.status == status)
    return paginate(statement, number=page)


def list_queue(*, page: int = 1) -> Page[Practice]:
    """What waits to be checked, the longest first."""
    return paginate(
        select(Practice)
        .where(Practice.status == PracticeStatus.SUBMITTED)
        .options(joinedload(Practice.body), joinedload(Practice.created_by))
        .order_by(Practice.submitted_at, Practice.id),
        number=page,
    )


def list_curators() -> Sequence[User]:
    """Who is told of a submitted entry: the curators, or the administrators where there are none."""
    people = db.session.scalars(
        select(User)
        .where(or_(User.is_curator, User.is_admin), ~User.is_blocked, User.email_confirmed_at.is_not(None))
        .order_by(User.id)
    ).all()
    return [person for person in people if person.is_curator] or people


def count_attachments(practice: Practice) -> int:
    return (
        db.session.scalar(
            select(func.count()).select_from(Attachment).where(Attachment.practice_id == practice.id)
        )
        or 0
    )


def get_attachment(practice: Practice, public_id: str) -> Attachment:
    """One of the entry's own files."""
    for attachment in practice.attachments:
        if attachment.public_id == public_id:
            return attachment
    raise NotFound()


def list_hashes(practice: Practice) -> Sequence[str]:
    """Under which hashes the entry's files are kept."""
    return db.session.scalars(
        select(Attachment.sha256).where(Attachment.practice_id == practice.id).distinct()
    ).all()


def lock_file(sha256: str) -> None:
    """Let one transaction at a time add or take away stored bytes, together with what names them."""
    lock_name(f"practices.file {sha256}")


def is_file_used(sha256: str) -> bool:
    """Whether any entry has a file with this hash."""
    return exists(select(Attachment.id).where(Attachment.sha256 == sha256))
