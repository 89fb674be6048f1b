"""Stamps rise with every change, so that no reader is shown what was rendered before it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import insert, update

from pspm.extensions import db
from pspm.reviews.models import Round, Thread


def raise_round(round: Round) -> None:
    """In the database itself: two writers at once must both count.

    The row stays locked until the commit, so that writers of one round follow each other.
    """
    db.session.execute(
        update(Round).where(Round.id == round.id).values(stamp=Round.stamp + 1),
        execution_options={"synchronize_session": False},
    )
    db.session.expire(round, ["stamp"])


def raise_thread(round: Round, item_id: int, *, added: int = 0) -> None:
    """One item's thread has changed, and by how many contributions it has grown."""
    raise_round(round)
    raised = db.session.execute(
        update(Thread)
        .where(Thread.round_id == round.id, Thread.item_id == item_id)
        .values(stamp=Thread.stamp + 1, count=Thread.count + added),
        execution_options={"synchronize_session": False},
    )
    if not raised.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result is a cursor's
        db.session.execute(
            insert(Thread).values(round_id=round.id, item_id=item_id, count=max(0, added), stamp=1)
        )


def raise_threads(round: Round, item_ids: Collection[int]) -> None:
    """Several threads have changed at once."""
    raise_round(round)
    db.session.execute(
        update(Thread)
        .where(Thread.round_id == round.id, Thread.item_id.in_(item_ids))
        .values(stamp=Thread.stamp + 1),
        execution_options={"synchronize_session": False},
    )
