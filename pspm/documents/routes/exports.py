"""Plans as files: what there is, and StratML."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import render_template, request
from werkzeug.wrappers import Response

from pspm.core.web import page_number
from pspm.documents.routes.addresses import version_address
from pspm.documents.routes.blueprint import bp
from pspm.documents.stratml.writer import write_plan
from pspm.documents.work import publication
from pspm.plans import queries as plan_queries
from pspm.plans.canonical import from_canonical_json, take_snapshot
from pspm.plans.routes.access import get_known_plan, get_viewable_plan


@bp.get("/plans/<plan>/files")
def plan_export(plan: str) -> str:
    """All files of a plan: of its versions for everyone, of the draft for those who may see it."""
    found, versions, may_view = get_known_plan(plan, page=page_number())
    return render_template("documents/plan_export.html", plan=found, page=versions, may_view=may_view)


@bp.get("/plans/<plan>/plan.xml")
def plan_stratml(plan: str) -> Response:
    """The draft as StratML."""
    found = get_viewable_plan(plan)
    response = _xml(write_plan(take_snapshot(found)), f"{found.public_id}-draft.xml")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/plans/<plan>/versions/<int:number>/plan.xml")
def version_stratml(plan: str, number: int) -> Response:
    """A version as StratML; public."""
    version = plan_queries.get_version(plan, number)
    content = write_plan(from_canonical_json(version.content), publication(version, version_address(version)))
    response = _xml(content, f"{plan}-v{number}.xml")
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.set_etag(version.sha256)
    return response.make_conditional(request)


def _xml(content: bytes, name: str) -> Response:
    response = FlaskResponse(content, mimetype="application/xml")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
