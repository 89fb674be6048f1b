"""The way of an entry: draft → submitted → published, or returned with remarks and submitted again."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pspm.accounts.models import User
from pspm.core.clock import now
from pspm.core.errors import InvalidInput, StateConflict
from pspm.core.mail import send_template
from pspm.extensions import db
from pspm.practices import queries
from pspm.practices.models import Practice, PracticeRemark, PracticeStatus
from pspm.practices.services.writing import index_practice

NEEDED = ("title", "summary", "context", "solution", "results")
"""What a reader needs at least, and so a practice before it is submitted."""
EDITABLE = (PracticeStatus.DRAFT, PracticeStatus.RETURNED)


def submit_practice(*, practice: Practice) -> None:
    """Ask the curators to check the entry; they are told by e-mail."""
    _require_status(practice, EDITABLE)
    missing = [name for name in NEEDED if not getattr(practice, name)]
    if missing:
        raise InvalidInput(
            _("Some parts that every reader needs are still empty."),
            fields={name: _("Fill this in before you submit the practice.") for name in missing},
        )
    _move(practice, PracticeStatus.SUBMITTED)
    practice.submitted_at = now()
    for curator in queries.list_curators():
        send_template(
            recipient=curator.email,
            locale=curator.locale,
            subject=_l("A practice waits to be checked: %(title)s", title=practice.title),
            template="practice_submitted",
            practice=practice,
        )


def recall_practice(*, practice: Practice) -> None:
    """Take the entry back before it was checked, to go on writing."""
    _require_status(practice, (PracticeStatus.SUBMITTED,))
    _move(practice, PracticeStatus.DRAFT)


def publish_practice(*, practice: Practice) -> None:
    """Accept the entry: from now on everyone can read and find it. Its author is told by e-mail."""
    _require_status(practice, (PracticeStatus.SUBMITTED,))
    _move(practice, PracticeStatus.PUBLISHED)
    practice.published_at = now()
    index_practice(practice)
    _tell_author(practice, _l("Published: %(title)s", title=practice.title), "practice_published")


def return_practice(*, practice: Practice, curator: User, remark: str) -> PracticeRemark:
    """Give the entry back with what should be better. Its author is told by e-mail."""
    _require_status(practice, (PracticeStatus.SUBMITTED,))
    if not remark:
        raise InvalidInput(fields={"remark": _("Say what should change, so that the authors can act on it.")})
    _move(practice, PracticeStatus.RETURNED)
    kept = PracticeRemark(practice_id=practice.id, author_id=curator.id, text=remark)
    db.session.add(kept)
    db.session.flush()
    subject = _l("Please look at it again: %(title)s", title=practice.title)
    _tell_author(practice, subject, "practice_returned", remark)
    return kept


def _require_status(practice: Practice, allowed: Collection[PracticeStatus]) -> None:
    queries.lock_practice(practice)
    if practice.status not in allowed:
        raise StateConflict(_("The practice has moved on since you opened the page. Look at it again."))


def _move(practice: Practice, status: PracticeStatus) -> None:
    practice.status = status
    practice.updated_at = now()
    db.session.flush()


def _tell_author(practice: Practice, subject: object, template: str, remark: str = "") -> None:
    author = practice.created_by
    send_template(
        recipient=author.email,
        locale=author.locale,
        subject=subject,
        template=template,
        practice=practice,
        remark=remark,
    )
