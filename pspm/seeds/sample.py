"""What has been loaded so far, by the keys that the data files use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from pspm.accounts.models import Body, User
from pspm.core import clock
from pspm.plans.models import Item, Plan, Revision

HOUR = 1 / 24
"""In days."""


@dataclass
class SamplePlan:
    """A plan with its items and the edits that contributions led to."""

    plan: Plan
    coordinator: User
    items: dict[str, Item] = field(default_factory=dict)
    edits: dict[str, Revision] = field(default_factory=dict)


@dataclass
class Sample:
    people: dict[str, User] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    plans: list[SamplePlan] = field(default_factory=list)

    def get_item(self, key: str) -> Item:
        """The item of whichever plan; keys are unique over all of them, but for sections."""
        return next(plan.items[key] for plan in self.plans if key in plan.items)


@contextmanager
def on_day(day: float) -> Iterator[None]:
    """Act as `day` days from now; before today for all that has a history."""
    with clock.shifted(timedelta(days=day)):
        yield
