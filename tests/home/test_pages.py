"""The first page, and what stands beside the features: help, health, robots."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from pspm.accounts.models import Body, User
from pspm.core.clock import now
from pspm.extensions import db
from pspm.plans.models import Plan
from tests.client import CheckedClient
from tests.factories import make_plan, make_round, make_tree, make_user
from tests.home.conftest import approve, publish_practice

SignIn = Callable[[User], CheckedClient]


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
