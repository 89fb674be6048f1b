"""Who may do what with bodies and membership; pure. Every rule takes visitors without an account too.

States (whether a request is still open, whether a body would lose its last manager) are the
services' business.
"""

from __future__ import annotations

from typing import Any

from pspm.accounts.models import Body, BodyRole, BodyStatus, Invitation

PLANNING_ROLES = (BodyRole.MANAGER, BodyRole.PLANNER)


def is_admin(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_admin)


def is_member(user: Any, body: Body) -> bool:
    """Whether the person has any role in the body."""
    return bool(user.is_authenticated and user.role_in(body.id) is not None)


def manages_body(user: Any, body: Body) -> bool:
    return bool(user.is_authenticated and user.role_in(body.id) is BodyRole.MANAGER)


def plans_for_body(user: Any, body: Body) -> bool:
    """Whether the person writes plans for the body: its managers and planners."""
    return bool(user.is_authenticated and user.role_in(body.id) in PLANNING_ROLES)


def can_view_body(user: Any, body: Body) -> bool:
    """Approved bodies are public; a request is known to who made it and to administrators."""
    if body.status is BodyStatus.APPROVED or is_admin(user):
        return True
    return bool(user.is_authenticated and body.requested_by_id == user.id)


def can_request_body(user: Any) -> bool:
    return bool(user.is_authenticated)


def can_decide_requests(user: Any) -> bool:
    return is_admin(user)


def can_edit_body(user: Any, body: Body) -> bool:
    return manages_body(user, body) or is_admin(user)


def can_change_ipa_code(user: Any) -> bool:
    """The code is the body's identity towards the state's index: not its manager's to change."""
    return is_admin(user)


def can_join_body(user: Any, body: Body) -> bool:
    """Whether to offer joining: signed in, and neither member nor waiting."""
    if not user.is_authenticated or body.status is not BodyStatus.APPROVED:
        return False
    return all(membership.body_id != body.id for membership in user.memberships)


def can_leave_body(user: Any, body: Body) -> bool:
    """Members, and those who wait for approval."""
    return bool(user.is_authenticated and any(m.body_id == body.id for m in user.memberships))


def can_view_members(user: Any, body: Body) -> bool:
    return is_member(user, body) or is_admin(user)


def can_manage_members(user: Any, body: Body) -> bool:
    return manages_body(user, body) or is_admin(user)


def can_accept_invitation(user: Any, invitation: Invitation) -> bool:
    """Only with the (confirmed) address that it was sent to."""
    return bool(user.is_authenticated and user.email == invitation.email)
