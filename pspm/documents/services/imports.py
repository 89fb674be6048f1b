"""Plans from files: kept, checked by a job, looked at by a person, and only then written by another job.

The job that checks a file stands for the upload: its result is what the file would bring, and the plan
that was made of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from pspm.accounts.models import Body, User
from pspm.core import jobs
from pspm.core.columns import JsonDict
from pspm.core.database import after_commit
from pspm.core.errors import InvalidInput, NotFound, StateConflict
from pspm.core.i18n import gettext as _
from pspm.documents import store
from pspm.documents.stratml.reader import Reading, read_plan
from pspm.plans import services as plan_services
from pspm.plans.models import ItemKind, Plan
from pspm.plans.snapshot import ItemSnapshot, PlanSnapshot

CHECK_JOB = "documents.plan_check"
IMPORT_JOB = "documents.plan_import"
MAX_ITEMS = 5000


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What the author chose for the plan."""

    title: str
    language: str
    start_year: int
    end_year: int


def receive_file(*, data: bytes, author: User) -> jobs.Job:
    """Keep the file aside and have it checked; the job that does stands for the upload."""
    upload = jobs.enqueue(CHECK_JOB, created_by_id=author.id)
    store.put_upload(upload.public_id, data)
    return upload


def get_upload(public_id: str) -> jobs.Job:
    upload = jobs.get_job(public_id)
    if upload.kind != CHECK_JOB:
        raise NotFound()
    return upload


def current_job(upload: jobs.Job) -> jobs.Job:
    """The job that was last begun for the upload."""
    return jobs.find_last_job(IMPORT_JOB, upload.public_id) or upload


def start_import(*, upload: jobs.Job, author: User, body: Body, settled: Settled) -> None:
    """Have the plan written; pressing twice is the same as once."""
    claim_upload(upload)
    if upload.status is not jobs.JobStatus.DONE:
        raise StateConflict(_("The file is not checked yet."))
    plan_services.check_new_plan(body, settled.start_year, settled.end_year)
    key = upload.public_id
    jobs.enqueue(
        IMPORT_JOB, key=key, created_by_id=author.id, upload=key, body=body.public_id, **asdict(settled)
    )


def is_imported(upload: jobs.Job) -> bool:
    return "plan" in upload.result


def stop_job(*, upload: jobs.Job) -> jobs.Job:
    """Stop the job that works on the file. A file that was not checked to its end is of no use."""
    job = current_job(upload)
    jobs.cancel(job)
    if upload.status is jobs.JobStatus.CANCELLED:
        _drop_after_commit(upload)
    return job


def discard_file(*, upload: jobs.Job) -> None:
    """Delete the file, and stop what is being done with it."""
    claim_upload(upload)
    stop_job(upload=upload)
    _drop_after_commit(upload)


def claim_upload(upload: jobs.Job) -> None:
    """Let this transaction alone decide on the file. Raises StateConflict if it is a plan by now."""
    jobs.lock(upload)
    if is_imported(upload):
        raise StateConflict(_("The plan has already been imported from this file."))


def _drop_after_commit(upload: jobs.Job) -> None:
    name = upload.public_id
    after_commit(lambda: store.drop_upload(name))


def read_file(data: bytes, report: jobs.Report = jobs.silent) -> Reading:
    """Read a StratML file. Raises InvalidInput if nothing of it can be imported."""
    reading = read_plan(data, report)
    count = sum(1 for _item in _all(reading.plan.items))
    if count > MAX_ITEMS:
        raise InvalidInput(
            _(
                "The file holds %(count)s goals, objectives, indicators and actions; %(limit)s is the most "
                "that one plan can have.",
                count=count,
                limit=MAX_ITEMS,
            )
        )
    return reading


def summarize(reading: Reading) -> JsonDict:
    """What an import would bring, as plain data."""
    plan = reading.plan
    items = list(_all(plan.items))
    counts = Counter(item.kind for item in items)
    return {
        "title": plan.title,
        "body_name": plan.body.name,
        "language": plan.language,
        "start_year": plan.start_year,
        "end_year": plan.end_year,
        "labels": plan.labels,
        "counts": {kind.value: counts[kind] for kind in ItemKind},
        "targets": sum(len(item.targets) for item in items),
        "faults": len(reading.faults),
    }


def import_plan(*, snapshot: PlanSnapshot, body: Body, author: User, settled: Settled) -> Plan:
    """A draft plan of `body` as the file has it, but for what the author settled."""
    chosen = replace(snapshot, **asdict(settled))
    return plan_services.import_snapshot(snapshot=chosen, body=body, author=author)


def finish_import(*, upload: jobs.Job, plan: Plan) -> None:
    """Say which plan the file became; the file itself is needed no more."""
    upload.result = {**upload.result, "plan": plan.public_id}
    _drop_after_commit(upload)


def _all(items: Iterable[ItemSnapshot]) -> Iterable[ItemSnapshot]:
    for item in items:
        yield item
        yield from _all(item.children)
