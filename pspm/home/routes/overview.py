"""The first page, and the page of one item."""

from __future__ import annotations

from flask import render_template
from flask_login import current_user

from pspm.core.clock import now
from pspm.core.errors import NotFound
from pspm.core.web import page_number
from pspm.home import items, queries
from pspm.home.routes.blueprint import bp
from pspm.plans import policies as plan_policies
from pspm.plans import queries as plan_queries
from pspm.practices import policies as practice_policies
from pspm.practices import queries as practice_queries
from pspm.reviews import queries as review_queries
from pspm.reviews.models import RoundState

SHOWN = 3


@bp.get("/")
def home_show() -> str:
    moment = now()
    rounds = review_queries.list_rounds(current_user, moment, state=RoundState.OPEN)
    plans = plan_queries.list_approved_plans()
    return render_template(
        "home/home_show.html",
        rounds=rounds.items[:SHOWN],
        round_count=rounds.total,
        versions=plans.items[:SHOWN],
        plan_count=plans.total,
        practices=practice_queries.list_latest(SHOWN),
        may_propose=practice_policies.can_propose(current_user),
    )


@bp.get("/plans/<plan>/items/<item>/chain")
def item_show(plan: str, item: str) -> str:
    found = plan_queries.get_plan(plan)
    is_viewer = plan_policies.can_view(current_user, found)
    view = items.find_view(found, item, at_work=is_viewer)
    if view is None:
        raise NotFound()
    return render_template(
        "home/item_show.html",
        plan=found,
        view=view,
        versions=queries.list_versions_with(found, item),
        comments=queries.list_comments_on(view.item, only_published=not is_viewer, page=page_number()),
        practices=practice_queries.list_practices_of(view.item).items[:SHOWN],
        is_viewer=is_viewer,
    )
