"""The background job that deletes the bytes of files that were taken away."""

from __future__ import annotations

from pspm.core import jobs
from pspm.practices import files, queries
from pspm.practices.services.attachments import REMOVAL_JOB


@jobs.handler(REMOVAL_JOB)
def remove_file(job: jobs.Job) -> None:
    """Under the lock that adding the same bytes takes: either they are named, or they are added anew."""
    sha256 = job.args["sha256"]
    queries.lock_file(sha256)
    if not queries.is_file_used(sha256):
        files.remove(sha256)
