"""Putting edits on disk, once their writers are seen to have the right (still)."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import insert

from pspm.accounts import queries as account_queries
from pspm.accounts.models import User
from pspm.core.clock import now
from pspm.drafting import policies, queries
from pspm.drafting.models import LiveEdit
from pspm.extensions import db
from pspm.plans.models import Item
from pspm.plans.services.revisions import WRITABLE

Writer = tuple[int, str]
"""An item's id and the session id of one who writes there."""


class Refusal(enum.IntEnum):
    """Why a writer can't go on: the close codes of their WebSocket (4000-4999 are an application's own)."""

    SIGNED_OUT = 4401
    NOT_ALLOWED = 4403


@dataclass(frozen=True)
class Edit:
    """What one writer did to an item's text: an update of its document."""

    item_id: int
    session_id: str
    content: bytes


def keep_edits(*, edits: Sequence[Edit], hub: str) -> dict[Writer, Refusal]:
    """Add the edits that `hub` took in to what waits for a revision, but not those of the refused."""
    writers = {(edit.item_id, edit.session_id) for edit in edits}
    people = _people(session_id for _item, session_id in writers)
    refused = _refused(writers, people)
    lives = queries.list_live_ids({item_id for item_id, _session in writers})
    rows = [
        {
            "live_text_id": lives[edit.item_id],
            "author_id": people[edit.session_id].id,
            "hub": hub,
            "content": edit.content,
            "created_at": now(),
        }
        for edit in edits
        if (edit.item_id, edit.session_id) not in refused
    ]
    if rows:
        db.session.execute(insert(LiveEdit), rows)
    return refused


def check_writers(*, writers: Iterable[Writer]) -> dict[Writer, Refusal]:
    """Those of the writers who may not write any more."""
    pairs = set(writers)
    return _refused(pairs, _people(session_id for _item, session_id in pairs))


def may_watch(plan_id: int, session_id: str) -> bool:
    """Whether the person of the session may see the outline of the plan (still)."""
    user = account_queries.find_session_user(session_id)
    plan = queries.find_plan(plan_id)
    return user is not None and plan is not None and policies.can_watch(user, plan)


def _people(session_ids: Iterable[str]) -> dict[str, User]:
    found = {session_id: account_queries.find_session_user(session_id) for session_id in set(session_ids)}
    return {session_id: user for session_id, user in found.items() if user is not None}


def _refused(writers: set[Writer], people: dict[str, User]) -> dict[Writer, Refusal]:
    items = {item.id: item for item in queries.list_items({item_id for item_id, _session in writers})}
    refused = {}
    for item_id, session_id in writers:
        if session_id not in people:
            refused[item_id, session_id] = Refusal.SIGNED_OUT
        elif not _is_open(items[item_id]) or not policies.can_write(people[session_id], items[item_id]):
            refused[item_id, session_id] = Refusal.NOT_ALLOWED
    return refused


def _is_open(item: Item) -> bool:
    plan = item.plan
    return item.deleted_at is None and plan.deleted_at is None and plan.status in WRITABLE
