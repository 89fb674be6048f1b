"""Reads of contributions in their threads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from pspm.core.errors import NotFound
from pspm.core.paging import Page, paginate
from pspm.extensions import db
from pspm.plans.models import Indicator, Item, Revision
from pspm.reviews.models import Contribution, Decision, Round, Thread

FIRST = 3
"""Comments of a thread that the margin shows."""
PER_PAGE = 50


@dataclass(frozen=True)
class Mark:
    """What is known of a thread without reading it."""

    stamp: int
    count: int


UNTOUCHED = Mark(stamp=0, count=0)
SAME = ("round_id", "item_id", "author_id", "parent_id", "aspect", "quote", "text")
"""What makes two contributions one that was sent twice."""

# Built once: every contribution asks them.
_TWIN = (
    select(Contribution)
    .where(
        *(getattr(Contribution, name).is_not_distinct_from(bindparam(name)) for name in SAME),
        Contribution.withdrawn_at.is_(None),
    )
    .limit(1)
)
_BEFORE = select(func.count(Contribution.id)).where(
    Contribution.round_id == bindparam("round"),
    Contribution.item_id == bindparam("item"),
    Contribution.parent_id.is_(None),
    Contribution.id < bindparam("comment"),
)


def list_marks(round: Round) -> dict[int, Mark]:
    """The marks of the round's threads by the item's internal number."""
    rows = db.session.execute(
        select(Thread.item_id, Thread.stamp, Thread.count).where(Thread.round_id == round.id)
    )
    return {item_id: Mark(stamp, count) for item_id, stamp, count in rows}


def list_first_comments(round: Round, item_ids: Collection[int]) -> dict[int, list[Contribution]]:
    """The first comments of several items, by the item's internal number; with their replies."""
    place = func.row_number().over(partition_by=Contribution.item_id, order_by=Contribution.id)
    numbered = (
        select(Contribution.id, place.label("place"))
        .where(
            Contribution.round_id == round.id,
            Contribution.item_id.in_(item_ids),
            Contribution.parent_id.is_(None),
        )
        .subquery()
    )
    comments = db.session.scalars(
        _with_all(select(Contribution))
        .join(numbered, numbered.c.id == Contribution.id)
        .where(numbered.c.place <= FIRST)
        .order_by(Contribution.id)
    )
    found: dict[int, list[Contribution]] = defaultdict(list)
    for comment in comments:
        found[comment.item_id].append(comment)
    return found


def list_items(item_ids: Collection[int]) -> dict[int, Item]:
    """Several items with their targets, by internal number."""
    items = db.session.scalars(
        select(Item).where(Item.id.in_(item_ids)).options(selectinload(Indicator.targets))
    )
    return {item.id: item for item in items}


def list_comments(round: Round, item: Item, *, page: int = 1) -> Page[Contribution]:
    """All comments of one thread with their replies, the oldest first."""
    return paginate(_with_all(_thread(round, item)).order_by(Contribution.id), number=page, per_page=PER_PAGE)


def page_of(contribution: Contribution) -> int:
    """The page of the thread on which the contribution, or the comment that it replies to, stands."""
    place = {
        "round": contribution.round_id,
        "item": contribution.item_id,
        "comment": contribution.parent_id or contribution.id,
    }
    return (db.session.scalar(_BEFORE, place) or 0) // PER_PAGE + 1


def get_contribution(round: Round, public_id: str) -> Contribution:
    """One contribution of the round with all that belongs to it."""
    contribution = db.session.scalar(
        _with_all(select(Contribution))
        .where(Contribution.round_id == round.id, Contribution.public_id == public_id)
        .options(
            joinedload(Contribution.item),
            joinedload(Contribution.parent).joinedload(Contribution.author),
            selectinload(Contribution.edits),
        )
    )
    if contribution is None:
        raise NotFound()
    list_items([contribution.item_id])
    return contribution


def find_twin(contribution: Contribution) -> Contribution | None:
    """The same words of the same person at the same place, if they stand there already."""
    return db.session.scalar(_TWIN, {name: getattr(contribution, name) for name in SAME})


def get_revision(item: Item, public_id: str) -> Revision:
    """A revision of this item."""
    revision = db.session.scalar(
        select(Revision).where(Revision.public_id == public_id, Revision.item_id == item.id)
    )
    if revision is None:
        raise NotFound()
    return revision


def _thread(round: Round, item: Item) -> Select[Contribution]:
    return select(Contribution).where(
        Contribution.round_id == round.id,
        Contribution.item_id == item.id,
        Contribution.parent_id.is_(None),
    )


def _with_all(statement: Select[Contribution]) -> Select[Contribution]:
    """Authors, bodies, texts read, decisions and replies: two queries however many there are."""
    return statement.options(
        *_people(Contribution),
        joinedload(Contribution.revision),
        selectinload(Contribution.replies).options(*_people(Contribution)),
    )


def _people(entity: Any) -> Sequence[Any]:
    return (
        joinedload(entity.author),
        joinedload(entity.body),
        joinedload(entity.decision).options(joinedload(Decision.revision), joinedload(Decision.decided_by)),
    )
