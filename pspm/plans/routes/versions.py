"""Approved versions: public, permanent, comparable."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.core.errors import NotFound
from pspm.core.web import page_number
from pspm.plans import approved, policies, queries
from pspm.plans.canonical import from_canonical_json
from pspm.plans.compare import compare_snapshots
from pspm.plans.forms.filters import CompareForm
from pspm.plans.models import Plan
from pspm.plans.routes.access import get_known_plan
from pspm.plans.routes.blueprint import bp
from pspm.plans.tree import build_snapshot_tree

FOR_EVER = 31_536_000
"""A year, in seconds: what HTTP caches take for ever."""


@bp.get("/plans/<plan>/versions/")
def version_list(plan: str) -> str:
    found, versions, may_view = get_known_plan(plan, page=page_number())
    return render_template("plans/version_list.html", plan=found, page=versions, may_view=may_view)


@bp.get("/plans/<plan>/versions/<int:number>")
def version_show(plan: str, number: int) -> str:
    version = queries.get_version(plan, number)
    snapshot = from_canonical_json(version.content)
    latest = queries.find_latest_version(version.plan)
    may_view = policies.can_view(current_user, version.plan)
    return render_template(
        "plans/version_show.html",
        version=version,
        snapshot=snapshot,
        nodes=build_snapshot_tree(snapshot.items),
        latest=latest,
        may_view=may_view,
        with_pages=_items_with_pages(version.plan, may_view=may_view),
    )


def _items_with_pages(plan: Plan, *, may_view: bool) -> frozenset[str]:
    """The items whose own pages the reader may open: those of the latest version, and of the plan at work."""
    at_work = queries.list_item_ids(plan) if may_view else ()
    return frozenset((*approved.find_in_latest([plan.id]), *at_work))


@bp.get("/plans/<plan>/versions/<int:number>/plan.json")
def version_json(plan: str, number: int) -> Response:
    """The very bytes that the hash is of; they never change."""
    version = queries.get_version(plan, number)
    response = FlaskResponse(version.content, mimetype="application/json")
    response.set_etag(version.sha256)
    response.cache_control.public = True
    response.cache_control.max_age = FOR_EVER
    response.cache_control.immutable = True
    name = f"{version.plan.public_id}-v{version.number}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response.make_conditional(request)


@bp.get("/plans/<plan>/versions/compare")
def version_compare(plan: str) -> str:
    """Any two versions; without a choice the latest two."""
    found = queries.get_plan(plan)
    numbers = queries.list_version_numbers(found)
    if not numbers:
        raise NotFound()
    form = CompareForm(numbers)
    old, new = (queries.get_version(plan, number) for number in form.pair)
    before, after = from_canonical_json(old.content), from_canonical_json(new.content)
    return render_template(
        "plans/version_compare.html",
        form=form,
        old=old,
        new=new,
        comparison=compare_snapshots(before, after),
        labels=after.labels,
    )
