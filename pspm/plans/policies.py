"""Who may do what with plans; pure. Whether the plan's state allows it is for the services to say."""

from __future__ import annotations

from typing import Any

from pspm.accounts import policies as account_policies
from pspm.accounts.models import Body
from pspm.plans.models import Plan, PlanMember, PlanRole


def plan_role(user: Any, plan: Plan) -> PlanRole | None:
    """The person's role on the plan itself, if any."""
    if not user.is_authenticated:
        return None
    return next((member.role for member in plan.members if member.user_id == user.id), None)


def can_create(user: Any, body: Body) -> bool:
    """Managers and planners of a body begin its plans."""
    return account_policies.plans_for_body(user, body)


def can_view(user: Any, plan: Plan) -> bool:
    """A plan at work is for its members, the planners of its body, and administrators."""
    return (
        plan_role(user, plan) is not None
        or account_policies.plans_for_body(user, plan.body)
        or account_policies.is_admin(user)
    )


def can_coordinate(user: Any, plan: Plan) -> bool:
    """Coordinators run the plan; a manager of its body can step in, so that no plan is orphaned."""
    return plan_role(user, plan) is PlanRole.COORDINATOR or account_policies.manages_body(user, plan.body)


def can_edit(user: Any, plan: Plan) -> bool:
    """Coordinators and drafters write."""
    return plan_role(user, plan) is PlanRole.DRAFTER or can_coordinate(user, plan)


def can_remove_member(user: Any, member: PlanMember) -> bool:
    """Coordinators remove members and invitations; everybody may leave."""
    own = user.is_authenticated and member.user_id == user.id
    return own or can_coordinate(user, member.plan)


def is_invited(user: Any, member: PlanMember) -> bool:
    """The invitation went to this person's (confirmed) address."""
    return bool(user.is_authenticated and user.email == member.email)


def can_create_any(user: Any) -> bool:
    """Whether to offer to begin a plan: for some body the person may (see `can_create`)."""
    return user.is_authenticated and any(
        account_policies.plans_for_body(user, membership.body) for membership in user.memberships
    )
