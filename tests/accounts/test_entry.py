"""Signing up, confirming, signing in and out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from argon2.low_level import Type, hash_secret

from pspm.accounts import links, queries
from pspm.accounts.models import User
from pspm.accounts.queries import find_user_by_email
from pspm.accounts.services import people
from pspm.core.mail import Mail
from pspm.extensions import db
from tests.accounts.conftest import link_in
from tests.client import CheckedClient
from tests.factories import PASSWORD, make_user

Outbox = Callable[[], list[Mail]]
SIGN_UP = {"name": "Rosa Rossi", "email": "Rosa@Example.org", "password": PASSWORD}
SIGN_IN = {"email": "rosa@example.org", "password": PASSWORD}


def is_signed_in(client: CheckedClient) -> bool:
    return client.get("/account").status_code == 200


def test_sign_up_confirm_and_sign_in(client: CheckedClient, outbox: Outbox) -> None:
    assert client.get("/account/sign-up").status_code == 200
    answer = client.post("/account/sign-up", data=SIGN_UP)
    assert answer.location == "/account/check-your-mail"
    assert "mailbox" in client.get(answer.location).text
    assert client.post("/account/sign-in", data=SIGN_IN).status_code == 422

    (mail,) = outbox()
    assert (mail.recipient, mail.subject) == ("rosa@example.org", "Confirm your e-mail address")
    link = link_in(mail)
    assert "rosa@example.org" in client.get(link).text
    assert client.post(link, data={"password": PASSWORD}).location == "/account"
    assert is_signed_in(client)

    client.post("/account/sign-out")
    assert not is_signed_in(client)
    assert client.post("/account/sign-in", data=SIGN_IN).location == "/"
    assert is_signed_in(client)


def test_confirming_needs_the_password_chosen(client: CheckedClient, outbox: Outbox) -> None:
    client.post("/account/sign-up", data=SIGN_UP)
    link = link_in(outbox()[0])
    answer = client.post(link, data={"password": "what somebody else chose"})
    assert answer.status_code == 422
    assert "This is not the password" in answer.text
    assert client.post(link, data={"password": ""}).status_code == 422
    assert not is_signed_in(client)


def test_confirmation_goes_where_the_person_was_going(client: CheckedClient, outbox: Outbox) -> None:
    page = client.get("/account/sign-up?next=/bodies&email=rosa@example.org")
    assert 'value="/bodies"' in page.text
    assert 'value="rosa@example.org"' in page.text
    client.post("/account/sign-up", data=SIGN_UP | {"next": "/bodies"})
    assert client.post(link_in(outbox()[0]), data={"password": PASSWORD}).location == "/bodies"


def test_confirmation_link_works_once(client: CheckedClient, outbox: Outbox) -> None:
    client.post("/account/sign-up", data=SIGN_UP)
    link = link_in(outbox()[0])
    client.post(link, data={"password": PASSWORD})
    assert client.get(link).status_code == 410
    assert client.post(link, data={"password": PASSWORD}).status_code == 410
    client.post("/account/sign-out")
    assert "/account/forgot-password" in client.get(link).text, "a way to a new link"


def test_signing_up_again_spends_the_first_link(client: CheckedClient, outbox: Outbox) -> None:
    client.post("/account/sign-up", data=SIGN_UP)
    client.post("/account/sign-up", data=SIGN_UP | {"password": "quite another password"})
    first, second = outbox()
    assert client.get(link_in(first)).status_code == 410
    assert client.post(link_in(second), data={"password": "quite another password"}).status_code == 303


def test_confirmation_link_expires(
    client: CheckedClient, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post("/account/sign-up", data=SIGN_UP)
    monkeypatch.setattr(links, "CONFIRM_LIFE", timedelta(seconds=-1))
    assert client.get(link_in(outbox()[0])).status_code == 410


@pytest.mark.parametrize("token", ["nonsense", "WyJhIl0.aaaaaa.bbbbbb"])
def test_forged_link_is_refused(client: CheckedClient, token: str) -> None:
    for path in ("confirm", "reset-password", "email/confirm"):
        assert client.get(f"/account/{path}/{token}").status_code == 410


def test_sign_up_answers_alike_for_known_addresses(client: CheckedClient, user: User, outbox: Outbox) -> None:
    known = client.post("/account/sign-up", data=SIGN_UP | {"email": user.email.upper()})
    unknown = client.post("/account/sign-up", data=SIGN_UP)
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    subjects = [mail.subject for mail in outbox()]
    assert subjects == ["You already have an account", "Confirm your e-mail address"]
    credentials = {"email": user.email, "password": PASSWORD}
    assert client.post("/account/sign-in", data=credentials).status_code == 303
    assert user.name != "Rosa Rossi"


def test_sign_in_answers_alike_whatever_is_wrong(client: CheckedClient, user: User) -> None:
    waiting = make_user(email_confirmed_at=None, password_hash=user.password_hash)
    blocked = make_user(is_blocked=True, password_hash=user.password_hash)
    tries = [
        (user.email, "not the password"),
        ("nobody@example.org", PASSWORD),
        (waiting.email, PASSWORD),
        (blocked.email, PASSWORD),
    ]
    pages = set()
    for email, password in tries:
        answer = client.post("/account/sign-in", data={"email": email, "password": password})
        assert answer.status_code == 422
        page = answer.text.replace(email, "EMAIL")
        pages.add(re.sub(r"<input[^>]*csrf_token[^>]*>", "", page))  # it carries the second
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("password", "short", "at least 12 characters"),
        ("password", "Password 1234", "attackers try first"),
        ("password", "aaaaaaaaaaaaab", "different characters"),
        ("password", "x" * 300, "at most 256"),
        ("email", "rosa", "not an e-mail address"),
        ("name", "  ", "Type your name"),
    ],
)
def test_sign_up_says_what_is_wrong_and_keeps_the_rest(
    client: CheckedClient, outbox: Outbox, field: str, value: str, message: str
) -> None:
    answer = client.post("/account/sign-up", data=SIGN_UP | {field: value})
    assert answer.status_code == 422
    assert message in answer.text
    assert ("Rosa Rossi" if field != "name" else "Rosa@Example.org") in answer.text
    assert "What you typed is still here, except the password." in answer.text
    assert outbox() == []


def test_next_stays_on_this_site(client: CheckedClient, user: User) -> None:
    data = {"email": user.email, "password": PASSWORD}
    assert client.post("/account/sign-in", data=data | {"next": "//evil.example"}).location == "/"
    client.post("/account/sign-out")
    assert client.post("/account/sign-in", data=data | {"next": "/bodies?q=a"}).location == "/bodies?q=a"


def test_signed_in_people_are_sent_on(sign_in: Callable[[User], CheckedClient], user: User) -> None:
    client = sign_in(user)
    assert client.get("/account/sign-in?next=/bodies").location == "/bodies"
    assert client.get("/account/sign-up").location == "/account"


def test_sign_in_begins_a_new_session(client: CheckedClient, user: User) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
        session["language"] = "it"
    client.post("/account/sign-in", data={"email": user.email, "password": PASSWORD})
    with client.session_transaction() as session:
        assert "planted" not in session
        assert "language" not in session  # the account has one of its own


def test_remembered_sign_in_outlives_the_session(client: CheckedClient, user: User) -> None:
    data = {"email": user.email, "password": PASSWORD}
    client.post("/account/sign-in", data=data)
    client.delete_cookie("session")
    assert not is_signed_in(client)
    client.post("/account/sign-in", data=data | {"remember": "y"})
    client.delete_cookie("session")
    assert is_signed_in(client)
    client.post("/account/sign-out")
    assert not is_signed_in(client)


def test_sign_out_is_no_get(sign_in: Callable[[User], CheckedClient], user: User) -> None:
    client = sign_in(user)
    assert client.get("/account/sign-out").status_code == 405
    assert is_signed_in(client)


def test_old_hashes_are_renewed(client: CheckedClient, user: User) -> None:
    user.password_hash = old = hash_secret(PASSWORD.encode(), b"somesalt", 1, 8, 1, 32, Type.ID).decode()
    credentials = {"email": user.email, "password": PASSWORD}
    assert client.post("/account/sign-in", data=credentials).status_code == 303
    assert user.password_hash != old
    assert "m=19456,t=2,p=1" in user.password_hash


def test_unconfirmed_account_is_kept_apart(client: CheckedClient) -> None:
    client.post("/account/sign-up", data=SIGN_UP)
    made = find_user_by_email("ROSA@example.org")
    assert made is not None
    assert not made.is_active
    db.session.rollback()


def test_same_form_sent_twice_at_once(monkeypatch: pytest.MonkeyPatch, outbox: Outbox) -> None:
    """The other request wrote its row after this one had looked."""
    first = make_user(email="rosa@example.org", email_confirmed_at=None)
    monkeypatch.setattr(queries, "find_user_by_email", lambda _email: None)
    people.sign_up(email=first.email, name="Rosa", password=PASSWORD, locale="en")
    assert first.name == "Rosa"
    assert [mail.subject for mail in outbox()] == ["Confirm your e-mail address"]
    db.session.rollback()
