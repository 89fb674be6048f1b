"""What the item's form needs to become a live editor."""

from __future__ import annotations

from zlib import crc32

from flask import current_app
from flask_login import current_user

from pspm.plans.models import Item

# Carets and names of those who are here: each 4.5 : 1 or more on white.
COLOURS = ("#0b6e4f", "#8a3ffc", "#b3261e", "#0060a0", "#8a5000", "#9f1853", "#005d5d", "#5b5b00")


def live_text(item: Item) -> dict[str, str] | None:
    """Where the item's text is written together, and as whom; None where this server has no WebSockets."""
    if item.id is None or "live_hub" not in current_app.extensions:
        return None
    person = current_user.public_id
    return {
        "item": item.public_id,
        "user_id": person,
        "user_name": current_user.name,
        "color": COLOURS[crc32(person.encode()) % len(COLOURS)],
    }
