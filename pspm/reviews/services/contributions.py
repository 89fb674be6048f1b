"""Comment, reply, edit and withdraw."""

from __future__ import annotations

from flask_babel import gettext as _

from pspm.accounts.models import MembershipStatus, User
from pspm.core.clock import now
from pspm.core.errors import InvalidInput, StateConflict
from pspm.extensions import db
from pspm.plans.models import Item, ItemKind, Revision
from pspm.reviews import policies, queries
from pspm.reviews.models import Aspect, Contribution, ContributionEdit, Round, RoundState
from pspm.reviews.services.stamps import lock_round, raise_thread
from pspm.reviews.words import find_quote, item_words

MAX_LENGTH = 10_000
ASPECTS = {
    ItemKind.SECTION: (Aspect.GENERAL, Aspect.CLARITY),
    ItemKind.GOAL: (Aspect.GENERAL, Aspect.DIRECTION, Aspect.AMBITION, Aspect.CLARITY),
    ItemKind.OBJECTIVE: (Aspect.GENERAL, Aspect.DIRECTION, Aspect.AMBITION, Aspect.CLARITY),
    ItemKind.ACTION: (Aspect.GENERAL, Aspect.DIRECTION, Aspect.CLARITY),
    ItemKind.INDICATOR: (Aspect.GENERAL, Aspect.MEASURE, Aspect.TARGET, Aspect.CLARITY),
}
"""What may be said of an item, by its kind."""


def add_contribution(
    *,
    round: Round,
    item: Item,
    revision: Revision,
    author: User,
    text: str,
    aspect: Aspect = Aspect.GENERAL,
    quote: str = "",
    language: str | None = None,
    parent: Contribution | None = None,
) -> Contribution:
    """A comment on `item` as it stands in `revision`, or a reply to `parent`.

    `language` is the one that it is written in; if nobody says, the author's, or else the plan's.

    Sent twice (a second press of the button, a page loaded again) it is kept once.
    """
    lock_round(round)
    for_plan = policies.answers_for(author, round)
    _check_taking(round, answer=for_plan and parent is not None)
    _check_place(round, item, revision, parent)
    contribution = Contribution(
        round_id=round.id,
        item_id=item.id,
        revision_id=revision.id,
        author_id=author.id,
        body_id=_writes_for(author, round),
        for_plan=for_plan,
        aspect=_checked_aspect(item, aspect) if parent is None else Aspect.GENERAL,
        text=_checked_text(text),
        language=language or author.locale or round.plan.language,
        quote="",
        parent_id=parent.id if parent is not None else None,
    )
    if quote.strip():
        _set_quote(contribution, revision, quote)
    return queries.find_twin(contribution) or _keep(contribution, round, parent)


def _keep(contribution: Contribution, round: Round, parent: Contribution | None) -> Contribution:
    db.session.add(contribution)
    raise_thread(round, contribution.item_id, added=1)
    db.session.flush()
    if parent is not None:
        db.session.expire(parent, ["replies"])
    return contribution


def edit_contribution(
    *, contribution: Contribution, text: str, aspect: Aspect | None = None, language: str | None = None
) -> None:
    """Change one's own words while the round is open; the earlier ones stay readable."""
    _lock(contribution)
    _check_changeable(contribution)
    text = _checked_text(text)
    if aspect is not None and contribution.parent_id is None:
        contribution.aspect = _checked_aspect(contribution.item, aspect)
    if text != contribution.text:
        db.session.add(ContributionEdit(contribution_id=contribution.id, text=contribution.text))
        contribution.text, contribution.edited_at = text, now()
    contribution.language = language or contribution.language
    raise_thread(contribution.round, contribution.item_id)
    db.session.flush()
    db.session.expire(contribution, ["edits"])


def withdraw_contribution(*, contribution: Contribution) -> None:
    """Take back one's own contribution while the round is open; its place and the replies stay."""
    _lock(contribution)
    _check_changeable(contribution)
    contribution.withdrawn_at = now()
    raise_thread(contribution.round, contribution.item_id, added=-1)
    db.session.flush()


def _lock(contribution: Contribution) -> None:
    """Read the contribution as it is now, when no other request can change it."""
    lock_round(contribution.round)
    db.session.refresh(contribution, ["text", "withdrawn_at", "decision"])


def _check_taking(round: Round, *, answer: bool) -> None:
    """The open round takes everything; those who write the plan may also answer after it."""
    state = round.state_at(now())
    if state is RoundState.OPEN or (answer and state is RoundState.CLOSED):
        return
    if state is RoundState.CLOSED:
        raise StateConflict(_("This round has closed and takes no more contributions."))
    raise StateConflict(_("This round has not opened yet."))


def _check_place(round: Round, item: Item, revision: Revision, parent: Contribution | None) -> None:
    if item.plan_id != round.plan_id or item.deleted_at is not None:
        raise InvalidInput(_("This part does not belong to the plan of the round."))
    if revision.item_id != item.id:
        raise InvalidInput(_("The text that you read does not belong to this part of the plan."))
    if parent is None:
        return
    if parent.round_id != round.id or parent.item_id != item.id or parent.parent_id is not None:
        raise InvalidInput(_("Choose the comment that you reply to."))
    if parent.withdrawn_at is not None:
        raise StateConflict(_("This comment was withdrawn and takes no replies."))


def _check_changeable(contribution: Contribution) -> None:
    if contribution.withdrawn_at is not None:
        raise StateConflict(_("This contribution was withdrawn."))
    if contribution.published_decision is not None:
        raise StateConflict(_("This contribution has been answered and cannot be changed any more."))
    _check_taking(contribution.round, answer=contribution.for_plan)


def _checked_text(text: str) -> str:
    text = text.strip()
    if not text:
        raise InvalidInput(fields={"text": _("Write your contribution.")})
    if len(text) > MAX_LENGTH:
        raise InvalidInput(
            fields={"text": _("Write at most %(number)s characters.", number=f"{MAX_LENGTH:,}")}
        )
    return text


def _checked_aspect(item: Item, aspect: Aspect) -> Aspect:
    if aspect not in ASPECTS[item.kind]:
        raise InvalidInput(fields={"aspect": _("Choose what your comment is about.")})
    return aspect


def _set_quote(contribution: Contribution, revision: Revision, quote: str) -> None:
    found = find_quote(item_words(revision.after), quote)
    if found is None:
        raise InvalidInput(
            fields={
                "quote": _("These words are not in the text. Copy them from it, or leave the field empty.")
            }
        )
    contribution.quote = found.exact
    contribution.quote_prefix, contribution.quote_suffix = found.prefix, found.suffix


def _writes_for(author: User, round: Round) -> int | None:
    """The invited body that the author belongs to, or else their first one."""
    own = [m.body_id for m in author.memberships if m.status is MembershipStatus.ACTIVE]
    if len(own) < 2:  # whether it is invited makes no difference
        return own[0] if own else None
    invited = {body.id for body in round.bodies}
    return next((body_id for body_id in own if body_id in invited), own[0])
