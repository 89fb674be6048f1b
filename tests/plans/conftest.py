"""A plan at work and the people around it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from pspm.accounts.models import User
from pspm.plans import services
from pspm.plans.models import Item, ItemKind, Plan
from tests.factories import make_body, make_user


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
