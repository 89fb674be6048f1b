"""Who may do what with practices; pure."""

from __future__ import annotations

from pspm.accounts import policies as account_policies
from pspm.accounts.models import Body, BodyRole, BodyStatus, MembershipStatus, User
from pspm.practices.models import Practice, PracticeStatus

PROPOSING = (BodyRole.MANAGER, BodyRole.PLANNER)


def can_propose(user: User) -> bool:
    """Managers and planners of a body; which of their bodies is approved, `can_propose_for` says."""
    return user.is_authenticated and any(
        m.role in PROPOSING and m.status is MembershipStatus.ACTIVE for m in user.memberships
    )


def can_propose_for(user: User, body: Body) -> bool:
    return body.status is BodyStatus.APPROVED and account_policies.plans_for_body(user, body)


def can_edit(user: User, practice: Practice) -> bool:
    """Its author, and the managers and planners of its body."""
    return user.is_authenticated and (
        practice.created_by_id == user.id or account_policies.plans_for_body(user, practice.body)
    )


def can_review(user: User) -> bool:
    """Curators and administrators check entries before they are published."""
    return user.is_authenticated and (user.is_curator or user.is_admin)


def can_view(user: User, practice: Practice) -> bool:
    """Everyone once it is published; before, those who write it and, once submitted, those who check it."""
    if practice.status is PracticeStatus.PUBLISHED:
        return True
    waits = practice.status in (PracticeStatus.SUBMITTED, PracticeStatus.RETURNED)
    return can_edit(user, practice) or (waits and can_review(user))
