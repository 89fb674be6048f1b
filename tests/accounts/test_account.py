"""A person's own page: name, address, language."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from pspm.accounts.models import BodyRole, BodyStatus, Membership, MembershipStatus, User
from pspm.accounts.signals import address_confirmed
from pspm.core.mail import Mail
from pspm.extensions import db
from tests.accounts.conftest import link_in
from tests.client import CheckedClient
from tests.factories import PASSWORD, make_body, make_membership, make_user

Outbox = Callable[[], list[Mail]]
SignIn = Callable[[User], CheckedClient]


@pytest.fixture
def confirmed() -> Iterator[list[str]]:
    """The addresses of those whom the signal was sent with."""
    heard: list[str] = []

    def hear(user: User) -> None:
        heard.append(user.email)

    with address_confirmed.connected_to(hear):
        yield heard


def test_account_page_is_for_people_signed_in(client: CheckedClient) -> None:
    answer = client.get("/account")
    assert answer.location == "/account/sign-in?next=/account"
    assert "Sign in to go on." in client.get(answer.location).text


def test_account_page_shows_bodies_and_requests(user: User, sign_in: SignIn) -> None:
    assert "You belong to no body yet" in sign_in(user).get("/account").text
    make_membership(user, make_body(name="Ministry of Roads"), BodyRole.PLANNER)
    db.session.add(
        Membership(
            user=user,
            body=make_body(name="Port Agency"),
            role=BodyRole.MEMBER,
            status=MembershipStatus.REQUESTED,
        )
    )
    make_body(name="New Agency", status=BodyStatus.REQUESTED, requested_by=user)
    make_body(name="Old Agency", status=BodyStatus.DECLINED, requested_by=user, decline_reason="Dissolved.")
    page = sign_in(user).get("/account").text
    shown = ("Ministry of Roads", "Planner", "Port Agency", "Waits for approval")
    asked = ("New Agency", "Waits for registration", "Old Agency", "Dissolved.")
    assert [text for text in (*shown, *asked) if text not in page] == []


def test_account_page_costs_the_same_with_many_bodies(
    user: User, sign_in: SignIn, count_queries: Callable[[], object]
) -> None:
    counts = []
    for extra in (1, 4):
        for _number in range(extra):
            make_membership(user, make_body())
            make_body(status=BodyStatus.REQUESTED, requested_by=user)
        client = sign_in(user)
        with count_queries() as queries:  # type: ignore[attr-defined]
            client.get("/account")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_renaming(user: User, sign_in: SignIn) -> None:
    client = sign_in(user)
    assert client.post("/account/profile", data={"profile-name": " Rosa \n Verdi "}).status_code == 303
    assert user.name == "Rosa Verdi"
    answer = client.post("/account/profile", data={"profile-name": ""})
    assert answer.status_code == 422
    assert "Type your name." in answer.text


def test_new_address_is_confirmed_before_it_counts(
    user: User, sign_in: SignIn, outbox: Outbox, confirmed: list[str]
) -> None:
    client, old = sign_in(user), user.email
    data = {"email-email": "New@Example.org", "email-password": PASSWORD}
    assert client.post("/account/email", data=data).location == "/account/check-your-mail"
    assert user.email == old
    link = link_in(outbox()[0])
    assert "new@example.org" in client.get(link).text
    assert user.email == old
    assert client.post(link).location == "/account"
    assert (user.email, confirmed) == ("new@example.org", ["new@example.org"])
    assert (outbox()[1].recipient, outbox()[1].subject) == (old, "Your e-mail address was changed")
    assert client.get(link).status_code == 410
    assert client.get("/account").status_code == 200


def test_new_address_of_somebody_else_is_not_told(user: User, sign_in: SignIn, outbox: Outbox) -> None:
    other = make_user(locale="en")
    data = {"email-email": other.email, "email-password": PASSWORD}
    assert sign_in(user).post("/account/email", data=data).location == "/account/check-your-mail"
    assert [mail.subject for mail in outbox()] == ["You already have an account"]


def test_new_address_taken_meanwhile(user: User, sign_in: SignIn, outbox: Outbox) -> None:
    client = sign_in(user)
    client.post("/account/email", data={"email-email": "new@example.org", "email-password": PASSWORD})
    make_user(email="new@example.org")
    assert client.post(link_in(outbox()[0])).status_code == 409
    assert user.email != "new@example.org"


@pytest.mark.parametrize(
    ("email", "password", "message"),
    [
        ("new@example.org", "wrong", "This is not your present password."),
        ("new", PASSWORD, "not an e-mail address"),
    ],
)
def test_new_address_says_what_is_wrong(
    user: User, sign_in: SignIn, outbox: Outbox, email: str, password: str, message: str
) -> None:
    answer = sign_in(user).post("/account/email", data={"email-email": email, "email-password": password})
    assert answer.status_code == 422
    assert message in answer.text
    assert outbox() == []


def test_confirming_the_account_is_told_to_other_features(
    client: CheckedClient, outbox: Outbox, confirmed: list[str]
) -> None:
    client.post("/account/sign-up", data={"name": "R", "email": "r@example.org", "password": PASSWORD})
    assert confirmed == []
    client.post(link_in(outbox()[0]), data={"password": PASSWORD})
    assert confirmed == ["r@example.org"]


def test_language_of_a_visitor(client: CheckedClient) -> None:
    answer = client.post("/language", data={"language": "it", "next": "/bodies"})
    assert (answer.status_code, answer.location) == (303, "/bodies")
    assert '<html lang="it"' in client.get("/account/sign-in").text
    client.post("/language", data={"language": "xx"})
    assert '<html lang="it"' in client.get("/account/sign-in").text
    assert client.get("/language").status_code == 405


def test_language_of_a_person_is_kept_on_the_account(user: User, sign_in: SignIn) -> None:
    sign_in(user).post("/language", data={"language": "it", "next": "https://evil.example/"})
    assert user.locale == "it"
    assert '<html lang="it"' in sign_in(user).get("/account").text
