"""What the forms of rounds and comments send, and where items are read."""

from __future__ import annotations

from typing import Any

from tests.reviews.world import World, current_revision


def comment_data(world: World, item: str = "objective", **values: str) -> dict[str, str]:
    revision = current_revision(world.items[item]).public_id
    return {"aspect": "general", "quote": "", "text": "A remark.", "revision": revision, **values}


def item_url(world: World, item: str = "objective") -> str:
    return world.url(f"/items/{world.items[item].public_id}")


def round_data(**values: Any) -> dict[str, Any]:
    return {
        "title": "What do you think?",
        "introduction": "",
        "audience": "signed_in",
        "opens_at": "2026-03-29T01:30",
        "closes_at": "2026-06-30T17:00",
        **values,
    }
