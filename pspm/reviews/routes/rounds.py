"""Rounds: the list, and what a coordinator does with one."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from pspm.accounts import queries as account_queries
from pspm.accounts.models import Body
from pspm.core.clock import now
from pspm.core.errors import DomainError
from pspm.core.web import Answer, done, page_number, sign_in_required, writes
from pspm.plans import policies as plan_policies
from pspm.plans import queries as plan_queries
from pspm.plans.models import Plan
from pspm.plans.routes.access import get_coordinated_plan
from pspm.reviews import queries, services
from pspm.reviews.forms import RoundForm
from pspm.reviews.models import Round, RoundState
from pspm.reviews.routes.access import get_coordinated_round
from pspm.reviews.routes.blueprint import bp


@bp.get("/rounds")
def round_list() -> str:
    """Public; each reader sees the rounds that they may know of."""
    moment = now()
    plan = plan_queries.get_plan(request.args["plan"]) if request.args.get("plan") else None
    state = next((each for each in RoundState if each.value == request.args.get("state")), None)
    page = queries.list_rounds(current_user, moment, plan=plan, state=state, page=page_number())
    return render_template(
        "reviews/round_list.html",
        page=page,
        moment=moment,
        plan=plan if plan is not None and plan_policies.can_view(current_user, plan) else None,
        may_create=plan is not None and plan_policies.can_coordinate(current_user, plan),
        state=state,
        counts=queries.count_contributions(page.items),
    )


@bp.get("/plans/<plan>/rounds/new")
@sign_in_required
def round_new(plan: str) -> str:
    found = get_coordinated_plan(plan)
    return _form_page(RoundForm.suggested(now()), plan=found, round=None)


@bp.post("/plans/<plan>/rounds/new")
@sign_in_required
@writes
def round_create(plan: str) -> Answer:
    found = get_coordinated_plan(plan)

    def create(form: RoundForm, bodies: list[Body]) -> Round:
        return services.create_round(plan=found, author=current_user, bodies=bodies, **form.values())

    return _save(create, plan=found, round=None)


@bp.get("/rounds/<round>/edit")
@sign_in_required
def round_edit(round: str) -> str:
    found = get_coordinated_round(round)
    return _form_page(RoundForm.of(found, found.state_at(now())), plan=found.plan, round=found)


@bp.post("/rounds/<round>/edit")
@sign_in_required
@writes
def round_update(round: str) -> Answer:
    found = get_coordinated_round(round)

    def update(form: RoundForm, bodies: list[Body]) -> Round:
        services.update_round(round=found, author=current_user, bodies=bodies, **form.values())
        return found

    return _save(update, plan=found.plan, round=found)


@bp.get("/rounds/<round>/start")
@sign_in_required
def round_start_confirm(round: str) -> str:
    return render_template("reviews/round_start.html", round=get_coordinated_round(round))


@bp.post("/rounds/<round>/start")
@sign_in_required
@writes
def round_start(round: str) -> Answer:
    found = get_coordinated_round(round)
    services.start_round(round=found, author=current_user)
    return done(
        _("The round is started: the plan's text stays as it is until you close it."),
        "reviews.round_read",
        round=found.public_id,
    )


@bp.get("/rounds/<round>/close")
@sign_in_required
def round_close_confirm(round: str) -> str:
    found = get_coordinated_round(round)
    return render_template("reviews/round_close.html", round=found, state=found.state_at(now()))


@bp.post("/rounds/<round>/close")
@sign_in_required
@writes
def round_close(round: str) -> Answer:
    found = get_coordinated_round(round)
    services.close_round(round=found, author=current_user)
    return done(
        _("The round is closed. The plan's text can be changed again."),
        "reviews.round_read",
        round=found.public_id,
    )


def _save(save: Callable[[RoundForm, list[Body]], Round], *, plan: Plan, round: Round | None) -> Answer:
    """Save what was typed; or look for bodies to invite, if one named any, and show the form again.

    However the form was sent: Enter in the search field presses no button of its own.
    """
    form = RoundForm(round, _state(round))
    chosen = queries.list_bodies(form.bodies.data or [])
    words = form.body_search.data
    if words:
        found = account_queries.list_bodies(search=words).items
        form.offer(chosen, found)
        form.body_search.data = ""  # looked for: next time the round is saved
        return _form_page(form, plan=plan, round=round, found=len(found), words=words)
    form.offer(chosen)
    if "search" in request.form:
        return _form_page(form, plan=plan, round=round)
    if form.validate():
        try:
            saved = save(form, chosen)
        except DomainError as error:
            form.add_error(error)
        else:
            return done(_("The round is saved."), "reviews.round_read", round=saved.public_id)
    return _form_page(form, plan=plan, round=round), 422


def _form_page(
    form: RoundForm, *, plan: Plan, round: Round | None, found: int | None = None, words: str = ""
) -> str:
    """`found` is the number of bodies that a search for `words` has found."""
    return render_template(
        "reviews/round_edit.html", form=form, plan=plan, round=round, found=found, words=words
    )


def _state(round: Round | None) -> RoundState:
    return round.state_at(now()) if round else RoundState.PREPARED
