"""What pages need to become live."""

from __future__ import annotations

from flask import current_app
from flask_login import current_user

from pspm.drafting.colours import colour_of
from pspm.plans.models import Item


def is_live() -> bool:
    """Whether this server has WebSockets."""
    return "live_hub" in current_app.extensions


def live_text(item: Item) -> dict[str, str] | None:
    """Where the item's text is written together, and as whom; None where it can't be."""
    if item.id is None or not is_live():
        return None
    person = current_user.public_id
    return {
        "item": item.public_id,
        "user_id": person,
        "user_name": current_user.name,
        "color": colour_of(person),
    }
