"""Links between practices and the items of plans, made from either side."""

from __future__ import annotations

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.core.errors import NotFound
from pspm.core.web import done, page_number, require, sign_in_required, writes
from pspm.plans import approved
from pspm.plans import policies as plan_policies
from pspm.plans.models import Item
from pspm.practices import queries, services
from pspm.practices.forms import LinkSearchForm
from pspm.practices.routes.access import get_editable_practice, get_readable_practice
from pspm.practices.routes.blueprint import bp
from pspm.practices.search import Filters

MAX_FOUND = 10


@bp.get("/<practice>/links")
@sign_in_required
def link_list(practice: str) -> str:
    found = get_editable_practice(practice)
    form = LinkSearchForm(request.args)
    return render_template(
        "practices/link_list.html",
        practice=found,
        form=form,
        linked=queries.list_linked_items(found, current_user),
        items=queries.find_items_to_link(found, current_user, form.q.data or ""),
    )


@bp.post("/<practice>/links/<item>")
@sign_in_required
@writes
def link_add(practice: str, item: str) -> Response:
    found = get_editable_practice(practice)
    services.link_item(practice=found, item=_get_known_item(item))
    return done(_("The practice is linked."), "practices.link_list", practice=found.public_id)


@bp.post("/<practice>/links/<item>/delete")
@sign_in_required
@writes
def link_delete(practice: str, item: str) -> Response:
    found = get_editable_practice(practice)
    services.unlink_item(practice=found, item=queries.get_item(item))
    return done(_("The link is taken away."), "practices.link_list", practice=found.public_id)


@bp.get("/for/<plan>/<item>")
def objective_practices(plan: str, item: str) -> str:
    found = _get_item_of(plan, item)
    may_view = plan_policies.can_view(current_user, found.plan)
    public = None if may_view else approved.find_in_latest([found.plan_id]).get(found.public_id)
    require(may_view or public is not None, hide=True)
    may_link = plan_policies.can_edit(current_user, found.plan)
    form = LinkSearchForm(request.args)
    return render_template(
        "practices/objective_practices.html",
        item=found,
        title=found.title if public is None else public.node.item.title,
        plan_title=found.plan.title if public is None else public.version.title,
        page=queries.list_practices_of(found, page=page_number()),
        form=form,
        may_link=may_link,
        offered=_find_practices(form.q.data or "") if may_link and form.q.data else [],
    )


def _find_practices(query: str) -> list[object]:
    found = queries.search_published(query=query, filters=Filters(), per_page=MAX_FOUND)
    return list(found.page.items)


@bp.post("/for/<plan>/<item>/<practice>")
@sign_in_required
@writes
def objective_practice_add(plan: str, item: str, practice: str) -> Response:
    found = _get_edited_item(plan, item)
    services.link_item(practice=get_readable_practice(practice), item=found)
    return done(_("The practice is linked."), "practices.objective_practices", plan=plan, item=item)


@bp.post("/for/<plan>/<item>/<practice>/delete")
@sign_in_required
@writes
def objective_practice_delete(plan: str, item: str, practice: str) -> Response:
    found = _get_edited_item(plan, item)
    services.unlink_item(practice=get_readable_practice(practice), item=found)
    return done(_("The link is taken away."), "practices.objective_practices", plan=plan, item=item)


def _get_item_of(plan_id: str, item_id: str) -> Item:
    item = queries.get_item(item_id)
    if item.plan.public_id != plan_id:
        raise NotFound()
    return item


def _get_edited_item(plan_id: str, item_id: str) -> Item:
    item = _get_item_of(plan_id, item_id)
    require(plan_policies.can_view(current_user, item.plan), hide=True)
    require(plan_policies.can_edit(current_user, item.plan))
    return item


def _get_known_item(item_id: str) -> Item:
    """An item that this person may see at work, or that everyone may read in an approved version."""
    item = queries.get_item(item_id)
    known = plan_policies.can_view(current_user, item.plan)
    require(known or item.public_id in approved.find_in_latest([item.plan_id]), hide=True)
    return item
