"""The words of `reviews` as people read them: states, aspects and outcomes."""

from __future__ import annotations

import enum
from typing import Any

from flask_babel import lazy_gettext as _l

from pspm.plans.models import ItemKind
from pspm.reviews.models import Aspect, Audience, Outcome, RoundState
from pspm.reviews.queries import DecisionState

TERMS: dict[enum.Enum, Any] = {
    RoundState.PREPARED: _l("In preparation"),
    RoundState.COMING: _l("Opens soon"),
    RoundState.OPEN: _l("Open"),
    RoundState.CLOSED: _l("Closed"),
    Audience.INVITED: _l("Invited bodies only"),
    Audience.SIGNED_IN: _l("Everyone who is signed in"),
    Outcome.ACCEPTED: _l("Accepted"),
    Outcome.PARTLY_ACCEPTED: _l("Partly accepted"),
    Outcome.NOT_ACCEPTED: _l("Not accepted"),
    Outcome.DEFERRED: _l("Deferred"),
    Outcome.ANSWERED: _l("Answered"),
    DecisionState.UNDECIDED: _l("Not decided"),
    DecisionState.DRAFTED: _l("Drafted"),
    DecisionState.PUBLISHED: _l("Published"),
    Aspect.GENERAL: _l("General remark"),
    Aspect.DIRECTION: _l("Right direction?"),
    Aspect.AMBITION: _l("Ambitious enough?"),
    Aspect.CLARITY: _l("Clear?"),
    Aspect.MEASURE: _l("Right measure?"),
    Aspect.TARGET: _l("On the target"),
}

QUESTIONS: dict[ItemKind, dict[Aspect, Any]] = {
    ItemKind.SECTION: {
        Aspect.GENERAL: _l("A general remark"),
        Aspect.CLARITY: _l("Is the text clear?"),
    },
    ItemKind.GOAL: {
        Aspect.GENERAL: _l("A general remark"),
        Aspect.DIRECTION: _l("Does it go in the right direction?"),
        Aspect.AMBITION: _l("Is it ambitious enough, and still within reach?"),
        Aspect.CLARITY: _l("Is it clear?"),
    },
    ItemKind.ACTION: {
        Aspect.GENERAL: _l("A general remark"),
        Aspect.DIRECTION: _l("Is it the right thing to do for the objective?"),
        Aspect.CLARITY: _l("Is it clear?"),
    },
    ItemKind.INDICATOR: {
        Aspect.GENERAL: _l("A general remark"),
        Aspect.MEASURE: _l("Is it the right measure?"),
        Aspect.TARGET: _l("Is the target right?"),
        Aspect.CLARITY: _l("Is it clear?"),
    },
}
"""What is asked of the readers of an item, by its kind."""
QUESTIONS[ItemKind.OBJECTIVE] = QUESTIONS[ItemKind.GOAL]


def term(member: enum.Enum) -> str:
    """What people call a state, an aspect or an outcome."""
    return str(TERMS[member])
