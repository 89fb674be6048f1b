"""PDFs: from the cache at once, or by a job that a press of a button starts."""

from __future__ import annotations

from flask import render_template, send_file, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.core.web import see_other, writes
from pspm.documents.routes.addresses import practice_address, version_address
from pspm.documents.routes.blueprint import bp
from pspm.documents.services import pdfs
from pspm.extensions import limiter
from pspm.plans import queries as plan_queries
from pspm.plans.routes.access import get_viewable_plan
from pspm.practices.routes.access import get_readable_practice

STARTED = "started_jobs"
"""In the session: the jobs that were begun here, so that a visitor can stop them."""

MAX_STARTED = 10
_limit = limiter.limit("20 per minute")


@bp.get("/plans/<plan>/plan.pdf")
def plan_pdf(plan: str) -> Response | str:
    """The draft, for those who may see it."""
    found = get_viewable_plan(plan)
    back = url_for("plans.plan_show", plan=plan)
    return _answer(pdfs.printing_of_plan(found), found.title, back)


@bp.post("/plans/<plan>/plan.pdf")
@_limit
@writes
def plan_pdf_start(plan: str) -> Response:
    return _start(pdfs.printing_of_plan(get_viewable_plan(plan)))


@bp.get("/plans/<plan>/versions/<int:number>/plan.pdf")
def version_pdf(plan: str, number: int) -> Response | str:
    """An approved version; public."""
    version = plan_queries.get_version(plan, number)
    printing = pdfs.printing_of_version(version, address=version_address(version))
    back = url_for("plans.version_show", plan=plan, number=number)
    return _answer(printing, version.title, back)


@bp.post("/plans/<plan>/versions/<int:number>/plan.pdf")
@_limit
@writes
def version_pdf_start(plan: str, number: int) -> Response:
    version = plan_queries.get_version(plan, number)
    return _start(pdfs.printing_of_version(version, address=version_address(version)))


@bp.get("/practices/<practice>/practice.pdf")
def practice_pdf(practice: str) -> Response | str:
    """A practice, for everyone who may read it."""
    found = get_readable_practice(practice)
    printing = pdfs.printing_of_practice(found, address=practice_address(found))
    back = url_for("practices.practice_show", practice=practice)
    return _answer(printing, found.title, back)


@bp.post("/practices/<practice>/practice.pdf")
@_limit
@writes
def practice_pdf_start(practice: str) -> Response:
    found = get_readable_practice(practice)
    return _start(pdfs.printing_of_practice(found, address=practice_address(found)))


def _answer(printing: pdfs.Printing, title: str, back: str) -> Response | str:
    """The file if it is there, else a page with a button that starts the work: reading writes nothing."""
    path = pdfs.find_file(printing)
    if path is None:
        return render_template("documents/pdf_start.html", title=title, back=back)
    response = send_file(
        path, mimetype="application/pdf", download_name=printing.filename, etag=printing.key, max_age=0
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _start(printing: pdfs.Printing) -> Response:
    user_id = current_user.id if current_user.is_authenticated else None
    job = pdfs.start_printing(printing=printing, user_id=user_id)
    if job.created_by_id == user_id:
        session[STARTED] = [*session.get(STARTED, []), job.public_id][-MAX_STARTED:]
    return see_other("documents.job_show", job=job.public_id)
