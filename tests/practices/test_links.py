"""Links between practices and the parts of plans, as each reader may see them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask_login import AnonymousUserMixin

from pspm.accounts.models import Body, User
from pspm.core.errors import InvalidInput, NotFound
from pspm.extensions import db
from pspm.plans import approved
from pspm.plans import services as plan_services
from pspm.plans.models import Plan, PlanRole
from pspm.practices import queries, services
from pspm.practices.models import Practice, PracticeStatus
from tests.factories import make_item, make_plan, make_plan_member, make_practice, make_tree, make_user

VISITOR = AnonymousUserMixin()


@pytest.fixture
def plan(body: Body, author: User) -> Plan:
    return make_plan(body=body, coordinator=author, title="ICT plan")


@pytest.fixture
def tree(plan: Plan) -> dict[str, Any]:
    return make_tree(plan)


@pytest.fixture
def practice(stranger: User) -> Practice:
    return make_practice(author=stranger, body=stranger.memberships[0].body)


def approve(plan: Plan) -> None:
    plan_services.approve_plan(plan=plan, author=plan.created_by, note="")
    db.session.flush()


def linked(practice: Practice, user: Any) -> list[tuple[str, str]]:
    return [(link.title, link.plan_title) for link in queries.list_linked_items(practice, user)]


def test_linking_twice_is_linking_once(practice: Practice, tree: dict[str, Any]) -> None:
    services.link_item(practice=practice, item=tree["objective"])
    services.link_item(practice=practice, item=tree["objective"])
    assert list(queries.list_practices_of(tree["objective"]).items) == [practice]
    services.unlink_item(practice=practice, item=tree["objective"])
    services.unlink_item(practice=practice, item=tree["objective"])
    assert list(queries.list_practices_of(tree["objective"]).items) == []


@pytest.mark.parametrize("kind", ["section", "indicator"])
def test_only_what_is_done_can_be_helped(practice: Practice, tree: dict[str, Any], kind: str) -> None:
    with pytest.raises(InvalidInput):
        services.link_item(practice=practice, item=tree[kind])


def test_deleted_item_cannot_be_linked(practice: Practice, tree: dict[str, Any]) -> None:
    tree["objective"].deleted_at = tree["objective"].created_at
    with pytest.raises(InvalidInput):
        services.link_item(practice=practice, item=tree["objective"])


def test_draft_plan_is_shown_to_its_people_only(
    practice: Practice, tree: dict[str, Any], author: User, stranger: User
) -> None:
    services.link_item(practice=practice, item=tree["objective"])
    assert linked(practice, author) == [(tree["objective"].title, "ICT plan")]
    assert linked(practice, stranger) == []
    assert linked(practice, VISITOR) == []


def test_approved_words_are_shown_to_everyone(practice: Practice, plan: Plan, tree: dict[str, Any]) -> None:
    services.link_item(practice=practice, item=tree["objective"])
    approve(plan)
    words = tree["objective"].title
    plan_services.revise_plan(plan=plan, author=plan.created_by)
    plan.title = "Secret title"
    tree["objective"].title = "Secret words"
    later = make_item(plan, type(tree["objective"]), tree["goal"], title="Secret objective")
    services.link_item(practice=practice, item=later)
    assert linked(practice, VISITOR) == [(words, "ICT plan")]
    assert linked(practice, plan.created_by) == [
        ("Secret words", "Secret title"),
        ("Secret objective", "Secret title"),
    ]


def test_versions_are_read_once(app: Flask, plan: Plan, tree: dict[str, Any], count_queries: Any) -> None:
    approve(plan)
    first = approved.find_in_latest([plan.id])
    with count_queries() as statements:
        assert approved.find_in_latest([plan.id]) == first
    assert len(statements) == 1
    assert approved.find_in_latest([]) == {}


def test_unpublished_practices_are_not_shown_with_an_objective(
    practice: Practice, tree: dict[str, Any]
) -> None:
    services.link_item(practice=practice, item=tree["objective"])
    practice.status = PracticeStatus.DRAFT
    assert list(queries.list_practices_of(tree["objective"]).items) == []


def test_item_of_a_deleted_plan_is_not_found(plan: Plan, tree: dict[str, Any]) -> None:
    assert queries.get_item(tree["goal"].public_id) is tree["goal"]
    plan.deleted_at = plan.created_at
    with pytest.raises(NotFound):
        queries.get_item(tree["goal"].public_id)


def found(practice: Practice, user: User, query: str) -> list[str]:
    return [item.title for item in queries.find_items_to_link(practice, user, query)]


def test_own_plans_are_searched(
    practice: Practice, tree: dict[str, Any], author: User, stranger: User
) -> None:
    assert found(practice, author, "objective ict") == [tree["objective"].title]
    assert found(practice, make_user(is_admin=True), "objective") == [tree["objective"].title]
    assert found(practice, stranger, "objective") == []
    assert found(practice, author, "indicator") == []
    assert found(practice, author, " ") == []
    make_plan_member(tree["goal"].plan, stranger, PlanRole.REVIEWER)
    assert found(practice, stranger, "objective") == [tree["objective"].title]


def test_what_is_linked_is_not_offered_again(practice: Practice, tree: dict[str, Any], author: User) -> None:
    services.link_item(practice=practice, item=tree["objective"])
    assert found(practice, author, "objective") == []


def test_approved_plans_are_searched_by_everyone(
    practice: Practice, plan: Plan, tree: dict[str, Any], stranger: User
) -> None:
    approve(plan)
    assert found(practice, stranger, "objective") == [tree["objective"].title]
    plan_services.revise_plan(plan=plan, author=plan.created_by)
    assert found(practice, stranger, "objective") == [], "its present words are a draft"
