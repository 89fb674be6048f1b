"""Lists of plans and a plan's own page, for each role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lxml import html

from pspm.accounts.models import BodyRole, User
from pspm.core.clock import now
from pspm.extensions import db
from pspm.plans.models import Goal, Objective, Plan, PlanRole, PlanStatus
from tests.client import CheckedClient
from tests.factories import (
    make_body,
    make_item,
    make_plan,
    make_plan_member,
    make_tree,
    make_user,
    make_version,
)

SignIn = Callable[[User], CheckedClient]
CountQueries = Callable[[], Any]


def member(plan: Plan, role: PlanRole) -> User:
    user = make_user()
    make_plan_member(plan, user, role)
    return user


def test_visitor_sees_approved_plans_only(client: CheckedClient) -> None:
    make_plan(title="Secret draft")
    approved = make_plan(title="Public plan")
    make_version(approved)
    make_version(approved, title="Public plan, revised")
    approved.title = "Working title of the next draft"
    page = client.get("/plans/").text
    assert "Public plan, revised" in page
    assert "Secret draft" not in page
    assert "Working title" not in page
    assert page.count("<article") == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=digital+roma", ["Digital Rome"]),
        ("q=100%25", []),
        ("year=2030", ["Digital Rome"]),
        ("year=2027", ["Health"]),
        ("year=none", ["Digital Rome", "Health"]),
        ("body=zzzzzzzzzzzz", []),
    ],
)
def test_approved_plans_are_filtered(client: CheckedClient, query: str, found: list[str]) -> None:
    rome, asl = make_body(name="Roma Capitale"), make_body(name="ASL 1")
    make_version(make_plan(title="Digital Rome", body=rome, start_year=2029, end_year=2031))
    make_version(make_plan(title="Health", body=asl))
    page = client.get(f"/plans/?{query}").text
    assert [title for title in ("Digital Rome", "Health") if title in page] == found


def test_approved_plans_are_filtered_by_body(client: CheckedClient) -> None:
    body = make_body(name="Roma Capitale")
    make_version(make_plan(title="Digital Rome", body=body))
    make_version(make_plan(title="Health"))
    page = client.get(f"/plans/?body={body.public_id}").text
    assert "Digital Rome" in page
    assert "Health" not in page


def test_empty_list_says_what_to_do(client: CheckedClient, sign_in: SignIn) -> None:
    assert "No plan has been approved yet" in client.get("/plans/").text
    assert "Find your body" in sign_in(make_user()).get("/plans/mine").text
    assert "New plan" in sign_in(make_user(body=make_body())).get("/plans/mine").text


def test_own_plans_are_those_one_may_see(sign_in: SignIn) -> None:
    body = make_body()
    planner, drafter, stranger = make_user(body=body), make_user(), make_user(body=body, role=BodyRole.MEMBER)
    make_plan(title="Of my body", body=body)
    invited = make_plan(title="I write here")
    make_plan_member(invited, drafter, PlanRole.DRAFTER)
    make_plan(title="Of others")
    titles = ("Of my body", "I write here", "Of others")
    seen = {
        name: [title for title in titles if title in sign_in(user).get("/plans/mine").text]
        for name, user in {
            "planner": planner,
            "drafter": drafter,
            "stranger": stranger,
            "admin": make_user(is_admin=True),
        }.items()
    }
    assert seen == {
        "planner": ["Of my body"],
        "drafter": ["I write here"],
        "stranger": [],
        "admin": list(titles),
    }


def test_own_plans_are_filtered(sign_in: SignIn) -> None:
    plan = make_plan(title="The draft")
    make_plan(title="The other", coordinator=plan.created_by, status=PlanStatus.APPROVED)
    client = sign_in(plan.created_by)
    assert "The other" not in client.get("/plans/mine?q=draft").text
    assert "The draft" not in client.get("/plans/mine?status=approved").text
    assert "Show all my plans" in client.get("/plans/mine?q=nothing").text


@pytest.mark.parametrize("address", ["/plans/", "/plans/mine"])
def test_lists_cost_the_same_with_many_plans(
    sign_in: SignIn, count_queries: CountQueries, address: str
) -> None:
    user = make_user(body=make_body())
    make_version(make_plan(coordinator=user))
    client = sign_in(user)
    with count_queries() as few:
        client.get(address)
    for _time in range(29):
        make_version(make_plan(coordinator=user))
    db.session.commit()
    with count_queries() as many:
        assert "Page 1 of 2" in client.get(address).text
    assert len(many) == len(few)


def test_draft_does_not_exist_for_others(client: CheckedClient, sign_in: SignIn) -> None:
    plan = make_plan()
    address = f"/plans/{plan.public_id}/"
    assert client.get(address).status_code == 404
    assert sign_in(make_user()).get(address).status_code == 404
    assert client.get("/plans/zzzzzzzzzzzz/").status_code == 404


@pytest.mark.parametrize("page", ["settings", "approve", "members", "history", "members/zzzzzzzzzzzz"])
def test_pages_of_a_draft_do_not_tell_that_it_exists(
    client: CheckedClient, sign_in: SignIn, page: str
) -> None:
    plan = make_plan()
    stranger = sign_in(make_user())
    for public_id in (plan.public_id, "zzzzzzzzzzzz"):
        assert client.get(f"/plans/{public_id}/{page}").status_code == 302
        assert stranger.get(f"/plans/{public_id}/{page}").status_code == 404


def test_public_is_led_to_the_latest_version(client: CheckedClient) -> None:
    plan = make_plan()
    make_version(plan)
    make_version(plan)
    answer = client.get(f"/plans/{plan.public_id}/")
    assert answer.status_code == 302
    assert answer.location.endswith(f"/plans/{plan.public_id}/versions/2")


@pytest.mark.parametrize("status", PlanStatus)
@pytest.mark.parametrize("role", PlanRole)
def test_overview_says_what_to_do_next(sign_in: SignIn, status: PlanStatus, role: PlanRole) -> None:
    plan = make_plan(status=status, summary="What it is *about*")
    make_tree(plan)
    page = sign_in(member(plan, role)).get(f"/plans/{plan.public_id}/").text
    assert "What to do next" in page
    assert ("Settings" in page) == (role is PlanRole.COORDINATOR)
    assert "<em>about</em>" in page


def test_overview_and_approval_count_what_to_look_at(sign_in: SignIn) -> None:
    plan = make_plan()
    tree = make_tree(plan)
    client = sign_in(plan.created_by)
    assert "to look at" not in client.get(f"/plans/{plan.public_id}/approve").text
    tree["indicator"].deleted_at = now()
    assert "to look at again" in client.get(f"/plans/{plan.public_id}/").text
    assert "1 thing to look at first" in client.get(f"/plans/{plan.public_id}/approve").text


def test_overview_of_an_empty_plan_asks_for_its_first_items(sign_in: SignIn) -> None:
    plan = make_plan()
    make_version(plan)
    page = sign_in(plan.created_by).get(f"/plans/{plan.public_id}/").text
    assert "The plan is empty" in page
    assert "by your body" in sign_in(make_user(body=plan.body)).get(f"/plans/{plan.public_id}/").text


@pytest.mark.parametrize(
    ("language", "labels", "figures"),
    [
        ("en", {}, ["1 Goal", "2 Objectives"]),
        ("it", {}, ["1 Obiettivo generale", "2 Obiettivi"]),
        ("it", {"goal": "Linea strategica", "objective": "Obiettivo"}, ["1 Linea strategica", "2 Obiettivi"]),
        ("en", {"objective": "Programme or objective"}, ["1 Goal", "2 Programmes and objectives"]),
        ("en", {"objective": "Strand"}, ["1 Goal", "2 Objectives (Strand)"]),
    ],
)
def test_overview_counts_in_singular_and_plural(
    sign_in: SignIn, language: str, labels: dict[str, str], figures: list[str]
) -> None:
    plan = make_plan(labels=labels)
    goal = make_item(plan, Goal)
    for _time in range(2):
        make_item(plan, Objective, goal)
    page = sign_in(plan.created_by).get(f"/plans/{plan.public_id}/", headers={"Accept-Language": language})
    stats = html.fromstring(page.text).xpath("//*[@class='stat']")
    assert [" ".join(each.text_content().split()) for each in stats][1:3] == figures


@pytest.mark.parametrize("role", [PlanRole.DRAFTER, PlanRole.REVIEWER])
def test_only_coordinators_run_the_plan(sign_in: SignIn, role: PlanRole) -> None:
    plan = make_plan()
    client = sign_in(member(plan, role))
    for page in ("settings", "approve"):
        assert client.get(f"/plans/{plan.public_id}/{page}").status_code == 403
    for action in ("settings", "approve", "delete", "revise"):
        assert client.post(f"/plans/{plan.public_id}/{action}").status_code == 403


def test_files_of_a_plan_are_below_the_plans_in_the_menu(sign_in: SignIn) -> None:
    plan = make_plan()
    page = html.fromstring(sign_in(plan.created_by).get(f"/plans/{plan.public_id}/files").text)
    (here,) = page.xpath("//nav[@id='navigation']//a[@aria-current]")
    assert here.text_content() == "Plans"


def test_plan_of_one_year_names_it_once(sign_in: SignIn) -> None:
    plan = make_plan(start_year=2027, end_year=2027)
    page = html.fromstring(sign_in(plan.created_by).get(f"/plans/{plan.public_id}/").text)
    assert page.find_class("page__kicker")[0].text_content() == f"{plan.body.name} · 2027"
