"""“You said, we did”: all comments of a round with what became of them, as a page and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.core.csvfile import csv_lines
from pspm.core.mail import link_to
from pspm.core.web import page_number
from pspm.plans.terms import term as plan_term
from pspm.reviews import policies, queries, reading
from pspm.reviews.forms import RegisterFilter
from pspm.reviews.models import Contribution, Round
from pspm.reviews.routes.access import get_registered_round
from pspm.reviews.routes.blueprint import bp
from pspm.reviews.routes.decisions import item_choices
from pspm.reviews.terms import term


@bp.get("/rounds/<round>/register")
def register_show(round: str) -> str:
    """Public once decisions are published."""
    found = get_registered_round(round)
    form = RegisterFilter(item_choices(found), queries.list_register_bodies(found))
    return render_template(
        "reviews/register_show.html",
        round=found,
        form=form,
        numbers=reading.item_numbers(found.plan),
        page=queries.list_register(found, form.wanted, page=page_number()),
        tally=queries.tally(found),
        outcomes=queries.count_outcomes(found),
        coordinates=policies.can_coordinate(current_user, found),
        reads=policies.can_view(current_user, found),
    )


@bp.get("/rounds/<round>/register.csv")
def register_csv(round: str) -> Response:
    """What the page shows under the same filters, all of it."""
    found = get_registered_round(round)
    wanted = RegisterFilter((), ()).wanted
    lines = csv_lines(_rows(found, queries.stream_register(found, wanted)))
    return Response(
        "".join(lines),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="register-{found.public_id}.csv"'},
    )


def _rows(round: Round, contributions: Iterator[Contribution]) -> Iterator[list[Any]]:
    yield [
        _("Contribution"),
        _("Number"),
        _("Part of the plan"),
        _("Kind"),
        _("About"),
        _("Words commented on"),
        _("Comment"),
        _("Language"),
        _("By"),
        _("Body"),
        _("Written at"),
        _("Outcome"),
        _("Reason"),
        _("Published at"),
        _("Address"),
    ]
    numbers = reading.item_numbers(round.plan)
    for each in contributions:
        yield [*_said(each, numbers), *_did(each), _address(round, each)]


def _said(contribution: Contribution, numbers: dict[str, str]) -> list[Any]:
    item = contribution.item
    about = [
        contribution.public_id,
        numbers.get(item.public_id, ""),
        contribution.item_title,
        plan_term(item.kind),
    ]
    if contribution.withdrawn_at:
        return [*about, "", "", _("Withdrawn by its author."), "", "", "", ""]
    body = contribution.body.name if contribution.body else ""
    return [
        *about,
        term(contribution.aspect),
        contribution.quote,
        contribution.text,
        contribution.language,
        contribution.author.name,
        body,
        contribution.created_at.isoformat(timespec="seconds"),
    ]


def _did(contribution: Contribution) -> list[Any]:
    decision = contribution.published_decision
    if contribution.withdrawn_at:
        return ["", "", ""]
    if decision is None or decision.published_at is None:
        return [_("Not answered yet"), "", ""]
    published = decision.published_at.isoformat(timespec="seconds")
    return [term(decision.outcome), decision.reason, published]


def _address(round: Round, contribution: Contribution) -> str:
    return link_to("reviews.contribution_show", round=round.public_id, contribution=contribution.public_id)
