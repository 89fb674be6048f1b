"""Who may write a text together with others; pure."""

from __future__ import annotations

from typing import Any

from pspm.plans import policies as plan_policies
from pspm.plans.models import Item, Plan


def can_write(user: Any, item: Item) -> bool:
    """Whoever may save the item's form. Whether the plan's state allows it is for the services to say."""
    return plan_policies.can_edit(user, item.plan)


def can_watch(user: Any, plan: Plan) -> bool:
    """Whoever may open the plan's outline sees it change."""
    return plan_policies.can_view(user, plan)
