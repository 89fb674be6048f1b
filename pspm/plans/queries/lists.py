"""Lists of plans, and figures of one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from pspm.accounts.models import BodyRole, MembershipStatus, User
from pspm.core.paging import Page, paginate
from pspm.extensions import db
from pspm.plans.models import Item, ItemKind, Plan, PlanMember, PlanStatus

_PLANNERS = (BodyRole.MANAGER, BodyRole.PLANNER)


def list_own_plans(
    user: User, *, search: str = "", status: PlanStatus | None = None, page: int = 1
) -> Page[Plan]:
    """The plans that the person may see at work, last changed first (see `policies.can_view`)."""
    statement = _viewable(user).options(joinedload(Plan.body))
    for word in search.split():
        statement = statement.where(Plan.title.icontains(word, autoescape=True))
    if status is not None:
        statement = statement.where(Plan.status == status)
    return paginate(statement.order_by(Plan.changed_at.desc(), Plan.id.desc()), number=page)


def list_item_ids(plan: Plan) -> Sequence[str]:
    """Public ids of the living items."""
    return db.session.scalars(
        select(Item.public_id).where(Item.plan_id == plan.id, Item.deleted_at.is_(None)).order_by(Item.id)
    ).all()


def count_items(plan: Plan) -> dict[ItemKind, int]:
    """Living items by kind; kinds without any are left out."""
    rows = db.session.execute(
        select(Item.kind, func.count())
        .where(Item.plan_id == plan.id, Item.deleted_at.is_(None))
        .group_by(Item.kind)
    )
    return {kind: count for kind, count in rows}


def _viewable(user: User) -> Select[Plan]:
    statement = select(Plan).where(Plan.deleted_at.is_(None))
    if user.is_admin:
        return statement
    planned = [
        m.body_id for m in user.memberships if m.status is MembershipStatus.ACTIVE and m.role in _PLANNERS
    ]
    member_of = select(PlanMember.plan_id).where(PlanMember.user_id == user.id)
    return statement.where(or_(Plan.body_id.in_(planned), Plan.id.in_(member_of)))
