"""The decision desk: a coordinator works through the comments of a round."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, render_template, request
from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from pspm.core.web import Answer, page_number, see_other, sign_in_required, writes
from pspm.plans import queries as plan_queries
from pspm.plans.changes import field_changes
from pspm.plans.models import Revision
from pspm.plans.terms import term as plan_term
from pspm.reviews import queries, reading, services
from pspm.reviews.forms import DecisionForm, DeskFilter
from pspm.reviews.models import Contribution, Outcome, Round
from pspm.reviews.routes.access import get_coordinated_round
from pspm.reviews.routes.blueprint import bp


@bp.get("/rounds/<round>/decisions")
@sign_in_required
def decision_list(round: str) -> str:
    found = get_coordinated_round(round)
    form = DeskFilter(item_choices(found))
    return render_template(
        "reviews/decision_list.html",
        round=found,
        form=form,
        numbers=reading.item_numbers(found.plan),
        page=queries.list_comments_to_decide(found, form.wanted, page=page_number()),
        tally=queries.tally(found),
    )


@bp.get("/rounds/<round>/decisions/<contribution>")
@sign_in_required
def decision_edit(round: str, contribution: str) -> str:
    found, row = _get_comment(round, contribution)
    changes = queries.list_changes_since(row)
    decision = row.decision
    values = {}
    if decision is not None:
        linked = decision.revision.public_id if decision.revision else ""
        values = {"outcome": decision.outcome.value, "reason": decision.reason, "revision": linked}
    form = DecisionForm(_labels(found, changes), formdata=None, **values)
    return _edit_page(found, row, form, changes)


@bp.post("/rounds/<round>/decisions/<contribution>")
@sign_in_required
@writes
def decision_update(round: str, contribution: str) -> Answer:
    found, row = _get_comment(round, contribution)
    changes = queries.list_changes_since(row)
    form = DecisionForm(_labels(found, changes))
    if not form.validate():
        return _edit_page(found, row, form, changes), 422
    linked = form.revision.data
    services.draft_decision(
        contribution=row,
        author=current_user,
        outcome=Outcome(form.outcome.data),
        reason=form.reason.data or "",
        revision=plan_queries.get_revision(linked) if linked else None,
    )
    flash(_("The decision is kept as a draft. Publish all drafts together when you are ready."), "success")
    following = queries.find_next_undecided(found, row) if "next" in request.form else None
    if following is None:
        return see_other("reviews.decision_list", round=found.public_id)
    return see_other("reviews.decision_edit", round=found.public_id, contribution=following.public_id)


@bp.get("/rounds/<round>/decisions/publish")
@sign_in_required
def decision_publish_confirm(round: str) -> str:
    found = get_coordinated_round(round)
    return render_template("reviews/decision_publish.html", round=found, tally=queries.tally(found))


@bp.post("/rounds/<round>/decisions/publish")
@sign_in_required
@writes
def decision_publish(round: str) -> Answer:
    found = get_coordinated_round(round)
    number = services.publish_decisions(round=found, author=current_user)
    flash(
        ngettext("One decision is published.", "%(num)s decisions are published.", number)
        + " "
        + _("The authors are told by e-mail."),
        "success",
    )
    return see_other("reviews.register_show", round=found.public_id)


def item_choices(round: Round) -> list[tuple[str, str]]:
    """The items that have comments, by number and consulted title, for a filter."""
    numbers = reading.item_numbers(round.plan)
    places = {public_id: place for place, public_id in enumerate(numbers)}
    titles = queries.list_commented_titles(round)
    items = sorted(titles, key=lambda public_id: places.get(public_id, len(places)))
    return [(each, f"{numbers.get(each, '')} {titles[each]}".strip()) for each in items]


def _get_comment(round_id: str, public_id: str) -> tuple[Round, Contribution]:
    found = get_coordinated_round(round_id)
    return found, queries.get_contribution(found, public_id)


def _labels(round: Round, changes: Sequence[Revision]) -> list[tuple[str, str]]:
    numbers = reading.item_numbers(round.plan)
    return [(each.public_id, _label(numbers.get(each.item.public_id, ""), each)) for each in changes]


def _label(number: str, revision: Revision) -> str:
    when = format_datetime(revision.created_at, "short")
    what = f"{plan_term(revision.kind)}, {revision.author.name}, {when}"
    return f"{number} {revision.item.title} – {what}".strip()


def _edit_page(
    round: Round, contribution: Contribution, form: DecisionForm, changes: Sequence[Revision]
) -> str:
    labels = _labels(round, changes)
    return render_template(
        "reviews/decision_edit.html",
        round=round,
        contribution=contribution,
        number=reading.item_numbers(round.plan).get(contribution.item.public_id, ""),
        earlier=reading.earlier_texts(contribution.item, [contribution]),
        form=form,
        changes=[(label, _diff(each)) for each, (_id, label) in zip(changes, labels, strict=True)],
        tally=queries.tally(round),
    )


def _diff(revision: Revision) -> Sequence[object]:
    return field_changes(revision.before, revision.after)
