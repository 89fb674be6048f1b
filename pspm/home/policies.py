"""What a person answers for, as the page of what waits for them needs it; pure."""

from __future__ import annotations

from pspm.accounts.models import BodyRole, MembershipStatus, User


def managed_body_ids(user: User) -> list[int]:
    """The bodies whose requests to join this person answers."""
    return [
        m.body_id
        for m in user.memberships
        if m.role is BodyRole.MANAGER and m.status is MembershipStatus.ACTIVE
    ]
