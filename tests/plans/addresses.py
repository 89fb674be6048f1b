"""Where the editor's pages are, and what their forms send."""

from __future__ import annotations

from typing import Any

from pspm.plans.models import Item, Plan


def url(plan: Plan, *parts: str) -> str:
    return "/".join([f"/plans/{plan.public_id}", *parts])


def item_url(item: Item, *parts: str) -> str:
    return url(item.plan, "items", item.public_id, *parts)


def form_of(item: Item, **changes: Any) -> dict[str, Any]:
    return {"title": item.title, "expected_revision": item.revision_number, **changes}
