"""Approved versions: public, permanent, readable, comparable."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from lxml import html

from pspm.accounts.models import User
from pspm.core import cache
from pspm.extensions import db
from pspm.plans import queries
from pspm.plans import services as plan_services
from pspm.plans.models import ItemKind, Plan, SectionRole
from pspm.plans.snapshot import TargetSnapshot
from tests.client import CheckedClient
from tests.factories import make_plan, make_tree, make_user, make_version

SignIn = Callable[[User], CheckedClient]


@pytest.fixture
def approved(plan: Plan, author: User, add: Callable[..., Any]) -> Plan:
    """A plan with one item of each kind, approved once."""
    plan.labels = {"goal": "Priority"}
    add(ItemKind.SECTION, title="Mission", text="To *serve*.", section_role=SectionRole.MISSION)
    goal = add(ItemKind.GOAL, title="Open services")
    objective = add(
        ItemKind.OBJECTIVE, goal, title="All online", text="## Why\n\nBecause.", responsible="Office I"
    )
    add(ItemKind.ACTION, objective, title="Build", start_date=date(2026, 1, 1), budget=Decimal("2500"))
    add(
        ItemKind.INDICATOR,
        objective,
        title="Services online",
        unit="%",
        baseline_value=Decimal("40"),
        baseline_year=2025,
        weight=Decimal("100"),
        targets=(
            TargetSnapshot(year=2026, value=Decimal("62.50")),
            TargetSnapshot(year=2027, text="nearly all"),
        ),
    )
    plan_services.approve_plan(plan=plan, author=author, note="Decree **12**")
    return plan


def test_version_reads_as_a_document(approved: Plan, client: CheckedClient) -> None:
    page = client.get(f"/plans/{approved.public_id}/versions/1").text
    for words in (
        "Priority",
        "To <em>serve</em>.",
        "Office I",
        "1 Jan 2026",
        "€2,500",
        "Baseline 2025",
        "62.5",
        "nearly all",
        "Expected values of I1.1.1",
        "Decree <strong>12</strong>",
        "A1.1.1",
    ):
        assert words in page
    assert "<h4>Why</h4>" in page  # the author's headings go on below the item's own h3


def test_version_stays_as_approved(approved: Plan, author: User, client: CheckedClient) -> None:
    plan_services.revise_plan(plan=approved, author=author)
    approved.title = "Next draft"
    address = f"/plans/{approved.public_id}/versions/1"
    assert "Next draft" not in client.get(address).text
    plan_services.approve_plan(plan=approved, author=author)
    page = client.get(address).text
    assert "There is a newer version" in page
    assert "There is a newer version" not in client.get(f"/plans/{approved.public_id}/versions/2").text


def links_of(page: str) -> list[str]:
    return [str(href) for href in html.fromstring(page).xpath("//*[@class='item__more']/a/@href")]


def test_version_leads_to_the_pages_of_its_items(
    approved: Plan, author: User, client: CheckedClient, sign_in: SignIn
) -> None:
    address = f"/plans/{approved.public_id}/versions/1"
    links = links_of(client.get(address).text)
    assert len(links) == 5
    assert {client.get(link).status_code for link in links} == {200}
    plan_services.revise_plan(plan=approved, author=author)
    (section,) = [item for item in queries.list_items(approved) if item.kind is ItemKind.SECTION]
    plan_services.delete_item(item=section, author=author)
    plan_services.approve_plan(plan=approved, author=author)
    planner = sign_in(author)
    gone = f"/plans/{approved.public_id}/items/{section.public_id}/chain"
    for reader in (client, planner):
        assert links_of(reader.get(address).text) == [link for link in links if link != gone]
        assert reader.get(gone).status_code == 404
    plan_services.revise_plan(plan=approved, author=author)
    plan_services.restore_item(item=section, author=author)
    assert gone in links_of(planner.get(address).text)
    assert gone not in links_of(client.get(address).text)


@pytest.mark.usefixtures("approved")
def test_version_costs_the_same_with_many_items(
    plan: Plan, author: User, add: Any, sign_in: SignIn, count_queries: Callable[[], Any]
) -> None:
    client, costs = sign_in(author), []
    for number in (1, 2):
        cache.clear()
        client.get(f"/plans/{plan.public_id}/versions/{number}")
        with count_queries() as read:
            client.get(f"/plans/{plan.public_id}/versions/{number}")
        costs.append(len(read))
        plan_services.revise_plan(plan=plan, author=author)
        for _time in range(20):
            add(ItemKind.GOAL)
        plan_services.approve_plan(plan=plan, author=author)
    assert costs[0] == costs[1]


def test_version_that_is_not_there(client: CheckedClient, approved: Plan) -> None:
    draft = make_plan()
    for path in (
        f"{approved.public_id}/versions/2",
        f"{draft.public_id}/versions/1",
        "zzzzzzzzzzzz/versions/1",
    ):
        assert client.get(f"/plans/{path}").status_code == 404


def test_json_is_the_hashed_text_and_is_cached_for_ever(approved: Plan, client: CheckedClient) -> None:
    address = f"/plans/{approved.public_id}/versions/1/plan.json"
    answer = client.get(address)
    digest = hashlib.sha256(answer.data).hexdigest()
    assert digest in client.get(f"/plans/{approved.public_id}/versions/1").text
    assert answer.headers["ETag"] == f'"{digest}"'
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.mimetype == "application/json"
    assert "Set-Cookie" not in answer.headers
    again = client.get(address, headers={"If-None-Match": f'"{digest}"'})
    assert (again.status_code, again.data) == (304, b"")


def test_version_list_is_public_once_there_is_one(client: CheckedClient, sign_in: SignIn) -> None:
    plan = make_plan()
    address = f"/plans/{plan.public_id}/versions/"
    assert client.get(address).status_code == 404
    assert "No version yet" in sign_in(plan.created_by).get(address).text
    make_version(plan, note="First *one*")
    make_version(plan)
    plan.title = "Working title"
    page = client.get(address).text
    assert "<em>one</em>" in page
    assert "Working title" not in page
    assert "Compare versions" in page


def test_version_list_costs_the_same_with_many_versions(
    client: CheckedClient, count_queries: Callable[[], Any]
) -> None:
    plan = make_plan()
    make_version(plan)
    address = f"/plans/{plan.public_id}/versions/"
    with count_queries() as few:
        client.get(address)
    for _time in range(29):
        make_version(plan)
    db.session.commit()
    with count_queries() as many:
        assert "Page 1 of 2" in client.get(address).text
    assert len(many) == len(few)


def test_versions_are_compared(approved: Plan, author: User, client: CheckedClient, add: Any) -> None:
    address = f"/plans/{approved.public_id}/versions/compare"
    assert "Nothing differs" in client.get(address).text
    plan_services.revise_plan(plan=approved, author=author)
    add(ItemKind.GOAL, title="Brand new")
    approved.title = "Plan of the library services"
    plan_services.approve_plan(plan=approved, author=author)
    page = client.get(address).text
    assert "Version 1 and version 2 compared" in page
    assert "Brand new" in page
    assert "The plan itself" in page
    assert "Version 2 and version 1 compared" in client.get(f"{address}?old=2&new=1").text
    assert "Version 1 and version 2 compared" in client.get(f"{address}?old=9&new=x").text


def test_moved_item_names_both_places(plan: Plan, author: User, client: CheckedClient, add: Any) -> None:
    goal, other = add(ItemKind.GOAL, title="From here"), add(ItemKind.GOAL, title="To there")
    objective = add(ItemKind.OBJECTIVE, goal)
    plan_services.approve_plan(plan=plan, author=author)
    plan_services.revise_plan(plan=plan, author=author)
    plan_services.move_item(item=objective, parent=other, position=0, author=author)
    plan_services.approve_plan(plan=plan, author=author)
    page = client.get(f"/plans/{plan.public_id}/versions/compare?old=1&new=2").text
    assert "From under “From here” to under “To there”" in page
    assert "1.1 → 2.1" in page


def test_nothing_to_compare_in_a_draft(client: CheckedClient, sign_in: SignIn) -> None:
    plan = make_plan()
    make_tree(plan)
    address = f"/plans/{plan.public_id}/versions/compare"
    assert client.get(address).status_code == 404
    assert sign_in(make_user()).get(address).status_code == 404
