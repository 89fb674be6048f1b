"""Decide on contributions: drafted one by one, published together."""

from __future__ import annotations

from flask_babel import gettext as _

from pspm.accounts.models import User
from pspm.core import jobs
from pspm.core.clock import now
from pspm.core.errors import InvalidInput, StateConflict
from pspm.extensions import db
from pspm.plans.models import Revision
from pspm.reviews import queries
from pspm.reviews.models import Contribution, Decision, Outcome, Round
from pspm.reviews.services.stamps import lock_round, raise_thread, raise_threads

PUBLICATION_JOB = "reviews.tell_authors"


def draft_decision(
    *,
    contribution: Contribution,
    author: User,
    outcome: Outcome,
    reason: str,
    revision: Revision | None = None,
) -> Decision:
    """Decide, or decide anew; a published decision goes back to being a draft until it is published again."""
    lock_round(contribution.round)
    db.session.refresh(contribution, ["withdrawn_at", "decision"])
    if contribution.withdrawn_at is not None:
        raise StateConflict(_("This contribution was withdrawn: there is nothing to decide."))
    if contribution.parent_id is not None:
        raise StateConflict(_("Decide on the comment, not on a reply to it."))
    if not reason.strip():
        raise InvalidInput(fields={"reason": _("Give the reason for the decision.")})
    if revision is not None and revision.plan_id != contribution.round.plan_id:
        raise InvalidInput(fields={"revision": _("Choose a change of this plan.")})
    decision = contribution.decision or Decision(contribution=contribution)
    decision.outcome, decision.reason = outcome, reason.strip()
    decision.revision, decision.decided_by = revision, author
    was_public, decision.published_at = decision.published_at is not None, None
    db.session.add(decision)
    if was_public:
        raise_thread(contribution.round, contribution.item_id)
    db.session.flush()
    return decision


def publish_decisions(*, round: Round, author: User) -> int:
    """Publish all drafted decisions of the round and tell the authors; gives their number."""
    lock_round(round)
    decisions = queries.list_drafted_decisions(round)
    if not decisions:
        raise StateConflict(_("There are no drafted decisions to publish."))
    moment = now()
    for decision in decisions:
        decision.published_at = moment
    if round.published_at is None:
        round.published_at = moment
    raise_threads(round, {decision.contribution.item_id for decision in decisions})
    jobs.enqueue(
        PUBLICATION_JOB,
        created_by_id=author.id,
        round_id=round.id,
        decision_ids=[decision.id for decision in decisions],
    )
    db.session.flush()
    return len(decisions)
