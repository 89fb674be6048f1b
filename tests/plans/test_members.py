"""Inviting to a plan, accepting, roles, leaving."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from pspm.core.errors import InvalidInput, StateConflict
from pspm.core.mail import Mail
from pspm.extensions import db
from pspm.plans import policies, queries
from pspm.plans import services as plan_services
from pspm.plans.models import Plan, PlanMember, PlanRole
from tests.factories import make_plan, make_plan_member, make_user


def invite(plan: Plan, email: str = "new@example.org", role: PlanRole = PlanRole.DRAFTER) -> PlanMember:
    return plan_services.invite_member(plan=plan, email=email, role=role, author=plan.created_by)


def test_invitation_is_the_same_with_and_without_an_account(app: Flask) -> None:
    plan = make_plan()
    known = make_user(email="known@example.org")
    rows = [invite(plan, "Known@Example.org"), invite(plan, "stranger@example.org")]
    assert [(row.user_id, row.accepted_at, row.role) for row in rows] == [(None, None, PlanRole.DRAFTER)] * 2
    mails = db.session.scalars(select(Mail).order_by(Mail.id)).all()
    assert [mail.recipient for mail in mails] == [known.email, "stranger@example.org"]
    assert mails[0].body.replace("known", "stranger").replace(rows[0].public_id, "") == mails[1].body.replace(
        rows[1].public_id, ""
    )


def test_invited_person_sees_nothing_before_accepting(app: Flask) -> None:
    plan = make_plan()
    user = make_user()
    member = invite(plan, user.email)
    assert not policies.can_view(user, plan)
    plan_services.accept_invitation(member=member, user=user)
    assert policies.can_view(user, plan)
    assert policies.can_edit(user, plan)
    assert member.accepted_at is not None


def test_address_is_invited_once(app: Flask) -> None:
    plan = make_plan()
    invite(plan)
    with pytest.raises(InvalidInput) as error:
        invite(plan, "NEW@example.org")
    assert "email" in error.value.fields


def test_invitation_can_be_sent_again_until_it_is_accepted(app: Flask) -> None:
    plan = make_plan()
    user = make_user()
    member = invite(plan, user.email)
    plan_services.send_invitation(member=member)
    assert len(db.session.scalars(select(Mail)).all()) == 2
    plan_services.accept_invitation(member=member, user=user)
    with pytest.raises(StateConflict):
        plan_services.send_invitation(member=member)


def test_invitation_is_accepted_once(app: Flask) -> None:
    user = make_user()
    member = invite(make_plan(), user.email)
    plan_services.accept_invitation(member=member, user=user)
    with pytest.raises(StateConflict, match="accepted already"):
        plan_services.accept_invitation(member=member, user=user)


def test_member_under_another_address_does_not_join_twice(app: Flask) -> None:
    plan = make_plan()
    member = invite(plan, "second-address@example.org")
    with pytest.raises(StateConflict, match="You work on this plan already"):
        plan_services.accept_invitation(member=member, user=plan.created_by)


def test_last_coordinator_stays(app: Flask) -> None:
    plan = make_plan()
    invite(plan, role=PlanRole.COORDINATOR)
    only = plan.members[0]
    with pytest.raises(StateConflict):
        plan_services.remove_member(member=only)
    with pytest.raises(StateConflict):
        plan_services.change_role(member=only, role=PlanRole.REVIEWER)
    plan_services.change_role(member=only, role=PlanRole.COORDINATOR)


def test_coordinator_can_hand_over(app: Flask) -> None:
    plan = make_plan()
    other = make_plan_member(plan, make_user(), PlanRole.DRAFTER)
    plan_services.change_role(member=other, role=PlanRole.COORDINATOR)
    plan_services.remove_member(member=plan.members[0])
    assert [member.role for member in queries.list_members(plan).items] == [PlanRole.COORDINATOR]


def test_invitation_can_be_taken_back(app: Flask) -> None:
    plan = make_plan()
    member = invite(plan, role=PlanRole.COORDINATOR)
    assert queries.get_member(plan, member.public_id) is member
    plan_services.remove_member(member=member)
    assert queries.find_member_by_email(plan, "new@example.org") is None


def test_invitation_page_is_for_the_address_only(app: Flask) -> None:
    user = make_user()
    member = invite(make_plan(), user.email)
    assert policies.is_invited(user, member)
    assert not policies.is_invited(make_user(), member)
    assert list(queries.list_own_plan_invitations(user)) == [member]
