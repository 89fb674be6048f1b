"""What plans tell: a text is about to be frozen, or was changed by a form."""

from __future__ import annotations

from flask import current_app

from pspm.core.database import after_commit
from pspm.drafting import services
from pspm.plans.models import Item, Plan
from pspm.plans.signals import item_changed, text_wanted


def begin() -> None:
    text_wanted.connect(_settle)
    item_changed.connect(_notice)


def _settle(plan: Plan) -> None:
    services.settle_plan(plan=plan)


def _notice(item: Item) -> None:
    hub = current_app.extensions.get("live_hub")
    if hub is not None:
        item_id = item.id
        after_commit(lambda: hub.notice(item_id))
