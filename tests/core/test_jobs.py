"""Background jobs: the same work is not begun twice, and a dead worker blocks nothing."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from pspm.app import create_app
from pspm.core import jobs
from pspm.core.clock import now
from pspm.extensions import db


@pytest.fixture
def job(app: Flask) -> jobs.Job:
    job = jobs.Job(kind="test.work", key="a", status=jobs.JobStatus.RUNNING)
    db.session.add(job)
    db.session.flush()
    return job


def test_running_job_is_found_again(job: jobs.Job) -> None:
    assert jobs.enqueue("test.work", key="a") is job


def test_job_of_a_dead_worker_is_not_waited_for(job: jobs.Job) -> None:
    job.created_at = now() - timedelta(hours=jobs.HOURS, minutes=1)
    assert jobs.find_job("test.work", "a") is None


def test_done_job_is_found_whenever_it_was_done(job: jobs.Job) -> None:
    job.created_at = now() - timedelta(days=400)
    job.status = jobs.JobStatus.DONE
    assert jobs.find_job("test.work", "a") is job


def test_cancelled_job_stops_at_its_next_step(job: jobs.Job) -> None:
    jobs.cancel(job)
    db.session.commit()
    with pytest.raises(jobs.Cancelled):
        jobs.progress(job, 1, 2)


def test_job_that_has_ended_is_not_cancelled(job: jobs.Job) -> None:
    job.status = jobs.JobStatus.DONE
    jobs.cancel(job)
    assert job.status is jobs.JobStatus.DONE


def test_chore_that_fails_keeps_no_other_from_being_done(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(jobs, "_chores", [lambda: 1 / 0, lambda: done.append("swept")])
    jobs.do_chores()
    assert done == ["swept"]


def test_worker_does_the_chores_every_hour(app: Flask) -> None:
    [task] = jobs._queue().huey._registry.periodic_tasks
    moments = [datetime(2026, 1, 1, 8, minute) for minute in range(60)]
    assert sum(task.validate_datetime(moment) for moment in moments) == 1


def test_each_app_does_its_own_jobs(app: Flask, job: jobs.Job, tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'other.sqlite'}", data_dir=tmp_path)
    create_app(settings.as_flask())
    other = jobs.enqueue("test.work", key="b")
    db.session.commit()
    db.session.refresh(other)
    assert other.status is not jobs.JobStatus.QUEUED


def test_progress_is_written_a_few_times_a_second(job: jobs.Job) -> None:
    report = jobs.paced(job)
    for done in range(1000):
        report(done, 1000)
    assert job.done == 0
