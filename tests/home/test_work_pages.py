"""The page that tells people what waits for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pspm.accounts.models import Body, BodyRole, BodyStatus, Membership, MembershipStatus, User
from pspm.core.clock import now
from pspm.extensions import db
from pspm.plans.models import Plan, PlanRole, PlanStatus
from pspm.practices.models import PracticeStatus
from pspm.reviews.models import Audience, Decision, Outcome
from tests.client import CheckedClient
from tests.factories import (
    make_body,
    make_contribution,
    make_plan,
    make_plan_member,
    make_practice,
    make_round,
    make_tree,
    make_user,
)

SignIn = Callable[[User], CheckedClient]


def test_work_asks_visitors_to_sign_in(client: CheckedClient) -> None:
    assert client.get("/work").status_code == 302


@pytest.mark.parametrize(
    ("role", "advice"),
    [
        (None, "You belong to no body yet"),
        (BodyRole.MEMBER, "asked to comment"),
        (BodyRole.PLANNER, "Begin a plan"),
    ],
)
def test_empty_work_says_what_to_do_next(
    sign_in: SignIn, body: Body, role: BodyRole | None, advice: str
) -> None:
    user = make_user(body=body, role=role) if role else make_user()
    assert advice in sign_in(user).get("/work").text


def test_coordinator_finds_plans_and_comments_to_decide(
    sign_in: SignIn, plan: Plan, coordinator: User
) -> None:
    tree = make_tree(plan)
    assert "ICT plan" in sign_in(coordinator).get("/work").text
    round = make_round(plan, started_at=now())
    for _ in range(2):
        make_contribution(round, tree["goal"], make_user())
    decided = make_contribution(round, tree["goal"], make_user())
    db.session.add(
        Decision(contribution=decided, outcome=Outcome.ACCEPTED, reason="Yes.", decided_by=coordinator)
    )
    page = sign_in(coordinator).get("/work").text
    assert "2 comments without a decision · 1 decision to publish" in page
    assert "Plans that you write" in page, "the way to a plan stays, though its text is frozen"
    plan.status = PlanStatus.APPROVED
    assert "Plans that you write" not in sign_in(coordinator).get("/work").text
    assert "Consultations that ask you" not in page


def test_somebody_without_a_body_learns_how_to_begin(sign_in: SignIn, plan: Plan, body: Body) -> None:
    user = make_user()
    make_round(plan, started_at=now(), audience=Audience.SIGNED_IN, title="For all")
    page = sign_in(user).get("/work").text
    assert "For all" in page
    assert "Do you work for a public body?" in page
    db.session.add(Membership(user=user, body=body, role=BodyRole.MEMBER, status=MembershipStatus.REQUESTED))
    db.session.flush()
    page = sign_in(user).get("/work").text
    assert f"You have asked to join {body.name}" in page
    assert "Do you work for a public body?" not in page


def test_planner_begins_a_plan_from_their_work(sign_in: SignIn, body: Body) -> None:
    assert "New plan" in sign_in(make_user(body=body, role=BodyRole.PLANNER)).get("/work").text
    assert "New plan" not in sign_in(make_user(body=body, role=BodyRole.MEMBER)).get("/work").text


def test_manager_of_the_body_can_step_in(sign_in: SignIn, plan: Plan, body: Body) -> None:
    manager = make_user(body=body, role=BodyRole.MANAGER)
    assert "ICT plan" in sign_in(manager).get("/work").text


def test_reader_finds_the_rounds_that_ask_them(sign_in: SignIn, plan: Plan, body: Body) -> None:
    guest_body = make_body()
    guest, reviewer, other = make_user(body=guest_body), make_user(), make_user()
    make_plan_member(plan, reviewer, PlanRole.REVIEWER)
    make_round(plan, started_at=now(), audience=Audience.INVITED, bodies=[guest_body], title="For guests")
    for person, asked in ((guest, True), (reviewer, True), (other, False)):
        assert ("For guests" in sign_in(person).get("/work").text) is asked
    plan.status = PlanStatus.CONSOLIDATION
    assert "For guests" not in sign_in(guest).get("/work").text


def test_requests_and_invitations_wait_for_whom_they_ask(sign_in: SignIn, body: Body) -> None:
    manager = make_user(body=body, role=BodyRole.MANAGER)
    db.session.add(
        Membership(user=make_user(), body=body, role=BodyRole.MEMBER, status=MembershipStatus.REQUESTED)
    )
    make_body(status=BodyStatus.REQUESTED)
    db.session.flush()
    assert "1 person asks to join" in sign_in(manager).get("/work").text
    page = sign_in(make_user(is_admin=True)).get("/work").text
    assert "1 body waits" in page
    assert "asks to join" not in page


def test_practices_wait_for_their_authors_and_curators(sign_in: SignIn, coordinator: User) -> None:
    practice = make_practice(author=coordinator, status=PracticeStatus.RETURNED, title="Try again")
    assert practice.title in sign_in(coordinator).get("/work").text
    practice.status = PracticeStatus.SUBMITTED
    assert "1 practice waits" in sign_in(make_user(is_curator=True)).get("/work").text
    assert "Try again" not in sign_in(coordinator).get("/work").text


def test_work_costs_the_same_with_many_entries(
    sign_in: SignIn, body: Body, coordinator: User, count_queries: Any
) -> None:
    def fill() -> None:
        plan = make_plan(body=body, coordinator=coordinator)
        make_contribution(make_round(plan, started_at=now()), make_tree(plan)["goal"], make_user())
        make_plan(body=body, coordinator=coordinator)
        make_round(make_plan(), started_at=now())
        make_practice(author=coordinator, status=PracticeStatus.DRAFT)

    fill()
    client = sign_in(coordinator)
    with count_queries() as one:
        client.get("/work")
    for _ in range(29):
        fill()
    db.session.commit()
    with count_queries() as many:
        client.get("/work")
    assert len(one) == len(many)
