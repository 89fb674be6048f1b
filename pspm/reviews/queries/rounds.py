"""Reads of rounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, func, literal, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from pspm.accounts.models import Body, Membership, MembershipStatus, User
from pspm.accounts.policies import PLANNING_ROLES
from pspm.core.errors import NotFound
from pspm.core.paging import Page, paginate
from pspm.extensions import db
from pspm.plans.models import Plan, PlanMember, PlanRole, PlanStatus
from pspm.reviews.models import Audience, Contribution, Round, RoundState

# Built once: every page of a round asks it.
_ROUND = (
    select(Round)
    .join(Round.plan)
    .join(Plan.body)
    .join(Plan.members, isouter=True)
    .where(Round.public_id == bindparam("public_id"), Plan.deleted_at.is_(None))
    .options(contains_eager(Round.plan).options(contains_eager(Plan.body), contains_eager(Plan.members)))
    .order_by(PlanMember.id)
)


def get_round(public_id: str) -> Round:
    """The round with its plan, the plan's body and members, in one query."""
    round = db.session.scalars(_ROUND, {"public_id": public_id}).unique().one_or_none()
    if round is None:
        raise NotFound()
    return round


def list_rounds(
    user: User, moment: datetime, *, plan: Plan | None = None, state: RoundState | None = None, page: int = 1
) -> Page[Round]:
    """The rounds that `user` may know of, those that close last first."""
    statement = (
        select(Round)
        .join(Round.plan)
        .where(Plan.deleted_at.is_(None), _known_to(user))
        .options(joinedload(Round.plan).joinedload(Plan.body))
        .order_by(Round.closes_at.desc(), Round.id.desc())
    )
    if plan is not None:
        statement = statement.where(Round.plan_id == plan.id)
    if state is not None:
        statement = statement.where(_in_state(state, moment))
    return paginate(statement, number=page)


def count_contributions(rounds: Iterable[Round]) -> dict[int, int]:
    """Contributions that were not withdrawn, by round; as in the register, replies are none of their own."""
    rows = db.session.execute(
        select(Contribution.round_id, func.count())
        .where(
            Contribution.round_id.in_([round.id for round in rounds]),
            Contribution.parent_id.is_(None),
            Contribution.withdrawn_at.is_(None),
        )
        .group_by(Contribution.round_id)
    )
    return {round_id: count for round_id, count in rows}


def list_invited_people(round: Round, body_ids: Iterable[int], *, reviewers: bool) -> Sequence[User]:
    """The active people of the bodies and, with `reviewers`, those of the plan."""
    members = select(Membership.user_id).where(
        Membership.body_id.in_(list(body_ids)), Membership.status == MembershipStatus.ACTIVE
    )
    of_plan = select(PlanMember.user_id).where(
        literal(reviewers),
        PlanMember.plan_id == round.plan_id,
        PlanMember.role == PlanRole.REVIEWER,
        PlanMember.user_id.is_not(None),
    )
    return db.session.scalars(
        select(User)
        .where(or_(User.id.in_(members), User.id.in_(of_plan)), User.is_blocked.is_(False))
        .order_by(User.id)
    ).all()


def list_bodies(public_ids: Iterable[str]) -> list[Body]:
    """The bodies with these public ids, by name."""
    wanted = list(public_ids)
    if not wanted:
        return []
    return list(db.session.scalars(select(Body).where(Body.public_id.in_(wanted)).order_by(Body.name)))


def _known_to(user: User) -> ColumnElement[bool]:
    """The same as `policies.can_view` and `can_view_register`, and open rounds that one must sign in for."""
    started = Round.started_at.is_not(None)
    known = or_(Round.published_at.is_not(None), and_(started, Round.audience == Audience.SIGNED_IN))
    if not user.is_authenticated:
        return known
    if user.is_admin:
        return or_(known, Round.id.is_not(None))
    planning = [m.body_id for m in user.memberships if _plans(m)]
    invited = and_(started, Round.bodies.any(Body.id.in_(user.body_ids)))
    on_plan = Plan.members.any(PlanMember.user_id == user.id)
    return or_(known, invited, on_plan, Plan.body_id.in_(planning))


def _plans(membership: Membership) -> bool:
    return membership.status is MembershipStatus.ACTIVE and membership.role in PLANNING_ROLES


def _in_state(state: RoundState, moment: datetime) -> ColumnElement[bool]:
    """The same as `Round.state_at`."""
    started = Round.started_at.is_not(None)
    running = and_(Round.closes_at > moment, Plan.status == PlanStatus.CONSULTATION)
    if state is RoundState.PREPARED:
        return ~started
    if state is RoundState.COMING:
        return and_(started, Round.opens_at > moment)
    if state is RoundState.OPEN:
        return and_(started, Round.opens_at <= moment, running)
    return and_(started, Round.opens_at <= moment, ~running)
