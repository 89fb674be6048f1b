"""Named reads of live texts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload

from pspm.core.errors import NotFound
from pspm.drafting.models import LiveEdit, LiveText
from pspm.extensions import db
from pspm.plans.models import Item, Plan


def get_item(public_id: str) -> Item:
    """The living item with its plan, the plan's body and members."""
    item = db.session.scalar(
        select(Item)
        .join(Item.plan)
        .where(Item.public_id == public_id, Item.deleted_at.is_(None), Plan.deleted_at.is_(None))
        .options(
            joinedload(Item.plan).joinedload(Plan.body), joinedload(Item.plan).selectinload(Plan.members)
        )
    )
    if item is None:
        raise NotFound()
    return item


def find_plan(plan_id: int) -> Plan | None:
    """The living plan with its body and members."""
    return db.session.scalar(
        select(Plan)
        .where(Plan.id == plan_id, Plan.deleted_at.is_(None))
        .options(joinedload(Plan.body), selectinload(Plan.members))
    )


def list_items(ids: Collection[int]) -> Sequence[Item]:
    """These items as they are now, deleted ones too, with what `policies.can_write` looks at."""
    return db.session.scalars(
        select(Item)
        .where(Item.id.in_(ids))
        .options(
            joinedload(Item.plan).joinedload(Plan.body), joinedload(Item.plan).selectinload(Plan.members)
        )
        .order_by(Item.id)
    ).all()


def find_live_text(item_id: int) -> LiveText | None:
    return db.session.scalar(select(LiveText).where(LiveText.item_id == item_id).with_for_update())


def list_live_ids(item_ids: Collection[int]) -> dict[int, int]:
    """The ids of live texts by their items'."""
    rows = db.session.execute(
        select(LiveText.item_id, LiveText.id).where(LiveText.item_id.in_(item_ids)).order_by(LiveText.id)
    )
    return {item_id: live_id for item_id, live_id in rows}


def list_edits(live: LiveText) -> Sequence[LiveEdit]:
    """The edits that no revision holds yet, oldest first, with their authors."""
    return db.session.scalars(
        select(LiveEdit)
        .where(LiveEdit.live_text_id == live.id)
        .options(joinedload(LiveEdit.author))
        .order_by(LiveEdit.id)
    ).all()


@dataclass(frozen=True)
class Foreign:
    """An edit that another process took in."""

    id: int
    item_id: int
    content: bytes


def list_foreign(item_ids: Collection[int], *, hub: str, after: int) -> list[Foreign]:
    """Edits of these items with an id above `after` that another process than `hub` took in."""
    rows = db.session.execute(
        select(LiveEdit.id, LiveText.item_id, LiveEdit.content)
        .join(LiveText, LiveText.id == LiveEdit.live_text_id)
        .where(LiveText.item_id.in_(item_ids), LiveEdit.hub != hub, LiveEdit.id > after)
        .order_by(LiveEdit.id)
    )
    return [Foreign(*row) for row in rows]


def list_stamps(item_ids: Collection[int]) -> dict[int, int]:
    """The stamps of the documents by their items."""
    rows = db.session.execute(
        select(LiveText.item_id, LiveText.stamp).where(LiveText.item_id.in_(item_ids)).order_by(LiveText.id)
    )
    return {item_id: stamp for item_id, stamp in rows}


def list_plan_stamps(plan_ids: Collection[int]) -> dict[int, int]:
    """The stamps of living plans, which rise with every change of an item."""
    rows = db.session.execute(
        select(Plan.id, Plan.stamp).where(Plan.id.in_(plan_ids), Plan.deleted_at.is_(None)).order_by(Plan.id)
    )
    return {plan_id: stamp for plan_id, stamp in rows}


def list_unsettled(plan_id: int | None = None) -> Sequence[int]:
    """Items (of one plan, or of all) whose newest edits no revision holds yet."""
    waiting = exists().where(LiveEdit.live_text_id == LiveText.id)
    statement = select(LiveText.item_id).join(LiveText.item).where(waiting).order_by(LiveText.item_id)
    if plan_id is not None:
        statement = statement.where(Item.plan_id == plan_id)
    return db.session.scalars(statement).all()
