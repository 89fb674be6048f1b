"""Named reads of plans, their items and revisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from pspm.core.columns import MAX_INTEGER
from pspm.core.errors import NotFound
from pspm.core.paging import Page, paginate
from pspm.extensions import db
from pspm.plans.models import Indicator, Item, Plan, Revision
from pspm.plans.queries.history import find_first_settings_change as find_first_settings_change
from pspm.plans.queries.history import find_last_settings_change as find_last_settings_change
from pspm.plans.queries.history import get_change as get_change
from pspm.plans.queries.history import list_history as list_history
from pspm.plans.queries.history import list_history_authors as list_history_authors
from pspm.plans.queries.history import list_item_revisions as list_item_revisions
from pspm.plans.queries.history import titles_of_places as titles_of_places
from pspm.plans.queries.lists import count_items as count_items
from pspm.plans.queries.lists import list_item_ids as list_item_ids
from pspm.plans.queries.lists import list_own_plans as list_own_plans
from pspm.plans.queries.members import count_coordinators as count_coordinators
from pspm.plans.queries.members import find_member as find_member
from pspm.plans.queries.members import find_member_by_email as find_member_by_email
from pspm.plans.queries.members import get_member as get_member
from pspm.plans.queries.members import get_plan_invitation as get_plan_invitation
from pspm.plans.queries.members import list_members as list_members
from pspm.plans.queries.members import list_own_plan_invitations as list_own_plan_invitations
from pspm.plans.queries.members import roles_by_plan as roles_by_plan
from pspm.plans.queries.versions import find_latest_version as find_latest_version
from pspm.plans.queries.versions import get_version as get_version
from pspm.plans.queries.versions import latest_numbers as latest_numbers
from pspm.plans.queries.versions import list_approved_plans as list_approved_plans
from pspm.plans.queries.versions import list_publishing_bodies as list_publishing_bodies
from pspm.plans.queries.versions import list_version_numbers as list_version_numbers
from pspm.plans.queries.versions import list_versions as list_versions
from pspm.plans.tree import build_tree, walk

# Built once: every page of an item asks it.
_ITEM = (
    select(Item)
    .where(Item.plan_id == bindparam("plan"), Item.public_id == bindparam("item"))
    .options(selectinload(Indicator.targets))
)


def get_plan(public_id: str) -> Plan:
    """The plan with its body and members."""
    plan = db.session.scalar(
        select(Plan)
        .where(Plan.public_id == public_id, Plan.deleted_at.is_(None))
        .options(joinedload(Plan.body), selectinload(Plan.members))
    )
    if plan is None:
        raise NotFound()
    return plan


def list_items(plan: Plan) -> list[Item]:
    """The living items in the order of reading, indicators with their targets. Two queries."""
    items = db.session.scalars(_items(plan).where(Item.deleted_at.is_(None))).all()
    return [node.item for node in walk(build_tree(items))]


def find_item(plan: Plan, public_id: str) -> Item | None:
    """The item, deleted or not, with its targets."""
    return db.session.scalar(_ITEM, {"plan": plan.id, "item": public_id})


def get_item(plan: Plan, public_id: str, *, deleted: bool = False) -> Item:
    """The living item (with `deleted` also one that is not) with its targets."""
    item = find_item(plan, public_id)
    if item is None or (item.deleted_at is not None and not deleted):
        raise NotFound()
    return item


def list_deleted_items(plan: Plan, *, page: int = 1) -> Page[Item]:
    """What was deleted by itself, newest first; what went with it is not named apart."""
    parent = aliased(Item, flat=True)
    return paginate(
        select(Item)
        .join(parent, Item.parent_id == parent.id, isouter=True)
        .where(
            Item.plan_id == plan.id,
            Item.deleted_at.is_not(None),
            or_(parent.id.is_(None), parent.deleted_at.is_(None), parent.deleted_at != Item.deleted_at),
        )
        .options(joinedload(Item.deleted_by))
        .order_by(Item.deleted_at.desc(), Item.id),
        number=page,
    )


def list_deleted_at(plan_id: int, moment: datetime) -> Sequence[Item]:
    """All items that went in one act of deleting."""
    return db.session.scalars(
        select(Item).where(Item.plan_id == plan_id, Item.deleted_at == moment).order_by(Item.id)
    ).all()


def list_siblings(plan_id: int, parent_id: int | None) -> list[Item]:
    """The living items under one parent, in order."""
    return list(
        db.session.scalars(
            select(Item)
            .where(Item.plan_id == plan_id, Item.parent_id == parent_id, Item.deleted_at.is_(None))
            .order_by(Item.position, Item.id)
        )
    )


def get_revision(public_id: str) -> Revision:
    """One revision with its item, plan and author."""
    revision = db.session.scalar(
        select(Revision)
        .where(Revision.public_id == public_id)
        .options(joinedload(Revision.item).joinedload(Item.plan), joinedload(Revision.author))
    )
    if revision is None:
        raise NotFound()
    return revision


def find_revision(item: Item, number: int) -> Revision | None:
    """The item's revision with this number, with its author."""
    if abs(number) > MAX_INTEGER:
        return None
    return db.session.scalar(
        select(Revision)
        .where(Revision.item_id == item.id, Revision.number == number)
        .options(joinedload(Revision.author))
    )


def _items(plan: Plan) -> Select[Item]:
    return select(Item).where(Item.plan_id == plan.id).options(selectinload(Indicator.targets))
