"""Prepare, start, extend and close a round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from pspm.accounts.models import Body, User
from pspm.core import jobs
from pspm.core.clock import now
from pspm.core.errors import InvalidInput, StateConflict
from pspm.extensions import db
from pspm.plans import services as plan_services
from pspm.plans.models import Plan, PlanStatus
from pspm.reviews.models import Audience, Round, RoundState
from pspm.reviews.services.stamps import raise_round

INVITATION_JOB = "reviews.invite"


def create_round(
    *,
    plan: Plan,
    author: User,
    title: str,
    audience: Audience,
    opens_at: datetime,
    closes_at: datetime,
    introduction: str = "",
    bodies: Sequence[Body] = (),
) -> Round:
    """Prepare a round; nobody is asked anything before it is started."""
    _check_times(opens_at, closes_at)
    _check_audience(audience, bodies)
    round = Round(
        plan=plan,
        created_by=author,
        title=title,
        introduction=introduction,
        audience=audience,
        opens_at=opens_at,
        closes_at=closes_at,
        bodies=list(bodies),
    )
    db.session.add(round)
    db.session.flush()
    return round


def update_round(
    *,
    round: Round,
    author: User,
    title: str,
    audience: Audience,
    opens_at: datetime,
    closes_at: datetime,
    introduction: str = "",
    bodies: Sequence[Body] = (),
) -> None:
    """Change a round that has not closed. Bodies that join a started one are invited at once."""
    state = round.state_at(now())
    if state is RoundState.CLOSED:
        raise StateConflict(_("This round has closed."))
    if state is RoundState.OPEN:
        opens_at = round.opens_at
    if state is not RoundState.PREPARED:
        audience = round.audience
    _check_times(opens_at, closes_at)
    _check_audience(audience, bodies)
    newcomers = [body.id for body in bodies if body not in round.bodies]
    round.title, round.introduction, round.audience = title, introduction, audience
    round.opens_at, round.closes_at = opens_at, closes_at
    round.bodies = list(bodies)
    raise_round(round)
    if state is not RoundState.PREPARED and newcomers:
        _invite(round, author, newcomers, reviewers=False)
    db.session.flush()


def start_round(*, round: Round, author: User) -> None:
    """Freeze the plan's text and invite; from its opening time on the round takes contributions."""
    moment = now()
    if round.state_at(moment) is not RoundState.PREPARED:
        raise StateConflict(_("This round was started already."))
    if round.closes_at <= moment:
        raise StateConflict(_("The closing time has passed: choose a later one before you start the round."))
    plan_services.start_consultation(plan=round.plan, author=author)
    round.started_at, round.plan_title = moment, round.plan.title
    raise_round(round)
    _invite(round, author, [body.id for body in round.bodies], reviewers=True)
    db.session.flush()


def close_round(*, round: Round, author: User) -> None:
    """End the round, now or after its time, and open the plan's text for consolidation.

    A round that has not opened yet goes back to being prepared.
    """
    state = round.state_at(now())
    if state is RoundState.PREPARED or round.plan.status is not PlanStatus.CONSULTATION:
        raise StateConflict(_("This round is not running."))
    if state is RoundState.COMING:
        round.started_at = round.plan_title = None
    else:
        round.closes_at = min(round.closes_at, now())
    plan_services.end_consultation(plan=round.plan, author=author)
    raise_round(round)
    db.session.flush()


def _invite(round: Round, author: User, body_ids: list[int], *, reviewers: bool) -> None:
    """Write to the people of the bodies and, with `reviewers`, to those of the plan."""
    jobs.enqueue(
        INVITATION_JOB,
        created_by_id=author.id,
        round_id=round.id,
        body_ids=body_ids,
        reviewers=reviewers,
    )


def _check_times(opens_at: datetime, closes_at: datetime) -> None:
    if closes_at <= opens_at:
        raise InvalidInput(fields={"closes_at": _("The round must close after it opens.")})


def _check_audience(audience: Audience, bodies: Sequence[Body]) -> None:
    if audience is Audience.INVITED and not bodies:
        raise InvalidInput(fields={"bodies": _("Choose at least one body to invite.")})
