"""The public list. However many entries match, a page costs about the same: only so many are counted,
ranked or paged through as fit in a window; a link leads on to the entries before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from pspm.core.database import is_postgresql
from pspm.core.paging import PER_PAGE, Page
from pspm.extensions import db
from pspm.practices import search
from pspm.practices.models import Practice, SearchEntry

WINDOW = 1_000
"""How many entries are counted and paged through; older ones are a window of their own."""
RANKED = 300
"""Up to how many entries the best come first; of more, the newest do."""


@dataclass(frozen=True)
class Found:
    """A page of entries.

    `is_ranked`: the best come first, else the newest. `is_capped`: more than `WINDOW` match; `older` is
    where the next window begins, on the last page of this one.
    """

    page: Page[Practice]
    is_ranked: bool
    is_capped: bool
    older: int | None


def search_published(
    *,
    query: str = "",
    filters: search.Filters,
    newest: bool = False,
    before: int | None = None,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Found:
    """Published entries that match; the best first, or the newest (and so always if there are many)."""
    terms = search.parse(query, filters)
    ids = _find_ids(terms, before)
    is_capped = len(ids) > WINDOW
    is_ranked = not newest and bool(query) and len(ids) <= RANKED
    if is_ranked:
        best = search.best_first(terms, ids, postgresql=is_postgresql(db.session.connection()))
        ids = db.session.scalars(best).all()
    total = min(len(ids), WINDOW)
    number = min(max(1, page), max(1, -(-total // per_page)))
    shown = ids[(number - 1) * per_page : min(number * per_page, total)]
    found = Page(_load(shown), number, per_page, total)
    return Found(found, is_ranked, is_capped, shown[-1] if is_capped and number == found.pages else None)


def _find_ids(terms: search.Terms, before: int | None) -> Sequence[int]:
    """The newest matches, one more than a window holds to tell whether there are others."""
    postgresql = is_postgresql(db.session.connection())
    if postgresql and terms:
        db.session.execute(search.USE_THE_INDEX)
    newest_first = search.newest_first(terms, before=before, postgresql=postgresql)
    return db.session.scalars(newest_first.limit(WINDOW + 1)).all()


def _load(entry_ids: Sequence[int]) -> list[Practice]:
    """The practices of these search entries, in their order."""
    rows = db.session.execute(
        select(SearchEntry.id, Practice)
        .join(SearchEntry.practice)
        .where(SearchEntry.id.in_(entry_ids))
        .options(joinedload(Practice.body))
    )
    by_entry = {entry_id: practice for entry_id, practice in rows}
    return [by_entry[entry_id] for entry_id in entry_ids]


def list_latest(limit: int) -> Sequence[Practice]:
    """The entries that were published last."""
    return db.session.scalars(
        select(Practice)
        .join(SearchEntry, SearchEntry.practice_id == Practice.id)
        .options(joinedload(Practice.body))
        .order_by(SearchEntry.id.desc())
        .limit(limit)
    ).all()


def find_search_entry(practice: Practice) -> SearchEntry | None:
    """How the search sees the entry, once it was published."""
    return db.session.scalar(select(SearchEntry).where(SearchEntry.practice_id == practice.id))
