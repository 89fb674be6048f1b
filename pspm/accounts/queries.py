"""Named reads of people and bodies."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from pspm.accounts.models import User
from pspm.extensions import db


def find_session_user(session_id: str) -> User | None:
    """The person whose session carries `session_id`, unless the session has ended since."""
    public_id, _, epoch = session_id.partition(":")
    user: User | None = db.session.scalar(
        select(User).where(User.public_id == public_id).options(selectinload(User.memberships))
    )
    if user is None or not user.is_active or str(user.session_epoch) != epoch:
        return None
    return user
