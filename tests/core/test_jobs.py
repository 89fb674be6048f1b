"""Background jobs: the same work is not begun twice, and a dead worker blocks nothing."""

from datetime import timedelta

import pytest
from flask import Flask

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
