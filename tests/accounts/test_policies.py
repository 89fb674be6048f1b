"""Who may do what with bodies; every rule for every kind of person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask_login import AnonymousUserMixin

from pspm.accounts import policies
from pspm.accounts.models import Body, BodyRole, BodyStatus, Invitation, Membership, MembershipStatus, User
from pspm.extensions import db
from tests.factories import make_body, make_user

EVERYONE = {"visitor", "stranger", "waiting", "member", "planner", "manager", "admin", "requester"}
SIGNED_IN = EVERYONE - {"visitor"}


@pytest.fixture
def body() -> Body:
    return make_body()


@pytest.fixture
def people(body: Body) -> dict[str, User | AnonymousUserMixin]:
    waiting = make_user()
    role, status = BodyRole.MANAGER, MembershipStatus.REQUESTED
    db.session.add(Membership(user=waiting, body=body, role=role, status=status))
    body.requested_by = requester = make_user()
    db.session.flush()
    return {
        "visitor": AnonymousUserMixin(),
        "stranger": make_user(),
        "waiting": waiting,
        "member": make_user(body=body, role=BodyRole.MEMBER),
        "planner": make_user(body=body, role=BodyRole.PLANNER),
        "manager": make_user(body=body, role=BodyRole.MANAGER),
        "admin": make_user(is_admin=True),
        "requester": requester,
    }


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (policies.is_member, {"member", "planner", "manager"}),
        (policies.manages_body, {"manager"}),
        (policies.plans_for_body, {"planner", "manager"}),
        (policies.can_view_body, EVERYONE),
        (policies.can_edit_body, {"manager", "admin"}),
        (policies.can_join_body, {"stranger", "admin", "requester"}),
        (policies.can_leave_body, {"waiting", "member", "planner", "manager"}),
        (policies.can_view_members, {"member", "planner", "manager", "admin"}),
        (policies.can_manage_members, {"manager", "admin"}),
    ],
)
def test_rules_of_a_body(
    body: Body, people: dict[str, User], rule: Callable[[object, Body], bool], allowed: set[str]
) -> None:
    assert {name for name, person in people.items() if rule(person, body)} == allowed


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (policies.is_admin, {"admin"}),
        (policies.can_request_body, SIGNED_IN),
        (policies.can_decide_requests, {"admin"}),
        (policies.can_change_ipa_code, {"admin"}),
    ],
)
def test_rules_of_a_person(
    people: dict[str, User], rule: Callable[[object], bool], allowed: set[str]
) -> None:
    assert {name for name, person in people.items() if rule(person)} == allowed


@pytest.mark.parametrize("status", [BodyStatus.REQUESTED, BodyStatus.DECLINED])
def test_requests_are_private_and_cannot_be_joined(
    body: Body, people: dict[str, User], status: BodyStatus
) -> None:
    body.status = status
    seen = {name for name, person in people.items() if policies.can_view_body(person, body)}
    assert seen == {"admin", "requester"}
    assert not any(policies.can_join_body(person, body) for person in people.values())


def test_invitations_are_for_their_address(body: Body, people: dict[str, User]) -> None:
    invitation = Invitation(
        email=people["stranger"].email, body=body, role=BodyRole.MEMBER, invited_by=people["manager"]
    )
    allowed = {name for name, person in people.items() if policies.can_accept_invitation(person, invitation)}
    assert allowed == {"stranger"}
    db.session.rollback()
