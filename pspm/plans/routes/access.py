"""Loading a plan for a page, and who may open it."""

from __future__ import annotations

from flask_login import current_user

from pspm.core.errors import NotFound
from pspm.core.paging import Page
from pspm.core.web import require
from pspm.plans import policies, queries
from pspm.plans.models import Plan, Version


def get_viewable_plan(public_id: str) -> Plan:
    """The plan, for those who may see it at work; to others it does not exist."""
    plan = queries.get_plan(public_id)
    require(policies.can_view(current_user, plan), hide=True)
    return plan


def get_known_plan(public_id: str, *, page: int) -> tuple[Plan, Page[Version], bool]:
    """The plan, a page of its versions, and whether the person may see it at work too.

    A plan without a version does not exist for others.
    """
    plan = queries.get_plan(public_id)
    versions = queries.list_versions(plan, page=page)
    may_view = policies.can_view(current_user, plan)
    if not versions.total and not may_view:
        raise NotFound()
    return plan, versions, may_view


def get_editable_plan(public_id: str) -> Plan:
    """The same, for those who write it."""
    plan = get_viewable_plan(public_id)
    require(policies.can_edit(current_user, plan))
    return plan


def get_coordinated_plan(public_id: str) -> Plan:
    """The same, for those who run it."""
    plan = get_viewable_plan(public_id)
    require(policies.can_coordinate(current_user, plan))
    return plan
