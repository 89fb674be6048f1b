"""Long work in the background: a row that shows its progress, and a worker that does it.

A feature registers a handler with `@handler("plans.import")`; a service calls `enqueue(...)`; after
the commit the job's id goes to huey's queue, and the worker (`flask worker`) runs the handler in
its own process. Handlers report with `progress(job, done, total)`, which raises `Cancelled` when a
person has cancelled the job. What a handler writes after its last report is committed together with
the job's end: all of it, or nothing where the job was cancelled meanwhile.

The worker also does the chores, every hour: functions that a feature registers with `@chore`.
"""

from __future__ import annotations

import enum
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, current_app
from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from pspm.core.clock import now
from pspm.core.columns import Created, JsonDict, PublicId, UtcDateTime, enum_type, json_type
from pspm.core.database import after_commit
from pspm.core.errors import DomainError, NotFound
from pspm.core.i18n import current_language, in_language
from pspm.extensions import Model, db

if TYPE_CHECKING:
    from huey import RedisHuey, SqliteHuey

log = logging.getLogger(__name__)
Handler = Callable[["Job"], JsonDict | None]
Report = Callable[[int, int], None]
"""Takes how much is done, and of how much; what it raises stops the work."""

_handlers: dict[str, Handler] = {}
_chores: list[Callable[[], None]] = []


class JobStatus(enum.Enum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ACTIVE = (JobStatus.QUEUED, JobStatus.RUNNING)
HOURS = 1
REPORT_SECONDS = 0.25
CHORES_MINUTE = 17
"""Of each hour."""


class Job(PublicId, Created, Model):
    """One piece of long work. `key` names its result, so that the same work is not begun twice."""

    __tablename__ = "job"
    __table_args__ = (Index(None, "kind", "key"),)

    kind: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(200), default="")
    args: Mapped[JsonDict] = mapped_column(json_type, default=dict)
    status: Mapped[JobStatus] = mapped_column(enum_type(JobStatus, "job_status"), default=JobStatus.QUEUED)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[JsonDict] = mapped_column(json_type, default=dict)
    error: Mapped[str] = mapped_column(default="")
    """What went wrong, in the language of who began the job; empty where only the log can say."""
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE


class Cancelled(Exception):
    """Raised inside a handler whose job was cancelled."""


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the decorated function as the one that does jobs of `kind`; it returns the job's result."""

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return register


def chore(function: Callable[[], None]) -> Callable[[], None]:
    """Register the decorated function as one that the worker calls every hour."""
    _chores.append(function)
    return function


def enqueue(kind: str, *, key: str = "", created_by_id: int | None = None, **args: Any) -> Job:
    """Add a job, or return the active or done one with the same non-empty `key`."""
    if key:
        existing = find_job(kind, key)
        if existing is not None:
            return existing
    args = {**args, "locale": current_language()}
    job = Job(kind=kind, key=key, args=args, created_by_id=created_by_id)
    db.session.add(job)
    db.session.flush()
    job_id = job.id
    after_commit(lambda: _dispatch(job_id))
    return job


def find_job(kind: str, key: str) -> Job | None:
    """The newest active or done job of `kind` for `key`; what lasts longer than HOURS died."""
    alive = Job.status.in_(ACTIVE) & (Job.created_at > now() - timedelta(hours=HOURS))
    return db.session.scalar(
        select(Job)
        .where(Job.kind == kind, Job.key == key, alive | (Job.status == JobStatus.DONE))
        .order_by(Job.id.desc())
        .limit(1)
    )


def find_last_job(kind: str, key: str) -> Job | None:
    """The newest job of `kind` for `key`, whatever became of it."""
    return db.session.scalar(
        select(Job).where(Job.kind == kind, Job.key == key).order_by(Job.id.desc()).limit(1)
    )


def get_job(public_id: str) -> Job:
    job = db.session.scalar(select(Job).where(Job.public_id == public_id))
    if job is None:
        raise NotFound()
    return job


def cancel(job: Job) -> None:
    """Stop the job, unless it has ended: whoever locks its row first, its worker or this, is right."""
    lock(job)
    if job.is_active:
        job.status = JobStatus.CANCELLED
        job.finished_at = now()


