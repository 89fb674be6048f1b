"""Bringing document and column to say the same: edits become revisions, saved forms become edits.

A revision holds what one person typed in one burst. Edits of two people who type at once are put in order by
person, which changes nothing of what comes out: that is what the document is for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete

from pspm.accounts.models import User
from pspm.drafting import queries
from pspm.drafting.document import Document, new_state
from pspm.drafting.models import LiveEdit, LiveText
from pspm.extensions import db
from pspm.plans import services as plan_services
from pspm.plans.models import Item, Plan
from pspm.plans.services.revisions import lock_plan, refresh_item


@dataclass(frozen=True)
class Settled:
    """A document as it is when all that is on disk is in it; `stamp` tells later ones apart."""

    state: bytes
    stamp: int


def open_text(*, item: Item) -> Settled:
    """The item's document, made from its text the first time."""
    lock_plan(item.plan)
    refresh_item(item)
    live = queries.find_live_text(item.id)
    if live is None:
        live = LiveText(item_id=item.id, state=new_state(item.text), text=item.text)
        db.session.add(live)
        db.session.flush()
    return _settle(item, live)


def settle_text(*, item: Item) -> Settled | None:
    """Write what is waiting into the item's text; None where nobody ever wrote it together."""
    lock_plan(item.plan)
    refresh_item(item)
    live = queries.find_live_text(item.id)
    if live is None:
        return None
    return _settle(item, live)


def settle_plan(*, plan: Plan) -> None:
    """Before a plan's text is frozen or copied: what its writers were told is saved belongs to it."""
    for item in queries.list_items(queries.list_unsettled(plan.id)):
        settle_text(item=item)


def _settle(item: Item, live: LiveText) -> Settled:
    edits = queries.list_edits(live)
    changed = item.text != live.text
    if not edits and not changed:
        return Settled(live.state, live.stamp)
    document = Document(live.state)
    if changed:
        document.write(item.text)
    if item.deleted_at is None:
        for author, contents in _by_author(edits):
            document.apply_all(contents)
            _write_revision(item, author, document.markdown)
        _forget(live, edits)
    live.state, live.text, live.stamp = document.state, item.text, live.stamp + 1
    db.session.flush()
    return Settled(live.state, live.stamp)


def _by_author(edits: Sequence[LiveEdit]) -> list[tuple[User, list[bytes]]]:
    """Each author's edits, in the order in which they began."""
    found: dict[int, tuple[User, list[bytes]]] = {}
    for edit in edits:
        found.setdefault(edit.author_id, (edit.author, []))[1].append(edit.content)
    return list(found.values())


def _write_revision(item: Item, author: User, markdown: str) -> None:
    plan_services.save_item(
        item=item, author=author, expected_revision=item.revision_number, values={"text": markdown}
    )


def _forget(live: LiveText, edits: Sequence[LiveEdit]) -> None:
    if edits:
        db.session.execute(
            delete(LiveEdit).where(LiveEdit.live_text_id == live.id, LiveEdit.id <= edits[-1].id)
        )
