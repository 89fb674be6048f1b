"""The page of an item: its words, and the chain from a need to a practice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pspm.accounts.models import User
from pspm.core.clock import now
from pspm.extensions import db
from pspm.plans import services as plan_services
from pspm.plans.models import Plan, PlanStatus
from pspm.practices import services as practice_services
from pspm.reviews.models import Decision, Outcome
from tests.client import CheckedClient
from tests.factories import make_body, make_contribution, make_item, make_round, make_tree, make_user
from tests.home.conftest import approve, publish_practice

SignIn = Callable[[User], CheckedClient]


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
