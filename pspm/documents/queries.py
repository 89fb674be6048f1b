"""Named reads of `documents`."""

from __future__ import annotations

from pspm.accounts import policies as account_policies
from pspm.accounts import queries as account_queries
from pspm.accounts.models import Body, BodyStatus, User


def list_planning_bodies(user: User) -> list[Body]:
    """The approved bodies for which the person can begin plans, by name."""
    bodies = [membership.body for membership in account_queries.list_own_memberships(user)]
    found = [
        body
        for body in bodies
        if body.status is BodyStatus.APPROVED and account_policies.plans_for_body(user, body)
    ]
    return sorted(found, key=lambda body: (body.name, body.id))
