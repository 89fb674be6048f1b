"""Files of an entry."""

from __future__ import annotations

from flask_babel import gettext as _

from pspm.accounts.models import User
from pspm.core import jobs
from pspm.core.errors import InvalidInput, StateConflict
from pspm.extensions import db
from pspm.practices import files, queries
from pspm.practices.models import Attachment, Practice, PracticeStatus

MAX_FILES = 10
REMOVAL_JOB = "practices.remove_file"


def add_attachment(*, practice: Practice, author: User, filename: str, data: bytes) -> Attachment:
    """Keep a file with the entry, if its content is of a kind that is allowed and agrees with its name."""
    _require_editable(practice)
    if queries.count_attachments(practice) >= MAX_FILES:
        raise InvalidInput(
            fields={"file": _("There are %(max)s files already. Delete one first.", max=MAX_FILES)}
        )
    name = files.clean_name(filename)
    media_type = files.find_media_type(name, data)
    if media_type is None:
        endings = ", ".join(ending.removeprefix(".") for ending in files.KINDS)
        message = _(
            "The content of the file is not of an allowed kind, or not of the kind that its name says. "
            "Allowed: %(endings)s.",
            endings=endings,
        )
        raise InvalidInput(fields={"file": message})
    sha256 = files.hash_of(data)
    queries.lock_file(sha256)
    files.store(data, sha256)
    attachment = Attachment(
        practice_id=practice.id,
        filename=name,
        media_type=media_type,
        size=len(data),
        sha256=sha256,
        uploaded_by_id=author.id,
    )
    db.session.add(attachment)
    db.session.flush()
    return attachment


def delete_attachment(*, practice: Practice, attachment: Attachment) -> None:
    """Take a file away from the entry; its bytes go too, unless another entry has the same ones."""
    _require_editable(practice)
    db.session.delete(attachment)
    db.session.flush()
    release_file(attachment.sha256)


def release_file(sha256: str) -> None:
    """Have the bytes deleted, after the commit and if nothing names them then."""
    jobs.enqueue(REMOVAL_JOB, sha256=sha256)


def _require_editable(practice: Practice) -> None:
    queries.lock_practice(practice)
    if practice.status is PracticeStatus.SUBMITTED:
        raise StateConflict(_("The practice is being checked. Take it back to change its files."))
