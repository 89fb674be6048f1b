"""Links between practices and the parts of plans that they help with."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import delete

from pspm.core.errors import InvalidInput
from pspm.extensions import db
from pspm.plans.models import Item
from pspm.practices import queries
from pspm.practices.models import Practice, practice_item


def link_item(*, practice: Practice, item: Item) -> None:
    """Say that `practice` helps with `item`; linking twice changes nothing."""
    if item.kind not in queries.LINKABLE or item.deleted_at is not None:
        raise InvalidInput(_("Practices can be linked to goals, objectives and actions of a plan."))
    queries.lock_practice(practice)
    if not queries.is_linked(practice, item):
        db.session.execute(practice_item.insert().values(practice_id=practice.id, item_id=item.id))


def unlink_item(*, practice: Practice, item: Item) -> None:
    """Take the link away, if there is one."""
    db.session.execute(
        delete(practice_item).where(
            practice_item.c.practice_id == practice.id, practice_item.c.item_id == item.id
        )
    )
