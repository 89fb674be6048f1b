"""Who may do what in `reviews`; pure. What the round's state allows is for the services to say."""

from __future__ import annotations

from pspm.accounts.models import User
from pspm.plans import policies as plan_policies
from pspm.plans.models import PlanRole, PlanStatus
from pspm.reviews.models import Audience, Contribution, Round


def can_coordinate(user: User, round: Round) -> bool:
    """Prepare, start and close the round, decide on contributions and publish the decisions."""
    return plan_policies.can_coordinate(user, round.plan)


def answers_for(user: User, round: Round) -> bool:
    """Whether `user` is one of those who write the plan: they reply, they do not comment."""
    return user.is_authenticated and plan_policies.can_edit(user, round.plan)


def is_addressed(user: User, round: Round) -> bool:
    """Whether the round asks `user`: all who are signed in, or invited bodies and the plan's reviewers."""
    if not user.is_authenticated:
        return False
    if round.audience is Audience.SIGNED_IN:
        return True
    if any(body.id in user.body_ids for body in round.bodies):
        return True
    return any(m.user_id == user.id and m.role is PlanRole.REVIEWER for m in round.plan.members)


def can_view(user: User, round: Round) -> bool:
    """Read the plan as the round shows it, with all contributions.

    Once a later draft is begun its words are not for those who were asked about the earlier ones.
    """
    if not user.is_authenticated:
        return False
    is_shown = round.started_at is not None and round.plan.status is not PlanStatus.DRAFT
    if is_shown and is_addressed(user, round):
        return True
    return plan_policies.can_view(user, round.plan)


def can_view_register(user: User, round: Round) -> bool:
    """Everybody, once decisions are published: that is what was promised to those who wrote."""
    return round.published_at is not None or can_view(user, round)


def can_comment(user: User, round: Round) -> bool:
    return is_addressed(user, round) and not answers_for(user, round)


def can_reply(user: User, round: Round) -> bool:
    return is_addressed(user, round) or answers_for(user, round)


def can_change(user: User, contribution: Contribution) -> bool:
    """Edit or withdraw: one's own only."""
    return user.is_authenticated and contribution.author_id == user.id
