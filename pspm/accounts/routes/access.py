"""Bodies and their members, loaded and checked, as several pages need them."""

from __future__ import annotations

from flask_login import current_user

from pspm.accounts import policies, queries
from pspm.accounts.models import Body, Membership
from pspm.core.web import require


def get_visible_body(public_id: str) -> Body:
    """A body that is approved, or whose request this person may know of."""
    body = queries.get_body(public_id)
    require(policies.can_view_body(current_user, body), hide=True)
    return body


def get_editable_body(public_id: str) -> Body:
    body = queries.get_body(public_id)
    require(policies.can_edit_body(current_user, body), hide=True)
    return body


def get_managed_body(public_id: str) -> Body:
    """A body whose members this person manages."""
    body = queries.get_body(public_id)
    require(policies.can_manage_members(current_user, body), hide=True)
    return body


def get_managed_member(body: str, user: str) -> Membership:
    return queries.get_membership(get_managed_body(body), user)
