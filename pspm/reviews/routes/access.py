"""Loading a round for a page, and who may open it."""

from __future__ import annotations

from flask_login import current_user

from pspm.core.clock import now
from pspm.core.web import require
from pspm.reviews import policies, queries
from pspm.reviews.models import Round, RoundState


def get_readable_round(public_id: str) -> Round:
    """The round, for those whom it asks and those who work on the plan; to others it does not exist."""
    round = queries.get_round(public_id)
    require(policies.can_view(current_user, round), hide=True)
    return round


def get_coordinated_round(public_id: str) -> Round:
    """The same, for those who run the plan."""
    round = get_readable_round(public_id)
    require(policies.can_coordinate(current_user, round))
    return round


def get_registered_round(public_id: str) -> Round:
    """The same, and for everybody once decisions are published."""
    round = queries.get_round(public_id)
    require(policies.can_view_register(current_user, round), hide=True)
    return round


def may_comment_now(round: Round) -> bool:
    """Whether to offer the person a form: they may, and the round is open."""
    return round.state_at(now()) is RoundState.OPEN and policies.can_comment(current_user, round)


def may_reply_now(round: Round) -> bool:
    """The same for replies; those who write the plan may also answer after the round has closed."""
    state = round.state_at(now())
    if policies.answers_for(current_user, round):
        return state in (RoundState.OPEN, RoundState.CLOSED)
    return state is RoundState.OPEN and policies.can_reply(current_user, round)
