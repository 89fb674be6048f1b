"""A plan's settings, its deletion and its approval, as pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import html

from pspm.accounts.models import User
from pspm.plans.models import Plan, PlanRole, PlanStatus
from tests.client import CheckedClient
from tests.factories import make_plan, make_plan_member, make_tree, make_user

SignIn = Callable[[User], CheckedClient]


def member(plan: Plan, role: PlanRole) -> User:
    user = make_user()
    make_plan_member(plan, user, role)
    return user


SETTINGS = {
    "title": "New title",
    "summary": "",
    "language": "it",
    "start_year": "2026",
    "end_year": "2028",
    "labels_goal": "Priorità politica",
}


def test_settings_are_saved(sign_in: SignIn) -> None:
    plan = make_plan(title="Old title")
    client, address = sign_in(plan.created_by), f"/plans/{plan.public_id}/settings"
    assert "Old title" in client.get(address).text
    assert client.post(address, data=SETTINGS).status_code == 303
    assert (plan.title, plan.labels) == ("New title", {"goal": "Priorità politica"})
    assert "Priorità politica" in client.get(address).text


def test_settings_with_a_fault_come_back_as_typed(sign_in: SignIn) -> None:
    plan = make_plan()
    client, address = sign_in(plan.created_by), f"/plans/{plan.public_id}/settings"
    answer = client.post(address, data=SETTINGS | {"title": "", "summary": "Typed with care"})
    assert answer.status_code == 422
    assert "Type the title of the plan." in answer.text
    assert "Typed with care" in answer.text
    answer = client.post(address, data=SETTINGS | {"title": " \t "})
    assert (answer.status_code, plan.title.strip()) == (422, plan.title)
    assert "Type the title of the plan." in answer.text
    answer = client.post(address, data=SETTINGS | {"end_year": "2020"})
    assert "The last year must be the first one or later" in answer.text


def test_settings_changed_by_two_are_shown_then_saved(sign_in: SignIn) -> None:
    plan = make_plan()
    client, address = sign_in(plan.created_by), f"/plans/{plan.public_id}/settings"
    client.post(address, data=SETTINGS | {"labels_goal": "Theirs"})
    answer = client.post(address, data=SETTINGS | {"labels_goal": "Mine"})
    assert answer.status_code == 422
    assert "Somebody else set this to “Theirs”" in answer.text
    expected = answer.text.split('name="expected" type="hidden" value="')[1].split('"')[0]
    client.post(address, data=SETTINGS | {"labels_goal": "Mine", "expected": expected})
    assert plan.labels == {"goal": "Mine"}


def test_draft_is_deleted(sign_in: SignIn) -> None:
    plan = make_plan()
    client = sign_in(plan.created_by)
    assert client.post(f"/plans/{plan.public_id}/delete").status_code == 303
    assert client.get(f"/plans/{plan.public_id}/").status_code == 404


def test_plan_is_approved_then_revised(sign_in: SignIn, client: CheckedClient) -> None:
    plan = make_plan()
    make_tree(plan)
    coordinator = sign_in(plan.created_by)
    assert "version 1" in coordinator.get(f"/plans/{plan.public_id}/approve").text
    answer = coordinator.post(f"/plans/{plan.public_id}/approve", data={"note": "Decree 12"})
    assert answer.location.endswith("/versions/1")
    assert "Decree 12" in client.get(answer.location).text
    again = coordinator.post(f"/plans/{plan.public_id}/approve")
    assert again.status_code == 409
    assert coordinator.post(f"/plans/{plan.public_id}/revise").status_code == 303
    assert plan.status is PlanStatus.DRAFT


def test_approval_with_a_long_note_comes_back(sign_in: SignIn) -> None:
    plan = make_plan()
    answer = sign_in(plan.created_by).post(f"/plans/{plan.public_id}/approve", data={"note": "x" * 2001})
    assert answer.status_code == 422
    assert "Use at most 2,000 characters." in answer.text


@pytest.mark.parametrize(
    ("status", "said"),
    [(PlanStatus.CONSULTATION, "Close the consultation first"), (PlanStatus.APPROVED, "approved already")],
)
def test_approval_that_must_wait_says_for_what(sign_in: SignIn, status: PlanStatus, said: str) -> None:
    plan = make_plan(status=status)
    page = sign_in(plan.created_by).get(f"/plans/{plan.public_id}/approve").text
    assert said in page
    assert not html.fromstring(page).xpath("//main//textarea")
