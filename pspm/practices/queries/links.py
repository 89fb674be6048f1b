"""Links between entries and items of plans, from either side; what is not public is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from pspm.accounts.models import Body, User
from pspm.core.errors import NotFound
from pspm.core.paging import Page, exists, paginate
from pspm.extensions import db
from pspm.plans import approved
from pspm.plans import policies as plan_policies
from pspm.plans.models import Item, ItemKind, Plan, PlanMember, PlanStatus
from pspm.practices.models import Practice, PracticeStatus, practice_item
from pspm.practices.queries.entries import planning_body_ids

MAX_LINKS = 100
MAX_FOUND = 20
LINKABLE = (ItemKind.GOAL, ItemKind.OBJECTIVE, ItemKind.ACTION)
"""Kinds of items that a practice can help with."""


@dataclass(frozen=True)
class LinkedItem:
    """An item as this reader may see it: as it is now, or as it stands in the approved version."""

    item: Item
    title: str
    plan_title: str
    body: str


def is_linked(practice: Practice, item: Item) -> bool:
    return exists(
        select(practice_item.c.item_id).where(
            practice_item.c.practice_id == practice.id, practice_item.c.item_id == item.id
        )
    )


def _items() -> Select[Item]:
    return (
        select(Item)
        .join(Item.plan)
        .join(Plan.body)
        .where(Plan.deleted_at.is_(None), Item.deleted_at.is_(None))
        .options(
            contains_eager(Item.plan).contains_eager(Plan.body),
            contains_eager(Item.plan).selectinload(Plan.members),
        )
    )


def get_item(public_id: str) -> Item:
    """A living item of any plan, with the plan, its body and members."""
    item = db.session.scalar(_items().where(Item.public_id == public_id))
    if item is None:
        raise NotFound()
    return item


def list_linked_items(practice: Practice, user: User) -> list[LinkedItem]:
    """The items that `practice` helps with and `user` may know of."""
    items = db.session.scalars(
        _items()
        .join(practice_item, practice_item.c.item_id == Item.id)
        .where(practice_item.c.practice_id == practice.id)
        .order_by(Plan.title, Item.id)
        .limit(MAX_LINKS)
    ).all()
    hidden = {item.plan_id for item in items if not plan_policies.can_view(user, item.plan)}
    public = approved.find_in_latest(hidden)
    linked = []
    for item in items:
        if item.plan_id not in hidden:
            linked.append(LinkedItem(item, item.title, item.plan.title, item.plan.body.name))
        elif (frozen := public.get(item.public_id)) is not None:
            version = frozen.version
            linked.append(LinkedItem(item, frozen.node.item.title, version.title, item.plan.body.name))
    return linked


def list_practices_of(item: Item, *, page: int = 1) -> Page[Practice]:
    """Published entries that help with `item`, the newest first."""
    return paginate(
        select(Practice)
        .join(practice_item, practice_item.c.practice_id == Practice.id)
        .where(practice_item.c.item_id == item.id, Practice.status == PracticeStatus.PUBLISHED)
        .options(joinedload(Practice.body))
        .order_by(Practice.published_at.desc(), Practice.id.desc()),
        number=page,
    )


def find_items_to_link(practice: Practice, user: User, query: str) -> Sequence[Item]:
    """Items whose title or plan holds all words of `query` and that are not linked yet.

    They come from plans that the person works on, and from plans whose present text is the approved one.
    """
    words = query.split()
    if not words:
        return []
    statement = _items().where(
        Item.kind.in_(LINKABLE),
        Item.id.not_in(select(practice_item.c.item_id).where(practice_item.c.practice_id == practice.id)),
    )
    if not user.is_admin:
        member_of = select(PlanMember.plan_id).where(PlanMember.user_id == user.id)
        statement = statement.where(
            or_(
                Plan.status == PlanStatus.APPROVED,
                Plan.body_id.in_(planning_body_ids(user)),
                Plan.id.in_(member_of),
            )
        )
    for word in words:
        statement = statement.where(
            or_(
                Item.title.icontains(word, autoescape=True),
                Plan.title.icontains(word, autoescape=True),
                Body.acronym.icontains(word, autoescape=True),
            )
        )
    return db.session.scalars(statement.order_by(Plan.title, Item.id).limit(MAX_FOUND)).all()
