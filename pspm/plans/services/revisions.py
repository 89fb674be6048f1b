"""The writing of revisions, and the lock under which a plan is written."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from pspm.accounts.models import User
from pspm.core.columns import JsonDict
from pspm.core.errors import NotFound, StateConflict
from pspm.core.i18n import gettext as _
from pspm.extensions import db
from pspm.plans.fields import encode_fields, item_values
from pspm.plans.models import Indicator, Item, Plan, PlanStatus, Revision, RevisionKind
from pspm.plans.signals import item_changed

WRITABLE = (PlanStatus.DRAFT, PlanStatus.CONSOLIDATION)


def lock_plan(plan: Plan) -> None:
    """Let one transaction at a time write this plan, and read the plan as it is now.

    PostgreSQL locks the row; SQLite has one writer anyway (write transactions begin immediate).
    """
    found = db.session.scalar(
        select(Plan)
        .where(Plan.id == plan.id, Plan.deleted_at.is_(None))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound()


def open_plan(plan: Plan) -> None:
    """Lock the plan for a change of its text; refused while the text is frozen."""
    lock_plan(plan)
    if plan.status not in WRITABLE:
        raise StateConflict(frozen_message(plan))


def frozen_message(plan: Plan) -> str:
    """Why the text can't be changed now, and what would open it."""
    if plan.status is PlanStatus.CONSULTATION:
        message = _(
            "The plan is in consultation: its text stays as the contributors read it. "
            "Close the consultation to go on writing."
        )
    else:
        message = _(
            "The plan is approved: its text no longer changes. Begin a revision of it to go on writing."
        )
    return str(message)


def refresh_item(item: Item) -> None:
    """Read the item as it is now, after the plan was locked."""
    db.session.scalars(
        select(Item)
        .where(Item.id == item.id)
        .options(selectinload(Indicator.targets))
        .execution_options(populate_existing=True)
    ).one()


def fields_of(item: Item) -> JsonDict:
    """All fields of the item by name, and its place: what a revision keeps."""
    parent = db.session.get(Item, item.parent_id) if item.parent_id else None
    place = {"parent": parent.public_id if parent else None, "position": item.position}
    return encode_fields(item.kind, item_values(item)) | place


def write_revision(
    *, item: Item, author: User, kind: RevisionKind, before: JsonDict | None, flush: bool = True
) -> Revision:
    """Number the change, keep what was and what is, and raise the plan's stamp."""
    item.revision_number = (item.revision_number or 0) + 1
    item.plan.stamp += 1
    revision = Revision(
        item=item,
        plan_id=item.plan_id,
        number=item.revision_number,
        author=author,
        kind=kind,
        before=before,
        after=fields_of(item),
    )
    db.session.add(revision)
    item_changed.send(item)
    if flush:
        db.session.flush()
    return revision
