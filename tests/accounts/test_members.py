"""Joining, roles, leaving, and invitations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from pspm.accounts.models import (
    Body,
    BodyRole,
    BodyStatus,
    Invitation,
    Membership,
    MembershipStatus,
    User,
)
from pspm.accounts.services import invitations, membership
from pspm.core.clock import shifted
from pspm.core.errors import StateConflict
from pspm.core.mail import Mail
from pspm.extensions import db
from tests.accounts.conftest import link_in
from tests.client import CheckedClient
from tests.factories import PASSWORD, make_body, make_user

Outbox = Callable[[], list[Mail]]
SignIn = Callable[[User], CheckedClient]


@pytest.fixture
def body() -> Body:
    return make_body(name="Ministry of Roads")


@pytest.fixture
def manager(body: Body) -> User:
    return make_user(body=body, role=BodyRole.MANAGER, locale="en", name="Mara Manager")


def _path(body: Body, *parts: str) -> str:
    return "/".join(("/bodies", body.public_id, *parts))


def _of(body: Body, user: User) -> Membership | None:
    return db.session.query(Membership).filter_by(user=user, body=body).one_or_none()


def test_join_and_be_approved(body: Body, manager: User, sign_in: SignIn, outbox: Outbox) -> None:
    person = make_user(name="Gino Giunto", locale="en")
    assert "Ask to join" in sign_in(person).get(_path(body)).text
    assert sign_in(person).post(_path(body, "join")).location == _path(body)
    assert "Waits for approval" in sign_in(person).get(_path(body)).text
    assert person.role_in(body.id) is None
    assert [mail.recipient for mail in outbox()] == [manager.email]
    page = sign_in(manager).get(link_in(outbox()[0])).text
    assert "Gino Giunto" in page
    answer = sign_in(manager).post(
        _path(body, "members", person.public_id, "approve"), data={"role": "planner"}
    )
    assert answer.location == _path(body, "members")
    assert person.role_in(body.id) is BodyRole.PLANNER
    assert "You belong to Ministry of Roads now" in outbox()[1].subject
    assert "Your role: Planner" in outbox()[1].body
    again = _path(body, "members", person.public_id, "approve")
    assert sign_in(manager).post(again, data={"role": "manager"}).status_code == 409
    assert person.role_in(body.id) is BodyRole.PLANNER


def test_join_twice_is_refused(body: Body, sign_in: SignIn) -> None:
    client = sign_in(make_user())
    assert client.post(_path(body, "join")).status_code == 303
    assert client.post(_path(body, "join")).status_code == 409
    assert db.session.query(Membership).count() == 1


def test_request_can_be_declined_or_withdrawn(
    body: Body, manager: User, sign_in: SignIn, outbox: Outbox
) -> None:
    person = make_user(locale="en")
    sign_in(person).post(_path(body, "join"))
    path = _path(body, "members", person.public_id, "decline")
    assert sign_in(manager).post(path).status_code == 303
    assert _of(body, person) is None
    assert "declined" in outbox()[-1].subject
    assert sign_in(manager).post(path).status_code == 404
    sign_in(person).post(_path(body, "join"))
    sent = len(outbox())
    assert sign_in(person).post(_path(body, "leave")).status_code == 303
    assert _of(body, person) is None
    assert len(outbox()) == sent


def test_body_without_a_manager_is_the_admins_business(body: Body, sign_in: SignIn, outbox: Outbox) -> None:
    person, admin = make_user(name="First Here", locale="en"), make_user(is_admin=True, locale="en")
    sign_in(person).post(_path(body, "join"))
    assert [mail.recipient for mail in outbox()] == [admin.email]
    assert "First Here" in sign_in(admin).get("/bodies/requests").text
    answer = sign_in(admin).post(
        _path(body, "members", person.public_id, "approve"),
        data={"role": "manager", "next": "/bodies/requests"},
    )
    assert answer.location == "/bodies/requests"
    assert person.role_in(body.id) is BodyRole.MANAGER
    assert "First Here" not in sign_in(admin).get("/bodies/requests").text


def test_members_of_a_managed_body_are_not_the_admins_queue(
    body: Body, manager: User, sign_in: SignIn
) -> None:
    sign_in(make_user(name="For The Manager")).post(_path(body, "join"))
    assert "For The Manager" not in sign_in(make_user(is_admin=True)).get("/bodies/requests").text


def test_roles_change(body: Body, manager: User, sign_in: SignIn) -> None:
    member = make_user(body=body, role=BodyRole.MEMBER)
    path = _path(body, "members", member.public_id, "role")
    assert sign_in(manager).post(path, data={"role": "planner"}).location == _path(body, "members")
    assert member.role_in(body.id) is BodyRole.PLANNER
    assert sign_in(manager).post(path, data={"role": "emperor"}).status_code == 422
    assert member.role_in(body.id) is BodyRole.PLANNER


def test_role_of_somebody_who_waits_cannot_change(body: Body, manager: User, sign_in: SignIn) -> None:
    person = make_user()
    sign_in(person).post(_path(body, "join"))
    path = _path(body, "members", person.public_id, "role")
    assert sign_in(manager).post(path, data={"role": "planner"}).status_code == 409


def test_last_manager_stays(body: Body, manager: User, sign_in: SignIn) -> None:
    client = sign_in(manager)
    me = _path(body, "members", manager.public_id)
    assert client.post(f"{me}/role", data={"role": "member"}).status_code == 409
    assert client.post(f"{me}/remove").status_code == 409
    answer = client.post(_path(body, "leave"))
    assert answer.status_code == 409
    assert "make somebody else manager first" in answer.text
    make_user(body=body, role=BodyRole.MANAGER)
    assert client.post(f"{me}/role", data={"role": "manager"}).status_code == 303
    assert client.post(f"{me}/role", data={"role": "planner"}).location == _path(body)
    assert client.post(_path(body, "leave")).status_code == 303
    assert manager.role_in(body.id) is None


def test_admin_may_take_the_last_manager_away(
    body: Body, manager: User, sign_in: SignIn, outbox: Outbox
) -> None:
    admin = sign_in(make_user(is_admin=True))
    assert admin.post(_path(body, "members", manager.public_id, "remove")).status_code == 303
    assert manager.role_in(body.id) is None
    assert outbox()[-1].subject == "You no longer belong to Ministry of Roads"


def test_managing_members_is_for_managers(body: Body, manager: User, sign_in: SignIn) -> None:
    planner = make_user(body=body, role=BodyRole.PLANNER)
    client = sign_in(planner)
    assert client.get(_path(body, "members")).status_code == 404
    for verb in ("approve", "decline", "role", "remove"):
        path = _path(body, "members", manager.public_id, verb)
        assert client.post(path, data={"role": "member"}).status_code == 404
    assert client.post(_path(body, "invitations"), data={"email": "a@example.org"}).status_code == 404
    assert sign_in(make_user()).post(_path(body, "leave")).status_code == 404
    assert manager.role_in(body.id) is BodyRole.MANAGER


def test_services_refuse_bodies_that_are_not_registered(manager: User) -> None:
    waiting = make_body(status=BodyStatus.REQUESTED)
    with pytest.raises(StateConflict):
        membership.request_membership(user=manager, body=waiting)
    with pytest.raises(StateConflict):
        invitations.invite(
            body=waiting, email="a@example.org", role=BodyRole.MEMBER, author=manager, locale="en"
        )
    db.session.rollback()


# Invitations


def _invite(client: CheckedClient, body: Body, email: str, role: str = "planner") -> int:
    return client.post(_path(body, "invitations"), data={"email": email, "role": role}).status_code


def test_invited_before_having_an_account(
    body: Body, manager: User, sign_in: SignIn, client: CheckedClient, outbox: Outbox
) -> None:
    assert _invite(sign_in(manager), body, "New@Example.org") == 303
    (mail,) = outbox()
    assert (mail.recipient, mail.subject) == ("new@example.org", "You are invited to Ministry of Roads")
    assert "Mara Manager invites you" in mail.body
    link = link_in(mail)
    page = client.get(link).text
    assert f"/account/sign-up?next={link}&amp;email=new@example.org" in page

    data = {"name": "Nina Nuova", "email": "new@example.org", "password": PASSWORD, "next": link}
    client.post("/account/sign-up", data=data)
    assert client.post(link_in(outbox()[1]), data={"password": PASSWORD}).location == link
    assert "Accept the invitation" in client.get(link).text
    assert "You are invited to Ministry of Roads" in client.get("/account").text
    assert client.post(f"{link}/accept").location == _path(body)
    assert "You are invited" not in client.get("/account").text
    person = db.session.query(User).filter_by(email="new@example.org").one()
    assert person.role_in(body.id) is BodyRole.PLANNER
    assert client.get(link).status_code == 409
    assert client.post(f"{link}/accept").status_code == 409


def test_invitation_works_for_its_address_only(
    body: Body, manager: User, sign_in: SignIn, outbox: Outbox
) -> None:
    _invite(sign_in(manager), body, "new@example.org")
    link, other = link_in(outbox()[0]), make_user()
    assert "sent to another address" in sign_in(other).get(link).text
    assert sign_in(other).post(f"{link}/accept").status_code == 403
    assert other.role_in(body.id) is None


def test_invitation_approves_a_waiting_request(body: Body, manager: User, sign_in: SignIn) -> None:
    person = make_user()
    sign_in(person).post(_path(body, "join"))
    _invite(sign_in(manager), body, person.email)
    invitation = db.session.query(Invitation).one()
    sign_in(person).post(f"/account/invitations/{invitation.public_id}/accept")
    own = _of(body, person)
    assert own is not None
    assert (own.role, own.status) == (BodyRole.PLANNER, MembershipStatus.ACTIVE)


def test_invitation_takes_no_role_away(body: Body, manager: User, sign_in: SignIn) -> None:
    person = make_user()
    _invite(sign_in(manager), body, person.email, "member")
    db.session.add(Membership(user=person, body=body, role=BodyRole.MANAGER, status=MembershipStatus.ACTIVE))
    invitation = db.session.query(Invitation).one()
    sign_in(person).post(f"/account/invitations/{invitation.public_id}/accept")
    assert person.role_in(body.id) is BodyRole.MANAGER


def test_inviting_again_sends_the_same_invitation(
    body: Body, manager: User, sign_in: SignIn, outbox: Outbox
) -> None:
    client = sign_in(manager)
    _invite(client, body, "new@example.org")
    _invite(client, body, "NEW@example.org", "manager")
    invitation = db.session.query(Invitation).one()
    assert invitation.role is BodyRole.MANAGER
    assert len(outbox()) == 2


def test_inviting_says_what_is_wrong(body: Body, manager: User, sign_in: SignIn) -> None:
    client = sign_in(manager)
    for email, message in ((manager.email, "already belongs"), ("nonsense", "not an e-mail address")):
        answer = client.post(_path(body, "invitations"), data={"email": email, "role": "member"})
        assert answer.status_code == 422
        assert message in answer.text


def test_withdrawn_invitation_cannot_be_accepted(
    body: Body, manager: User, sign_in: SignIn, client: CheckedClient
) -> None:
    person = make_user()
    _invite(sign_in(manager), body, person.email)
    invitation = db.session.query(Invitation).one()
    path = _path(body, "invitations", invitation.public_id, "withdraw")
    assert invitation.email in sign_in(manager).get(_path(body, "members")).text
    elsewhere = make_body()
    other_manager = make_user(body=elsewhere, role=BodyRole.MANAGER)
    foreign = _path(elsewhere, "invitations", invitation.public_id, "withdraw")
    assert sign_in(other_manager).post(foreign).status_code == 404
    assert sign_in(other_manager).post(path).status_code == 404
    assert sign_in(manager).post(path).location == _path(body, "members")
    assert sign_in(manager).post(path).status_code == 409
    link = f"/account/invitations/{invitation.public_id}"
    assert client.get(link).status_code == 409
    assert sign_in(person).post(f"{link}/accept").status_code == 409
    assert person.role_in(body.id) is None


def test_old_invitation_cannot_be_accepted(body: Body, manager: User, sign_in: SignIn) -> None:
    person = make_user()
    with shifted(timedelta(days=-31)):
        invitations.invite(body=body, email=person.email, role=BodyRole.MEMBER, author=manager, locale="en")
    invitation = db.session.query(Invitation).one()
    answer = sign_in(person).post(f"/account/invitations/{invitation.public_id}/accept")
    assert answer.status_code == 409
    assert "too old" in answer.text


def test_missing_invitation(client: CheckedClient) -> None:
    assert client.get("/account/invitations/nosuchthing0").status_code == 404