def progress(job: Job, done: int, total: int) -> None:
    """Show how far the job is. Commits, and raises Cancelled when a person has cancelled it."""
    db.session.refresh(job, ["status"])
    if job.status is JobStatus.CANCELLED:
        raise Cancelled
    job.done, job.total = done, total
    db.session.commit()


def silent(_done: int, _total: int) -> None:
    """Reports nothing: the work is not a job."""


def paced(job: Job) -> Report:
    """`progress`, a few times a second at the most: each one is a commit."""
    last = 0.0

    def report(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= REPORT_SECONDS:
            progress(job, done, total)
            last = time.monotonic()

    return report


def do_chores() -> None:
    """Each chore in a transaction of its own; one that fails keeps no other from being done."""
    for function in _chores:
        try:
            function()
            db.session.commit()
        except Exception:
            db.session.rollback()
            log.exception("the chore %s failed", function.__qualname__)


def lock(job: Job) -> None:
    """Let this transaction alone change the row, and read it as it is now."""
    db.session.flush()
    db.session.refresh(job, with_for_update=True)


class _Queue:
    """The queue of one app; what comes out of it is done in an app context of its own."""

    def __init__(self, app: Flask) -> None:
        self.huey = huey = _make_huey(app)

        def run_job(job_id: int) -> None:
            with app.app_context():
                run(job_id)

        def run_chores() -> None:
            with app.app_context():
                do_chores()

        self.put: Callable[[int], Any] = huey.task()(run_job)
        huey.periodic_task(_is_time_for_chores)(run_chores)


def _queue() -> _Queue:
    """The queue of the app in use, made when it is first needed."""
    queue = current_app.extensions.get("jobs")
    if queue is None:
        queue = current_app.extensions["jobs"] = _Queue(current_app._get_current_object())  # type: ignore[attr-defined]
    return cast("_Queue", queue)


def _is_time_for_chores(moment: datetime) -> bool:
    """Asked by the worker once a minute."""
    return moment.minute == CHORES_MINUTE


def _make_huey(app: Flask) -> SqliteHuey | RedisHuey:
    # Most of a web process's life it needs no queue; huey brings clients of Redis and PostgreSQL along.
    from huey import RedisHuey, SqliteHuey  # noqa: PLC0415

    immediate = bool(app.config["TESTING"])
    if app.config["REDIS_URL"]:
        return RedisHuey("pspm", url=app.config["REDIS_URL"], immediate=immediate, results=False)
    folder: Path = app.config["DATA_DIR"]
    folder.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("pspm", filename=str(folder / "jobs.sqlite"), immediate=immediate, results=False)


def work() -> None:
    """Do jobs until the process is told to end."""
    _queue().huey.create_consumer(workers=1, check_worker_health=False).run()


def _dispatch(job_id: int) -> None:
    _queue().put(job_id)


def run(job_id: int) -> None:
    """Do one job; what goes wrong is kept on its row."""
    job = db.session.get(Job, job_id)
    if job is None or job.status is not JobStatus.QUEUED:
        return
    job.status = JobStatus.RUNNING
    db.session.commit()
    try:
        _do(job)
    except Exception as error:
        _finish_badly(job_id, error)


def _do(job: Job) -> None:
    with in_language(job.args.get("locale") or current_language()):
        result = _handlers[job.kind](job) or {}
    lock(job)
    if job.status is JobStatus.CANCELLED:
        raise Cancelled
    job.status, job.result, job.finished_at = JobStatus.DONE, result, now()
    db.session.commit()


def _finish_badly(job_id: int, error: Exception) -> None:
    db.session.rollback()
    job = db.session.get_one(Job, job_id)
    job.finished_at = now()
    if isinstance(error, Cancelled):
        job.status = JobStatus.CANCELLED
    else:
        job.status = JobStatus.FAILED
        job.error = error.message if isinstance(error, DomainError) else ""
        log.exception("job %s (%s) failed", job.public_id, job.kind)
    db.session.commit()
