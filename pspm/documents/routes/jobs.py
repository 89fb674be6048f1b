"""How far a PDF is, and stopping it."""

from __future__ import annotations

from flask import render_template, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.core import jobs as core_jobs
from pspm.core.errors import NotFound
from pspm.core.web import go_to, is_htmx, require, see_other, writes
from pspm.documents import policies
from pspm.documents.routes.blueprint import bp
from pspm.documents.routes.pdfs import STARTED
from pspm.documents.services import pdfs
from pspm.plans import queries as plan_queries
from pspm.plans.routes.access import get_viewable_plan
from pspm.practices.routes.access import get_readable_practice


@bp.get("/documents/jobs/<job>")
def job_show(job: str) -> Response | str:
    """A bar that moves, then the file."""
    found = _get_job(job)
    if found.status is core_jobs.JobStatus.DONE:
        return go_to(_result_address(found))
    template = "documents/_job.html" if is_htmx() else "documents/job.html"
    return render_template(
        template, job=found, may_stop=_may_stop(found), back=_result_address(found, page=True)
    )


@bp.post("/documents/jobs/<job>/stop")
@writes
def job_stop(job: str) -> Response:
    found = _get_job(job)
    require(_may_stop(found))
    pdfs.stop_printing(job=found)
    return see_other("documents.job_show", job=job)


def _get_job(public_id: str) -> core_jobs.Job:
    """A job of ours whose subject the person may read."""
    job = core_jobs.get_job(public_id)
    if job.kind not in pdfs.KINDS:
        raise NotFound()
    if job.kind == pdfs.PRACTICE_JOB:
        get_readable_practice(job.args["practice"])
    elif "version" in job.args:
        plan_queries.get_version(job.args["plan"], job.args["version"])
    else:
        get_viewable_plan(job.args["plan"])
    return job


def _may_stop(job: core_jobs.Job) -> bool:
    started_here = job.public_id in session.get(STARTED, [])
    return job.is_active and policies.can_stop(current_user, job, started_here=started_here)


def _result_address(job: core_jobs.Job, *, page: bool = False) -> str:
    """Where the file will be, or the page of what it is made of."""
    if job.kind == pdfs.PRACTICE_JOB:
        endpoint = "practices.practice_show" if page else "documents.practice_pdf"
        return url_for(endpoint, practice=job.args["practice"])
    if "version" in job.args:
        endpoint = "plans.version_show" if page else "documents.version_pdf"
        return url_for(endpoint, plan=job.args["plan"], number=job.args["version"])
    return url_for("plans.plan_show" if page else "documents.plan_pdf", plan=job.args["plan"])
