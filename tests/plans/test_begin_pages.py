"""Beginning a plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pspm.accounts.models import BodyRole, BodyStatus, User
from pspm.extensions import db
from pspm.plans.models import Plan, PlanRole
from tests.client import CheckedClient
from tests.factories import make_body, make_user

SignIn = Callable[[User], CheckedClient]


def new_plan(leader: Any, **changes: Any) -> dict[str, Any]:
    return {
        "body": leader.public_id,
        "template_key": "ict",
        "title": "Plan 2027-2029",
        "language": "it",
        "start_year": "2027",
        "end_year": "2029",
        **changes,
    }


def test_begin_a_plan_from_a_template(sign_in: SignIn, app: Any) -> None:
    body = make_body()
    client = sign_in(make_user(body=body, role=BodyRole.PLANNER))
    assert "Three-year ICT strategic plan" in client.get("/plans/new").text
    answer = client.post("/plans/new", data=new_plan(body))
    assert answer.status_code == 303
    plan = db.session.query(Plan).one()
    assert (plan.language, plan.template_key, plan.start_year) == ("it", "ict", 2027)
    assert plan.members[0].role is PlanRole.COORDINATOR
    assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"end_year": "2020"},
        {"end_year": "2099"},
        {"end_year": "soon"},
        {"body": "x"},
        {"template_key": "x"},
    ],
)
def test_wrong_beginnings_are_refused(sign_in: SignIn, app: Any, changes: dict[str, str]) -> None:
    body = make_body()
    client = sign_in(make_user(body=body))
    answer = client.post("/plans/new", data=new_plan(body, **changes))
    assert answer.status_code == 422
    assert db.session.query(Plan).count() == 0


def test_members_of_no_body_do_not_begin_plans(sign_in: SignIn, app: Any) -> None:
    body = make_body()
    client = sign_in(make_user(body=body, role=BodyRole.MEMBER))
    assert client.get("/plans/new").status_code == 403
    assert client.post("/plans/new", data=new_plan(body)).status_code == 403


def test_a_body_that_waits_for_approval_begins_no_plan(sign_in: SignIn, app: Any) -> None:
    body = make_body(status=BodyStatus.REQUESTED)
    client = sign_in(make_user(body=body))
    answer = client.post("/plans/new", data=new_plan(body))
    assert answer.status_code in (403, 409)
    assert db.session.query(Plan).count() == 0
