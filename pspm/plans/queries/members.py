"""Who works on a plan, and what waits to be accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from pspm.accounts.models import Membership, User
from pspm.core.errors import NotFound
from pspm.core.paging import Page, paginate
from pspm.extensions import db
from pspm.plans.models import Plan, PlanMember, PlanRole


def list_members(plan: Plan, *, page: int = 1) -> Page[PlanMember]:
    """Members and invitations, coordinators first, in the order in which they came."""
    return paginate(
        select(PlanMember)
        .where(PlanMember.plan_id == plan.id)
        .options(
            joinedload(PlanMember.user).selectinload(User.memberships).joinedload(Membership.body),
            joinedload(PlanMember.invited_by),
        )
        .order_by(PlanMember.user_id.is_(None), PlanMember.role, PlanMember.id),
        number=page,
    )


def get_member(plan: Plan, public_id: str) -> PlanMember:
    member = db.session.scalar(
        select(PlanMember).where(PlanMember.plan_id == plan.id, PlanMember.public_id == public_id)
    )
    if member is None:
        raise NotFound()
    return member


def find_member(plan: Plan, user: User) -> PlanMember | None:
    return db.session.scalar(
        select(PlanMember).where(PlanMember.plan_id == plan.id, PlanMember.user_id == user.id).limit(1)
    )


def find_member_by_email(plan: Plan, email: str) -> PlanMember | None:
    return db.session.scalar(
        select(PlanMember).where(PlanMember.plan_id == plan.id, PlanMember.email == email)
    )


def count_coordinators(plan: Plan) -> int:
    """Those who have accepted."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(PlanMember)
            .where(
                PlanMember.plan_id == plan.id,
                PlanMember.role == PlanRole.COORDINATOR,
                PlanMember.user_id.is_not(None),
            )
        )
        or 0
    )


def get_plan_invitation(public_id: str) -> PlanMember:
    """An invitation, accepted or not, with its plan, the plan's body and who invited."""
    member = db.session.scalar(
        select(PlanMember)
        .join(PlanMember.plan)
        .where(PlanMember.public_id == public_id, Plan.deleted_at.is_(None))
        .options(contains_eager(PlanMember.plan).joinedload(Plan.body), joinedload(PlanMember.invited_by))
    )
    if member is None:
        raise NotFound()
    return member


def list_own_plan_invitations(user: User) -> Sequence[PlanMember]:
    """What waits for this person to accept it, oldest first."""
    return db.session.scalars(
        select(PlanMember)
        .join(PlanMember.plan)
        .where(PlanMember.email == user.email, PlanMember.user_id.is_(None), Plan.deleted_at.is_(None))
        .options(contains_eager(PlanMember.plan).joinedload(Plan.body), joinedload(PlanMember.invited_by))
        .order_by(PlanMember.id)
    ).all()


def roles_by_plan(user: User, plans: Iterable[Plan]) -> dict[int, PlanRole]:
    """The person's own role on each of `plans`, by the plan's number; plans without one are left out."""
    rows = db.session.execute(
        select(PlanMember.plan_id, PlanMember.role).where(
            PlanMember.user_id == user.id, PlanMember.plan_id.in_([plan.id for plan in plans])
        )
    )
    return {plan_id: role for plan_id, role in rows}
