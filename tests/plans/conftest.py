"""A plan at work and the people around it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from pspm.accounts.models import User
from pspm.plans import services
from pspm.plans.models import IndicatorType, Item, ItemKind, Plan
from pspm.plans.snapshot import TargetSnapshot
from tests.client import CheckedClient
from tests.factories import make_body, make_user

SECTION, GOAL, OBJECTIVE, ACTION, INDICATOR = ItemKind
SignIn = Callable[[User], CheckedClient]


@pytest.fixture
def author(app: Flask) -> User:
    return make_user(body=make_body())


@pytest.fixture
def plan(author: User) -> Plan:
    """An empty draft, coordinated by `author`."""
    return services.create_plan(
        body=author.memberships[0].body,
        author=author,
        title="Plan of the library service",
        language="en",
        start_year=2026,
        end_year=2028,
    )


@pytest.fixture
def add(plan: Plan, author: User) -> Any:
    """`add(ItemKind.GOAL, None, title="…")`: an item through the service."""

    def adding(kind: ItemKind, parent: Item | None = None, **values: Any) -> Any:
        values = {"title": kind.value.capitalize(), **values}
        return services.add_item(plan=plan, parent=parent, kind=kind, author=author, values=values)

    return adding


@pytest.fixture
def editor(author: User, plan: Plan, sign_in: SignIn) -> CheckedClient:
    return sign_in(author)


@pytest.fixture
def tree(add: Any) -> dict[str, Any]:
    goal = add(GOAL, title="Open library")
    objective = add(OBJECTIVE, goal, title="Longer hours")
    action = add(ACTION, objective, title="Hire porters")
    indicator = add(
        INDICATOR,
        objective,
        title="Hours a week",
        indicator_type=IndicatorType.FINANCIAL,
        weight=Decimal(40),
        targets=(TargetSnapshot(year=2026, value=Decimal("1234.5")), TargetSnapshot(year=2031, text="later")),
    )
    return {"goal": goal, "objective": objective, "action": action, "indicator": indicator}
