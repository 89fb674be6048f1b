"""A plan at work, for the pages that span features."""

from __future__ import annotations

from typing import Any

import pytest

from pspm.accounts.models import Body, User
from pspm.extensions import db
from pspm.plans import services as plan_services
from pspm.plans.models import Plan
from pspm.practices import services as practice_services
from pspm.practices.models import PracticeStatus
from tests.factories import make_body, make_plan, make_practice, make_user


@pytest.fixture
def body(app: Any) -> Body:
    return make_body(name="Ministry of Tests")


@pytest.fixture
def coordinator(body: Body) -> User:
    return make_user(body=body)


@pytest.fixture
def plan(body: Body, coordinator: User) -> Plan:
    return make_plan(body=body, coordinator=coordinator, title="ICT plan")


def approve(plan: Plan) -> None:
    plan_services.approve_plan(plan=plan, author=plan.created_by, note="")
    db.session.flush()


def publish_practice(**values: Any) -> Any:
    practice = make_practice(status=PracticeStatus.SUBMITTED, **values)
    practice_services.publish_practice(practice=practice)
    return practice
