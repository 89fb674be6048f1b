"""PDFs: each has a key that changes with its content and its look, and is made once for a key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pspm.core import jobs
from pspm.core.columns import JsonDict
from pspm.documents import store
from pspm.extensions import db
from pspm.plans.models import Plan, Version
from pspm.practices.models import Practice

PLAN_JOB = "documents.plan_pdf"
PRACTICE_JOB = "documents.practice_pdf"
KINDS = frozenset({PLAN_JOB, PRACTICE_JOB})

_ROOT = Path(__file__).resolve().parents[3]
_LOOK = (
    "templates/documents/pdf/*.html",
    "pspm/documents/pdf/*.css",
    "pspm/documents/pdf/*.py",
    "translations/*/LC_MESSAGES/*.mo",
)
"""What the look of a PDF depends on; with other bytes here it is made anew."""


@dataclass(frozen=True, kw_only=True)
class Printing:
    """What is to be printed: the job that does it, its key and arguments, and the file's name."""

    kind: str
    key: str
    args: JsonDict
    filename: str


def printing_of_plan(plan: Plan) -> Printing:
    """The draft as it is now."""
    return Printing(
        kind=PLAN_JOB,
        key=_key("draft", plan.public_id, str(plan.stamp), plan.body.name, plan.language),
        args={"plan": plan.public_id},
        filename=f"{plan.public_id}-draft.pdf",
    )


def printing_of_version(version: Version, *, address: str) -> Printing:
    """An approved version, whose title page names its permanent `address`."""
    plan = version.plan
    return Printing(
        kind=PLAN_JOB,
        key=_key("version", version.public_id, version.sha256, address, plan.language),
        args={"plan": plan.public_id, "version": version.number, "address": address},
        filename=f"{plan.public_id}-v{version.number}.pdf",
    )


def printing_of_practice(practice: Practice, *, address: str) -> Printing:
    changed = f"{practice.revision_number} {practice.updated_at.isoformat()} {practice.status.value}"
    return Printing(
        kind=PRACTICE_JOB,
        key=_key("practice", practice.public_id, changed, practice.body.name, address),
        args={"practice": practice.public_id, "address": address},
        filename=f"{practice.public_id}.pdf",
    )


def start_printing(*, printing: Printing, user_id: int | None) -> jobs.Job:
    """The job that makes the PDF: a new one, or the one that somebody else has begun."""
    job = jobs.find_job(printing.kind, printing.key)
    if job is not None and not job.is_active:
        job.key = ""  # it is done, but the file is gone: the cache was emptied
        db.session.flush()
    return jobs.enqueue(printing.kind, key=printing.key, created_by_id=user_id, **printing.args)


def stop_printing(*, job: jobs.Job) -> None:
    jobs.cancel(job)
    db.session.flush()


def find_file(printing: Printing) -> Path | None:
    return store.find_pdf(printing.key)


def _key(what: str, identity: str, *content: str) -> str:
    words = "\n".join([*content, look()])
    return f"{what}-{identity}-{hashlib.sha256(words.encode()).hexdigest()[:32]}"


@cache
def look() -> str:
    """A fingerprint of everything that shapes a PDF beside its content."""
    digest = hashlib.sha256()
    for pattern in _LOOK:
        for path in sorted(_ROOT.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
