"""Entries loaded and checked, as several pages need them."""

from __future__ import annotations

from flask_login import current_user

from pspm.core.web import require
from pspm.practices import policies, queries
from pspm.practices.models import Practice


def get_readable_practice(public_id: str) -> Practice:
    """An entry that is published or whose existence this person may know of."""
    practice = queries.get_practice(public_id)
    require(policies.can_view(current_user, practice), hide=True)
    return practice


def get_editable_practice(public_id: str) -> Practice:
    practice = get_readable_practice(public_id)
    require(policies.can_edit(current_user, practice))
    return practice


def get_reviewed_practice(public_id: str) -> Practice:
    practice = get_readable_practice(public_id)
    require(policies.can_review(current_user))
    return practice
