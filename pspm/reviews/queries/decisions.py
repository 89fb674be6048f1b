"""Reads of the decision desk and of the register."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from pspm.accounts.models import Body
from pspm.core.paging import Page, paginate
from pspm.extensions import db
from pspm.plans.models import Item, ItemKind, Revision, RevisionKind, Version
from pspm.reviews.models import Contribution, Decision, Outcome, Round

CSV_BATCH = 500


class DecisionState(enum.Enum):
    UNDECIDED = "undecided"
    DRAFTED = "drafted"
    PUBLISHED = "published"


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What narrows the desk or the register; public ids of item and body."""

    state: DecisionState | None = None
    outcome: Outcome | None = None
    kind: ItemKind | None = None
    item: str = ""
    body: str = ""
    search: str = ""


@dataclass(frozen=True)
class Tally:
    """How far the round's comments are decided."""

    total: int
    drafted: int
    published: int
    withdrawn: int

    @property
    def undecided(self) -> int:
        return self.total - self.drafted - self.published


def list_comments_to_decide(round: Round, wanted: Filter, *, page: int = 1) -> Page[Contribution]:
    """The desk: all comments that stand, in the order in which they came."""
    statement = _with_decisions(_filtered(_comments(round), wanted)).where(
        Contribution.withdrawn_at.is_(None)
    )
    return paginate(statement.order_by(Contribution.id), number=page)


def find_next_undecided(round: Round, after: Contribution) -> Contribution | None:
    """The next comment without a decision, beginning anew after the last one."""
    later = case((Contribution.id > after.id, 0), else_=1)
    return db.session.scalar(
        _filtered(_comments(round), Filter(state=DecisionState.UNDECIDED))
        .where(Contribution.withdrawn_at.is_(None), Contribution.id != after.id)
        .order_by(later, Contribution.id)
        .limit(1)
    )


def list_drafted_decisions(round: Round) -> Sequence[Decision]:
    """Decisions on comments that still stand, not yet published."""
    return db.session.scalars(
        select(Decision)
        .join(Decision.contribution)
        .where(
            Contribution.round_id == round.id,
            Contribution.withdrawn_at.is_(None),
            Decision.published_at.is_(None),
        )
        .options(joinedload(Decision.contribution))
        .order_by(Decision.id)
    ).all()


def list_decisions(decision_ids: Sequence[int]) -> Sequence[Decision]:
    """Decisions with their contribution, its author and the text that they read, one author's together."""
    return db.session.scalars(
        select(Decision)
        .join(Decision.contribution)
        .where(Decision.id.in_(decision_ids))
        .options(
            joinedload(Decision.contribution).options(
                joinedload(Contribution.author), joinedload(Contribution.revision)
            )
        )
        .order_by(Contribution.author_id, Decision.id)
    ).all()


def tally(round: Round) -> Tally:
    stands = Contribution.withdrawn_at.is_(None)
    row = db.session.execute(
        select(
            func.count().filter(stands),
            func.count().filter(stands, Decision.id.is_not(None), Decision.published_at.is_(None)),
            func.count().filter(stands, Decision.published_at.is_not(None)),
            func.count().filter(~stands),
        )
        .select_from(Contribution)
        .join(Decision, isouter=True)
        .where(Contribution.round_id == round.id, Contribution.parent_id.is_(None))
    ).one()
    return Tally(*row)


def count_outcomes(round: Round) -> dict[Outcome, int]:
    """Published decisions by outcome, in the order of the outcomes."""
    rows = db.session.execute(
        select(Decision.outcome, func.count())
        .join(Decision.contribution)
        .where(
            Contribution.round_id == round.id,
            Contribution.withdrawn_at.is_(None),
            Decision.published_at.is_not(None),
        )
        .group_by(Decision.outcome)
    )
    found = {outcome: count for outcome, count in rows}
    return {outcome: found[outcome] for outcome in Outcome if outcome in found}


def list_register(round: Round, wanted: Filter, *, page: int = 1) -> Page[Contribution]:
    """All comments with what became of them, in the order in which they came."""
    return paginate(_register(round, wanted), number=page)


def stream_register(round: Round, wanted: Filter) -> Iterator[Contribution]:
    """The whole register, a batch at a time."""
    return iter(db.session.scalars(_register(round, wanted).execution_options(yield_per=CSV_BATCH)))


