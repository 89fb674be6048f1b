"""Stamps rise with every change, so that no reader is shown what was rendered before it."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from sqlalchemy import Table, bindparam, insert, select, update

from pspm.core.database import lock_rows
from pspm.extensions import db
from pspm.reviews.models import Round, Thread

_round, _thread = cast("Table", Round.__table__), cast("Table", Thread.__table__)

# Built once: every contribution needs them.
_RAISE_ROUND = update(_round).where(_round.c.id == bindparam("round")).values(stamp=_round.c.stamp + 1)
_RAISE_THREAD = (
    update(_thread)
    .where(_thread.c.round_id == bindparam("round"), _thread.c.item_id == bindparam("item"))
    .values(stamp=_thread.c.stamp + 1, count=_thread.c.count + bindparam("added"))
)


def lock_round(round: Round) -> None:
    """Let one request at a time change what belongs to the round (SQLite has one writer anyway)."""
    lock_rows(select(_round.c.id).where(_round.c.id == round.id))


def raise_round(round: Round) -> None:
    """In the database itself: two writers at once must both count.

    The row stays locked until the commit, so that writers of one round follow each other.
    """
    db.session.flush()
    db.session.execute(_RAISE_ROUND, {"round": round.id})
    db.session.expire(round, ["stamp"])


def raise_thread(round: Round, item_id: int, *, added: int = 0) -> None:
    """One item's thread has changed, and by how many contributions it has grown."""
    raise_round(round)
    values = {"round": round.id, "item": item_id, "added": added}
    raised = db.session.execute(_RAISE_THREAD, values)
    if not raised.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result is a cursor's
        first = {"round_id": round.id, "item_id": item_id, "count": added, "stamp": 1}
        db.session.execute(insert(_thread).values(first))


def raise_threads(round: Round, item_ids: Collection[int]) -> None:
    """Several threads have changed at once."""
    raise_round(round)
    db.session.execute(
        update(_thread)
        .where(_thread.c.round_id == round.id, _thread.c.item_id.in_(item_ids))
        .values(stamp=_thread.c.stamp + 1)
    )
