"""What was changed in a plan, when and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import joinedload

from pspm.accounts.models import User
from pspm.core.columns import JsonDict
from pspm.core.errors import NotFound
from pspm.core.paging import PER_PAGE, Page, paginate
from pspm.extensions import db
from pspm.plans.models import Item, ItemKind, Plan, PlanChange, PlanChangeKind, Revision

HistoryEntry = Revision | PlanChange


def list_item_revisions(item: Item, *, page: int = 1) -> Page[Revision]:
    """All changes of one item, newest first."""
    return paginate(
        select(Revision)
        .where(Revision.item_id == item.id)
        .options(joinedload(Revision.author))
        .order_by(Revision.number.desc()),
        number=page,
    )


def list_history(
    plan: Plan, *, author: str = "", kind: ItemKind | None = None, whole_plan: bool = False, page: int = 1
) -> Page[HistoryEntry]:
    """Changes of the plan and its items, newest first: by one author, of one kind of item or the plan."""
    revisions = _named("revision", Revision).where(Revision.plan_id == plan.id)
    changes = _named("change", PlanChange).where(PlanChange.plan_id == plan.id)
    if author:
        revisions = revisions.join(Revision.author).where(User.public_id == author)
        changes = changes.join(PlanChange.author).where(User.public_id == author)
    if kind is not None:
        revisions = revisions.join(Revision.item).where(Item.kind == kind)
    parts = [changes] if whole_plan else [revisions] if kind else [revisions, changes]
    return _page_of(parts, page)


def list_history_authors(plan: Plan) -> Sequence[User]:
    """Everybody who ever changed the plan, by name."""
    ids = union_all(
        select(Revision.author_id).where(Revision.plan_id == plan.id),
        select(PlanChange.author_id).where(PlanChange.plan_id == plan.id),
    )
    return db.session.scalars(select(User).where(User.id.in_(ids)).order_by(User.name, User.id)).all()


def get_change(plan: Plan, public_id: str) -> PlanChange:
    change = db.session.scalar(
        select(PlanChange).where(PlanChange.plan_id == plan.id, PlanChange.public_id == public_id)
    )
    if change is None:
        raise NotFound()
    return change


def find_first_settings_change(plan: Plan) -> PlanChange | None:
    return db.session.scalar(_settings_changes(plan).order_by(PlanChange.id).limit(1))


def find_last_settings_change(plan: Plan) -> PlanChange | None:
    return db.session.scalar(_settings_changes(plan).order_by(PlanChange.id.desc()).limit(1))


def titles_of_places(plan: Plan, places: Iterable[JsonDict | None]) -> dict[str, str]:
    """The titles of the items that revisions name as parents, by public id."""
    parents = {place["parent"] for place in places if place and place.get("parent")}
    rows = db.session.execute(
        select(Item.public_id, Item.title).where(Item.plan_id == plan.id, Item.public_id.in_(parents))
    )
    return {public_id: title for public_id, title in rows}


def _settings_changes(plan: Plan) -> Select[PlanChange]:
    return select(PlanChange).where(PlanChange.plan_id == plan.id, PlanChange.kind == PlanChangeKind.SETTINGS)


def _named(source: str, model: type[HistoryEntry]) -> Select[str, int, datetime]:
    return select(literal(source).label("source"), model.id.label("id"), model.created_at.label("at"))


def _page_of(parts: Sequence[Select[str, int, datetime]], number: int) -> Page[HistoryEntry]:
    """One page of the entries that `parts` name by source, id and time; four queries however many."""
    named = union_all(*parts).subquery()
    total = db.session.scalar(select(func.count()).select_from(named)) or 0
    number = min(max(1, number), max(1, -(-total // PER_PAGE)))
    rows = db.session.execute(
        select(named.c.source, named.c.id)
        .order_by(named.c.at.desc(), named.c.source, named.c.id.desc())
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    ).all()
    revisions = db.session.scalars(
        select(Revision)
        .where(Revision.id.in_([row.id for row in rows if row.source == "revision"]))
        .options(joinedload(Revision.author), joinedload(Revision.item))
    )
    changes = db.session.scalars(
        select(PlanChange)
        .where(PlanChange.id.in_([row.id for row in rows if row.source == "change"]))
        .options(joinedload(PlanChange.author))
    )
    found: dict[tuple[str, int], HistoryEntry] = {("revision", row.id): row for row in revisions}
    found |= {("change", row.id): row for row in changes}
    return Page([found[row.source, row.id] for row in rows], number, PER_PAGE, total)
