"""Reads that span features: what waits for a person, and all that belongs to one item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select, text
from sqlalchemy.orm import contains_eager, joinedload

from pspm.accounts.models import Body, BodyStatus, Membership, MembershipStatus, User
from pspm.core.paging import Page, paginate
from pspm.extensions import db
from pspm.home.policies import managed_body_ids
from pspm.plans.models import Item, Plan, PlanMember, PlanRole, PlanStatus, Version
from pspm.practices.models import Practice, PracticeStatus
from pspm.reviews.models import Audience, Contribution, Decision, Round, round_body

MAX_SHOWN = 10
WRITING = (PlanRole.COORDINATOR, PlanRole.DRAFTER)


def is_database_up() -> bool:
    """Whether the database answers; raises its error if not."""
    return bool(db.session.scalar(text("SELECT 1")))


# What waits for a person


@dataclass(frozen=True)
class Desk:
    """A round with comments to decide, or with decisions to publish."""

    round: Round
    undecided: int
    drafted: int


@dataclass(frozen=True)
class JoinRequests:
    """How many people wait to join a body."""

    body: Body
    count: int


def list_plans_at_work(user: User) -> Sequence[Plan]:
    """Plans that the person writes and that are not approved yet, last changed first."""
    writes = select(PlanMember.plan_id).where(PlanMember.user_id == user.id, PlanMember.role.in_(WRITING))
    return db.session.scalars(
        select(Plan)
        .where(
            Plan.deleted_at.is_(None),
            Plan.status != PlanStatus.APPROVED,
            or_(Plan.id.in_(writes), Plan.body_id.in_(managed_body_ids(user))),
        )
        .options(joinedload(Plan.body))
        .order_by(Plan.changed_at.desc(), Plan.id.desc())
        .limit(MAX_SHOWN)
    ).all()


def list_rounds_to_comment(user: User, moment: datetime) -> Sequence[Round]:
    """Open rounds that ask the person, those that close first coming first (see `reviews.policies`)."""
    invited = select(round_body.c.round_id).where(round_body.c.body_id.in_(user.body_ids))
    on_plan = select(PlanMember.plan_id).where(PlanMember.user_id == user.id)
    return db.session.scalars(
        select(Round)
        .join(Round.plan)
        .where(
            Plan.deleted_at.is_(None),
            Round.started_at.is_not(None),
            Round.opens_at <= moment,
            Round.closes_at > moment,
            Plan.status == PlanStatus.CONSULTATION,
            or_(
                Round.audience == Audience.SIGNED_IN,
                Round.id.in_(invited),
                Plan.id.in_(on_plan.where(PlanMember.role == PlanRole.REVIEWER)),
            ),
            Plan.id.not_in(on_plan.where(PlanMember.role.in_(WRITING))),
            Plan.body_id.not_in(managed_body_ids(user)),
        )
        .options(contains_eager(Round.plan).joinedload(Plan.body))
        .order_by(Round.closes_at, Round.id)
        .limit(MAX_SHOWN)
    ).all()


def list_desks(user: User) -> list[Desk]:
    """Rounds of the plans that the person coordinates, with what is left to do in each."""
    coordinates = select(PlanMember.plan_id).where(
        PlanMember.user_id == user.id, PlanMember.role == PlanRole.COORDINATOR
    )
    undecided = func.count().filter(Decision.id.is_(None))
    drafted = func.count().filter(and_(Decision.id.is_not(None), Decision.published_at.is_(None)))
    left = (
        select(Contribution.round_id, undecided.label("undecided"), drafted.label("drafted"))
        .join(Contribution.decision, isouter=True)
        .join(Contribution.round)
        .join(Round.plan)
        .where(
            Contribution.parent_id.is_(None),
            Contribution.withdrawn_at.is_(None),
            Plan.deleted_at.is_(None),
            or_(Plan.id.in_(coordinates), Plan.body_id.in_(managed_body_ids(user))),
        )
        .group_by(Contribution.round_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Round, left.c.undecided, left.c.drafted)
        .join(left, left.c.round_id == Round.id)
        .where(left.c.undecided + left.c.drafted > 0)
        .options(joinedload(Round.plan))
        .order_by(Round.closes_at, Round.id)
        .limit(MAX_SHOWN)
    )
    return [Desk(*row) for row in rows]


def list_join_requests(user: User) -> list[JoinRequests]:
    """Bodies that the person manages in which somebody waits to be let in."""
    waiting = (
        select(Membership.body_id, func.count().label("count"))
        .where(
            Membership.body_id.in_(managed_body_ids(user)),
            Membership.status == MembershipStatus.REQUESTED,
        )
        .group_by(Membership.body_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Body, waiting.c.count).join(waiting, waiting.c.body_id == Body.id).order_by(Body.name, Body.id)
    )
    return [JoinRequests(*row) for row in rows]


def count_body_requests() -> int:
    """Bodies that wait for an administrator."""
    return _count(Body.status == BodyStatus.REQUESTED)


def count_practices_to_check() -> int:
    return _count(Practice.status == PracticeStatus.SUBMITTED)


def _count(condition: object) -> int:
    return db.session.scalar(select(func.count()).where(condition)) or 0  # type: ignore[arg-type]


def list_practices_to_finish(user: User) -> Sequence[Practice]:
    """The person's own entries that were returned, or are drafts still; the returned first."""
    return db.session.scalars(
        select(Practice)
        .where(
            Practice.created_by_id == user.id,
            Practice.status.in_((PracticeStatus.RETURNED, PracticeStatus.DRAFT)),
        )
        .order_by(Practice.status.desc(), Practice.updated_at.desc(), Practice.id.desc())
        .limit(MAX_SHOWN)
    ).all()


# All that belongs to one item


def list_comments_on(item: Item, *, only_published: bool, page: int = 1) -> Page[Contribution]:
    """What was said on the item in all rounds, the newest first; for the public, once its register is out."""
    statement = (
        select(Contribution)
        .join(Contribution.round)
        .join(Contribution.decision, isouter=True)
        .where(
            Contribution.item_id == item.id,
            Contribution.parent_id.is_(None),
            Contribution.withdrawn_at.is_(None),
        )
        .options(
            contains_eager(Contribution.round),
            contains_eager(Contribution.decision),
            joinedload(Contribution.author),
            joinedload(Contribution.body),
        )
        .order_by(Contribution.id.desc())
    )
    if only_published:
        statement = statement.where(Round.published_at.is_not(None))
    return paginate(statement, number=page)


def list_versions_with(plan: Plan, public_id: str) -> Sequence[Version]:
    """The approved versions that hold the item, the newest first; without reading their content."""
    return db.session.scalars(
        select(Version)
        .where(Version.plan_id == plan.id, Version.content.contains(f'"id":"{public_id}"', autoescape=True))
        .order_by(Version.number.desc())
    ).all()
