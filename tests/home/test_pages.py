"""The pages that span features."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from pspm.accounts.models import Body, BodyRole, BodyStatus, Membership, MembershipStatus, User
from pspm.core.clock import now
from pspm.extensions import db
from pspm.plans import services as plan_services
from pspm.plans.models import Plan, PlanRole, PlanStatus
from pspm.practices import services as practice_services
from pspm.practices.models import PracticeStatus
from pspm.reviews.models import Audience, Decision, Outcome
from tests.client import CheckedClient
from tests.factories import (
    make_body,
    make_contribution,
    make_item,
    make_plan,
    make_plan_member,
    make_practice,
    make_round,
    make_tree,
    make_user,
)

SignIn = Callable[[User], CheckedClient]


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


# The first page


def test_first_page_of_an_empty_site_says_what_it_is_for(client: CheckedClient) -> None:
    page = client.get("/").text
    assert "Create an account" in page
    assert "No consultation is open to you" in page


def test_first_page_shows_what_is_new(client: CheckedClient, plan: Plan) -> None:
    make_tree(plan)
    approve(plan)
    round = make_round(make_plan(title="Open plan"), started_at=now())
    practice = publish_practice(summary="It works.")
    page = client.get("/").text
    for words in ("ICT plan", round.title, "Open plan", practice.title):
        assert words in page


def test_first_page_leads_planners_to_their_work(sign_in: SignIn, coordinator: User) -> None:
    page = sign_in(coordinator).get("/").text
    assert "What waits for me" in page
    assert "Propose a practice" in page
    assert "Create an account" not in page


def test_first_page_costs_the_same_with_many_entries(client: CheckedClient, count_queries: Any) -> None:
    def fill() -> None:
        make_round(make_plan(), started_at=now())
        publish_practice()
        plan = make_plan()
        make_tree(plan)
        approve(plan)
        db.session.commit()

    fill()
    client.get("/")
    with count_queries() as one:
        client.get("/")
    for _ in range(29):
        fill()
    with count_queries() as many:
        client.get("/")
    assert len(one) == len(many) <= 8


def test_a_page_of_a_body_is_marked_in_the_menu(sign_in: SignIn, body: Body) -> None:
    admin = sign_in(make_user(is_admin=True))
    marked = re.compile(r'<a href="([^"]*)" aria-current="true">')
    assert marked.findall(admin.get(f"/bodies/{body.public_id}").text) == ["/bodies"]
    assert marked.findall(admin.get("/bodies/requests").text) == []


def test_missing_page_offers_visitors_to_sign_in(sign_in: SignIn, client: CheckedClient) -> None:
    assert "/account/sign-in?next=/nothing?" in client.get("/nothing").text
    assert "sign-in" not in sign_in(make_user()).get("/nothing").text


# What waits for a person


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


# The page of one item


def item_page(plan: Plan, item: Any) -> str:
    return f"/plans/{plan.public_id}/items/{item.public_id}/chain"


def test_item_of_a_draft_is_for_those_who_work_on_it(
    sign_in: SignIn, client: CheckedClient, plan: Plan, coordinator: User
) -> None:
    tree = make_tree(plan)
    page = sign_in(coordinator).get(item_page(plan, tree["objective"])).text
    for words in (tree["objective"].title, tree["indicator"].title, tree["action"].title, tree["goal"].title):
        assert words in page
    assert "no version yet" in page
    assert client.get(item_page(plan, tree["objective"])).status_code == 404
    assert sign_in(make_user()).get(item_page(plan, tree["objective"])).status_code == 404
    assert sign_in(coordinator).get(f"/plans/{plan.public_id}/items/nothing/chain").status_code == 404


def test_public_reads_the_approved_words(
    sign_in: SignIn, client: CheckedClient, plan: Plan, coordinator: User
) -> None:
    tree = make_tree(plan)
    approve(plan)
    words = tree["objective"].title
    plan_services.revise_plan(plan=plan, author=coordinator)
    tree["objective"].title = "Secret words"
    later = make_item(plan, type(tree["objective"]), tree["goal"])
    page = client.get(item_page(plan, tree["objective"])).text
    assert words in page
    assert "Secret words" not in page
    assert "approved version 1" in page
    assert client.get(item_page(plan, later)).status_code == 404
    assert "Secret words" in sign_in(coordinator).get(item_page(plan, tree["objective"])).text
    tree["objective"].deleted_at = now()
    assert words in sign_in(coordinator).get(item_page(plan, tree["objective"])).text


def test_item_shows_its_chain(sign_in: SignIn, client: CheckedClient, plan: Plan, coordinator: User) -> None:
    tree = make_tree(plan)
    round = make_round(plan, started_at=now())
    comment = make_contribution(round, tree["objective"], make_user(), text="Too vague")
    decision = Decision(
        contribution=comment, outcome=Outcome.ACCEPTED, reason="Made precise.", decided_by=coordinator
    )
    db.session.add(decision)
    practice = publish_practice()
    practice_services.link_item(practice=practice, item=tree["objective"])
    page = sign_in(coordinator).get(item_page(plan, tree["objective"])).text
    assert "Too vague" in page
    assert practice.title in page
    assert "Made precise." not in page
    plan.status = PlanStatus.CONSOLIDATION
    approve(plan)
    assert "Too vague" not in client.get(item_page(plan, tree["objective"])).text
    decision.published_at = round.published_at = now()
    page = client.get(item_page(plan, tree["objective"])).text
    assert "Too vague" in page
    assert "Made precise." in page


def test_item_costs_the_same_with_many_comments(
    sign_in: SignIn, plan: Plan, coordinator: User, count_queries: Any
) -> None:
    goal = make_tree(plan)["goal"]
    round = make_round(plan, started_at=now())

    def fill() -> None:
        author = make_user(body=make_body())
        make_contribution(round, goal, author, body=author.memberships[0].body)
        practice_services.link_item(practice=publish_practice(), item=goal)
        db.session.commit()

    fill()
    client, address = sign_in(coordinator), item_page(plan, goal)
    db.session.commit()
    with count_queries() as one:
        client.get(address)
    for _ in range(29):
        fill()
    with count_queries() as many:
        client.get(address)
    assert len(one) == len(many)


# What the site says of itself


@pytest.mark.parametrize("path", ["/about", "/privacy", "/accessibility"])
def test_information_is_public(client: CheckedClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_health_tells_whether_the_database_answers(
    client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/health").json == {"status": "ok", "database": "ok"}

    def fail() -> bool:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr("pspm.home.queries.is_database_up", fail)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json == {"status": "failing", "database": "unreachable"}


def test_robots_leave_what_is_not_for_them(client: CheckedClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert "Disallow: /work" in answer.text
