"""Inviting, accepting, changing roles and leaving, in the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import select

from pspm.accounts.models import User
from pspm.core.mail import Mail
from pspm.extensions import db
from pspm.plans import services as plan_services
from pspm.plans.models import Plan, PlanMember, PlanRole
from tests.client import CheckedClient
from tests.factories import make_body, make_membership, make_plan, make_plan_member, make_user

SignIn = Callable[[User], CheckedClient]


def invite(plan: Plan, email: str) -> PlanMember:
    return plan_services.invite_member(plan=plan, email=email, role=PlanRole.REVIEWER, author=plan.created_by)


def test_coordinator_invites_and_the_person_accepts(sign_in: SignIn) -> None:
    plan, user = make_plan(), make_user()
    coordinator, address = sign_in(plan.created_by), f"/plans/{plan.public_id}/members"
    answer = coordinator.post(address, data={"email": user.email, "role": "drafter"})
    assert answer.status_code == 303
    assert "Invited" in coordinator.get(address).text
    mail = db.session.scalars(select(Mail)).one()
    link = next(line for line in mail.body.splitlines() if "/plans/invitations/" in line)
    path = "/plans/invitations/" + link.rsplit("/", 1)[1]
    invited = sign_in(user)
    assert plan.title in invited.get("/plans/mine").text
    assert plan.title in invited.get(path).text
    assert invited.post(f"{path}/accept").status_code == 303
    assert "Drafter" in invited.get(f"/plans/{plan.public_id}/").text
    assert invited.get(path).status_code == 303


def test_invitation_opens_for_its_address_only(client: CheckedClient, sign_in: SignIn) -> None:
    member = invite(make_plan(), "somebody@example.org")
    path = f"/plans/invitations/{member.public_id}"
    assert client.get(path).status_code == 302
    other = sign_in(make_user())
    assert other.get(path).status_code == 403
    assert other.post(f"{path}/accept").status_code == 403
    assert other.post(f"{path}/decline").status_code == 403
    assert other.get("/plans/invitations/zzzzzzzzzzzz").status_code == 404


def test_invitation_can_be_declined(sign_in: SignIn) -> None:
    plan, user = make_plan(), make_user()
    member = invite(plan, user.email)
    assert sign_in(user).post(f"/plans/invitations/{member.public_id}/decline").status_code == 303
    assert [row.role for row in db.session.scalars(select(PlanMember))] == [PlanRole.COORDINATOR]


def test_invitation_with_a_fault_comes_back(sign_in: SignIn) -> None:
    plan = make_plan()
    client, address = sign_in(plan.created_by), f"/plans/{plan.public_id}/members"
    assert "name@example.org" in client.post(address, data={"email": "nobody", "role": "drafter"}).text
    answer = client.post(address, data={"email": plan.created_by.email, "role": "drafter"})
    assert answer.status_code == 422
    assert "This address is in the list below already." in answer.text


def test_invitation_is_sent_again(sign_in: SignIn) -> None:
    plan = make_plan()
    member = invite(plan, "somebody@example.org")
    path = f"/plans/{plan.public_id}/members/{member.public_id}/invitation"
    assert sign_in(plan.created_by).post(path).status_code == 303
    assert len(db.session.scalars(select(Mail)).all()) == 2


def test_role_is_changed(sign_in: SignIn) -> None:
    plan = make_plan()
    member = make_plan_member(plan, make_user(name="Anna"), PlanRole.REVIEWER)
    client, path = sign_in(plan.created_by), f"/plans/{plan.public_id}/members/{member.public_id}"
    assert "Role of Anna" in client.get(path).text
    assert client.post(path, data={"role": "king"}).status_code == 422
    assert client.post(path, data={"role": "drafter"}).status_code == 303
    assert member.role is PlanRole.DRAFTER
    other = make_plan(coordinator=plan.created_by)
    assert client.get(f"/plans/{other.public_id}/members/{member.public_id}").status_code == 404


def test_last_coordinator_can_not_leave(sign_in: SignIn) -> None:
    plan = make_plan()
    (only,) = plan.members
    answer = sign_in(plan.created_by).post(f"/plans/{plan.public_id}/members/{only.public_id}/remove")
    assert answer.status_code == 409
    assert "A plan needs a coordinator." in answer.text


def test_member_leaves_but_removes_nobody_else(sign_in: SignIn) -> None:
    plan, user = make_plan(), make_user()
    own = make_plan_member(plan, user, PlanRole.DRAFTER)
    other = make_plan_member(plan, make_user(), PlanRole.DRAFTER)
    client, path = sign_in(user), f"/plans/{plan.public_id}/members"
    assert "Leave the plan" in client.get(path).text
    assert client.post(path, data={"email": "a@example.org", "role": "drafter"}).status_code == 403
    assert client.post(f"{path}/{other.public_id}/remove").status_code == 403
    answer = client.post(f"{path}/{own.public_id}/remove")
    assert answer.location.endswith("/plans/mine")
    assert client.get(path).status_code == 404


def test_addresses_are_for_coordinators(sign_in: SignIn) -> None:
    plan, user = make_plan(), make_user()
    make_plan_member(plan, user, PlanRole.DRAFTER)
    invite(plan, "somebody@example.org")
    for path in (f"/plans/{plan.public_id}/members", f"/plans/{plan.public_id}/"):
        assert "somebody@example.org" in sign_in(plan.created_by).get(path).text
        page = sign_in(user).get(path).text
        assert "@example.org" not in page
        assert "Somebody invited" in page


def test_coordinator_removes_a_member(sign_in: SignIn) -> None:
    plan = make_plan()
    member = make_plan_member(plan, make_user(), PlanRole.DRAFTER)
    answer = sign_in(plan.created_by).post(f"/plans/{plan.public_id}/members/{member.public_id}/remove")
    assert answer.location.endswith(f"/plans/{plan.public_id}/members")


def test_member_list_costs_the_same_with_many_members(
    app: Flask, sign_in: SignIn, count_queries: Callable[[], Any]
) -> None:
    plan = make_plan()
    client, path = sign_in(plan.created_by), f"/plans/{plan.public_id}/members"
    with count_queries() as few:
        client.get(path)
    for number in range(29):
        make_plan_member(plan, make_user(name=f"Member {number}"), PlanRole.DRAFTER)
    db.session.commit()
    with count_queries() as many:
        assert "Page 1 of 2" in client.get(path).text
    assert len(many) == len(few)


def test_members_are_listed_with_their_bodies_at_the_same_cost(
    sign_in: SignIn, count_queries: Callable[[], Any]
) -> None:
    plan, body = make_plan(), make_body(name="Agency of taxes")
    coordinator, address = sign_in(plan.created_by), f"/plans/{plan.public_id}/members"
    make_plan_member(plan, make_user(body=body), PlanRole.REVIEWER)
    with count_queries() as few:
        assert "Agency of taxes" in coordinator.get(address).text
    for number in range(5):
        member = make_user(body=make_body(name=f"Office {number}"))
        make_membership(member, body)
        make_plan_member(plan, member, PlanRole.REVIEWER)
    with count_queries() as many:
        assert "Office 4 · Agency of taxes" in coordinator.get(address).text
    assert len(many) == len(few)
