"""What waits for the person who is signed in."""

from __future__ import annotations

from flask import render_template
from flask_login import current_user

from pspm.accounts import policies as account_policies
from pspm.accounts import queries as account_queries
from pspm.core.clock import now
from pspm.core.web import sign_in_required
from pspm.home import queries
from pspm.home.routes.blueprint import bp
from pspm.plans import policies as plan_policies
from pspm.plans import queries as plan_queries
from pspm.practices import policies as practice_policies


@bp.get("/work")
@sign_in_required
def work_show() -> str:
    decides = account_policies.can_decide_requests(current_user)
    checks = practice_policies.can_review(current_user)
    return render_template(
        "home/work_show.html",
        # Somebody without a body: what they asked to join, or how to begin.
        waiting=[] if current_user.body_ids else account_queries.list_own_memberships(current_user),
        desks=queries.list_desks(current_user),
        rounds=queries.list_rounds_to_comment(current_user, now()),
        plans=queries.list_plans_at_work(current_user),
        join_requests=queries.list_join_requests(current_user),
        body_requests=queries.count_body_requests() if decides else 0,
        body_invitations=account_queries.list_own_invitations(current_user),
        plan_invitations=plan_queries.list_own_plan_invitations(current_user),
        to_check=queries.count_practices_to_check() if checks else 0,
        practices=queries.list_practices_to_finish(current_user),
        may_begin=plan_policies.can_create_any(current_user),
        may_propose=practice_policies.can_propose(current_user),
    )
