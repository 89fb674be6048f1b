"""Writing an entry: who saves on an earlier revision is shown both texts and loses none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete

from pspm.accounts.models import Body, BodyStatus, User
from pspm.core import languages
from pspm.core.clock import now
from pspm.core.columns import JsonDict
from pspm.core.errors import InvalidInput, StateConflict
from pspm.extensions import db
from pspm.practices import queries, search, vocabulary
from pspm.practices.models import Attachment, Practice, PracticeStatus, SearchEntry, practice_item
from pspm.practices.services.attachments import release_file

FIELDS = (
    "title", "summary", "context", "solution", "results", "success_conditions", "lessons", "replication",
    "resources", "start_year", "end_year", "country", "sector", "sdgs", "language", "keywords", "licence",
    "contact",
)  # fmt: skip
"""What its authors write; all else of an entry is set by what happens to it."""


class EditConflict(StateConflict):
    """Another person saved in between. `current` holds their values of the fields in which the two differ."""

    def __init__(self, message: str, current: JsonDict) -> None:
        super().__init__(message)
        self.current = current


def create_practice(*, body: Body, author: User, values: Mapping[str, Any]) -> Practice:
    """A draft of `body`; `values` are fields of `FIELDS` by name, those left out keep their default."""
    if body.status is not BodyStatus.APPROVED:
        raise StateConflict(_("The body is not approved yet. Ask an administrator to approve it first."))
    _check(values)
    practice = Practice(body=body, created_by=author, status=PracticeStatus.DRAFT)
    _write(practice, values)
    db.session.add(practice)
    db.session.flush()
    return practice


def save_practice(*, practice: Practice, expected_revision: int, values: Mapping[str, Any]) -> None:
    """Save `values` made from revision `expected_revision`; raises EditConflict if that is not the last."""
    queries.lock_practice(practice)
    if practice.status is PracticeStatus.SUBMITTED:
        raise StateConflict(
            _("The practice is being checked. Take it back, or wait for the answer, to change it.")
        )
    _check(values)
    changed = {name: value for name, value in values.items() if getattr(practice, name) != value}
    if not changed:
        return
    if practice.revision_number != expected_revision:
        raise EditConflict(
            _("Somebody else saved this practice while you were writing. Both texts are shown below."),
            {name: getattr(practice, name) for name in changed},
        )
    _write(practice, changed)
    practice.revision_number += 1
    practice.updated_at = now()
    if practice.status is PracticeStatus.PUBLISHED:
        index_practice(practice)
    db.session.flush()


def delete_draft(*, practice: Practice) -> None:
    """Delete an entry that nobody was ever asked to look at, with its files and links."""
    queries.lock_practice(practice)
    check_deletable(practice)
    for sha256 in queries.list_hashes(practice):
        release_file(sha256)
    db.session.execute(delete(practice_item).where(practice_item.c.practice_id == practice.id))
    db.session.execute(delete(Attachment).where(Attachment.practice_id == practice.id))
    db.session.execute(delete(Practice).where(Practice.id == practice.id))


def check_deletable(practice: Practice) -> None:
    """Raises unless the entry is a draft that was never submitted."""
    if not practice.is_unseen:
        raise StateConflict(_("A practice that was submitted for checking once can no longer be deleted."))


def _write(practice: Practice, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(practice, name, value)


def _check(values: Mapping[str, Any]) -> None:
    """What a form could let through: the lists of the vocabularies and the order of the years."""
    unknown = values.keys() - set(FIELDS)
    if unknown:
        raise InvalidInput(f"no fields of a practice: {', '.join(sorted(unknown))}")
    wrong = {name: _("Choose one of the list.") for name in _not_in_their_lists(values)}
    if "title" in values and not values["title"]:
        wrong["title"] = _("Give the practice a title.")
    start, end = values.get("start_year"), values.get("end_year")
    if start and end and start > end:
        wrong["end_year"] = _("The end comes before the start. Give the same or a later year.")
    if wrong:
        raise InvalidInput(_("Some fields need another value."), fields=wrong)


def _not_in_their_lists(values: Mapping[str, Any]) -> list[str]:
    lists: dict[str, Any] = {
        "sector": {"", *vocabulary.sectors("en")},
        "country": vocabulary.COUNTRIES,
        "language": languages.CODES,
        "licence": vocabulary.LICENCES,
    }
    wrong = [name for name, allowed in lists.items() if name in values and values[name] not in allowed]
    if any(number not in vocabulary.sdgs("en") for number in values.get("sdgs", ())):
        wrong.append("sdgs")
    return wrong


def index_practice(practice: Practice) -> None:
    """Let the search find the published `practice` by its present words."""
    words = search.index_words(practice)
    entry = queries.find_search_entry(practice)
    if entry is None:
        db.session.add(SearchEntry(practice_id=practice.id, words=words))
    else:
        entry.words = words
    db.session.flush()
