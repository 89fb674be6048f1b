"""Bringing the bodies up to date with a register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, update

from pspm.accounts import queries
from pspm.accounts.models import Body, BodyStatus, body_search_text
from pspm.accounts.register import Entry
from pspm.extensions import db


@dataclass(frozen=True)
class Tally:
    added: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def read(self) -> int:
        return self.added + self.changed + self.unchanged

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged)


def import_entries(entries: Sequence[Entry]) -> Tally:
    """Add the bodies that are new by their IPA code and change those that differ, in bulk.

    What the register leaves empty stays as it is here. A request that waits for approval keeps waiting.
    """
    known = queries.find_bodies_by_ipa_code(entry.ipa_code for entry in entries)
    new = [_new_row(entry) for entry in entries if entry.ipa_code not in known]
    changes = [_changed_row(known[e.ipa_code], e) for e in entries if e.ipa_code in known]
    changed = [row for row in changes if row is not None]
    if new:
        db.session.execute(insert(Body), new)
    if changed:
        db.session.execute(update(Body), changed)
    return Tally(added=len(new), changed=len(changed), unchanged=len(changes) - len(changed))


def _new_row(entry: Entry) -> dict[str, Any]:
    # Every row names the same columns, so that they go to the database as one statement.
    values = {"acronym": "", "country": "IT", "website": "", "category": "", **entry.values()}
    search_text = body_search_text(entry.name, entry.acronym, entry.ipa_code)
    return {**values, "status": BodyStatus.APPROVED, "search_text": search_text}


def _changed_row(body: Body, entry: Entry) -> dict[str, Any] | None:
    values = entry.values()
    if all(getattr(body, name) == value for name, value in values.items()):
        return None
    acronym = entry.acronym or body.acronym
    search_text = body_search_text(entry.name, acronym, entry.ipa_code)
    return {"id": body.id, **values, "search_text": search_text}