def list_register_bodies(round: Round) -> Sequence[Body]:
    """The bodies whose people commented."""
    commented = select(Contribution.body_id).where(Contribution.round_id == round.id)
    return db.session.scalars(select(Body).where(Body.id.in_(commented)).order_by(Body.name)).all()


def list_commented_titles(round: Round) -> dict[str, str]:
    """The items that have comments, by public id: with the title that the first author read."""
    first = (
        select(func.min(Contribution.id))
        .where(Contribution.round_id == round.id)
        .group_by(Contribution.item_id)
    )
    rows = db.session.execute(
        select(Item.public_id, Revision.after["title"].as_string())
        .select_from(Contribution)
        .join(Contribution.item)
        .join(Contribution.revision)
        .where(Contribution.id.in_(first))
        .order_by(Item.id)
    )
    return {public_id: title for public_id, title in rows}


def list_changes_since(contribution: Contribution, *, limit: int = 50) -> Sequence[Revision]:
    """Changes of words, of the item and those directly below it, made after the comment; the newest first."""
    below = select(Item.id).where(Item.parent_id == contribution.item_id)
    return db.session.scalars(
        select(Revision)
        .where(
            or_(Revision.item_id == contribution.item_id, Revision.item_id.in_(below)),
            Revision.created_at > contribution.created_at,
            Revision.kind != RevisionKind.MOVED,
        )
        .options(joinedload(Revision.author), joinedload(Revision.item))
        .order_by(Revision.id.desc())
        .limit(limit)
    ).all()


def find_version_with(revision: Revision) -> Version | None:
    """The first approved version that holds the change."""
    return db.session.scalar(
        select(Version)
        .where(Version.plan_id == revision.plan_id, Version.created_at >= revision.created_at)
        .order_by(Version.number)
        .limit(1)
    )


def _comments(round: Round) -> Select[Contribution]:
    return (
        select(Contribution)
        .join(Contribution.item)
        .join(Contribution.decision, isouter=True)
        .where(Contribution.round_id == round.id, Contribution.parent_id.is_(None))
    )


def _register(round: Round, wanted: Filter) -> Select[Contribution]:
    """Outcomes count only where published, and the words of withdrawn comments are not searched."""
    statement = _with_decisions(_filtered(_comments(round), wanted))
    if wanted.outcome:
        statement = statement.where(Decision.published_at.is_not(None))
    if wanted.search or wanted.outcome:
        statement = statement.where(Contribution.withdrawn_at.is_(None))
    return statement.order_by(Contribution.id)


def _filtered(statement: Select[Contribution], wanted: Filter) -> Select[Contribution]:
    if wanted.state:
        statement = statement.where(_in_state(wanted.state))
    if wanted.outcome:
        statement = statement.where(Decision.outcome == wanted.outcome)
    if wanted.kind:
        statement = statement.where(Item.kind == wanted.kind)
    if wanted.item:
        statement = statement.where(Item.public_id == wanted.item)
    if wanted.body:
        statement = statement.where(Contribution.body.has(Body.public_id == wanted.body))
    if wanted.search:
        statement = statement.where(_says(wanted.search))
    return statement


def _in_state(state: DecisionState) -> ColumnElement[bool]:
    if state is DecisionState.UNDECIDED:
        return Decision.id.is_(None)
    decided = Decision.id.is_not(None)
    if state is DecisionState.DRAFTED:
        return and_(decided, Decision.published_at.is_(None))
    return and_(decided, Decision.published_at.is_not(None))


def _says(words: str) -> ColumnElement[bool]:
    """In the comment or in the reason given; a drafted reason is not to be found before it is published."""
    reason = and_(Decision.published_at.is_not(None), Decision.reason.icontains(words, autoescape=True))
    return or_(Contribution.text.icontains(words, autoescape=True), reason)


def _with_decisions(statement: Select[Contribution]) -> Select[Contribution]:
    return statement.options(
        joinedload(Contribution.author),
        joinedload(Contribution.body),
        joinedload(Contribution.revision),
        contains_eager(Contribution.item),
        contains_eager(Contribution.decision).options(
            joinedload(Decision.revision).joinedload(Revision.item), joinedload(Decision.decided_by)
        ),
    )
