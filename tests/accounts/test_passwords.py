"""Forgetting, resetting and changing a password; what ends with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from pspm.accounts import links
from pspm.accounts.models import User
from pspm.accounts.passwords import hash_password, needs_rehash, password_fault, verify_password
from pspm.core.mail import Mail
from tests.accounts.conftest import link_in
from tests.client import CheckedClient
from tests.factories import PASSWORD, make_user

Outbox = Callable[[], list[Mail]]
SignIn = Callable[[User], CheckedClient]
NEW = "a kettle below the mountain"


def test_hash_is_argon2id_with_the_agreed_parameters() -> None:
    hashed = hash_password(PASSWORD)
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not needs_rehash(hashed)
    assert verify_password(hashed, PASSWORD)
    assert not verify_password(hashed, NEW)


def test_same_characters_typed_otherwise_are_the_same_password() -> None:
    assert verify_password(hash_password("caffe\u0300 nero e dolce"), "caff\u00e8 nero e dolce")


@pytest.mark.parametrize("password_hash", [None, "!", ""])
def test_no_hash_fits_no_password(password_hash: str | None) -> None:
    assert not verify_password(password_hash, "nobody has this password")


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        (PASSWORD, None),
        ("twelve chars", None),
        ("eleven char", "at least 12"),
        ("x1" * 129, "at most 256"),
        ("rosa.rossi@example.org", "e-mail address is easy to guess"),
        ("Rosa.Rossi.1234", None),
        ("Passw0rd 1234", "attackers try first"),
        ("121212121212", "different characters"),
    ],
)
def test_password_fault_says_what_to_do(password: str, fault: str | None) -> None:
    said = password_fault(password, email="rosa.rossi@example.org")
    assert said is None if fault is None else fault in (said or "")


def test_local_part_of_the_address_is_no_password() -> None:
    assert password_fault("rosamundrossi", email="rosamundrossi@example.org") is not None


def test_reset_by_mail(client: CheckedClient, user: User, outbox: Outbox, sign_in: SignIn) -> None:
    elsewhere = sign_in(user)
    assert elsewhere.get("/account").status_code == 200
    assert client.get("/account/forgot-password").status_code == 200
    client.post("/account/forgot-password", data={"email": user.email.upper()})
    link = link_in(outbox()[0])
    assert user.email in client.get(link).text
    assert client.post(link, data={"password": NEW}).location == "/account"
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert outbox()[-1].subject == "Your password was changed"
    assert client.get(link).status_code == 410
    assert client.post(link, data={"password": PASSWORD}).status_code == 410


def test_reset_refuses_bad_passwords(client: CheckedClient, user: User, outbox: Outbox) -> None:
    client.post("/account/forgot-password", data={"email": user.email})
    link = link_in(outbox()[0])
    for password in ("", "short", user.email):
        assert client.post(link, data={"password": password}).status_code == 422
    assert client.post(link, data={"password": NEW}).status_code == 303


def test_reset_link_expires(
    client: CheckedClient, user: User, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post("/account/forgot-password", data={"email": user.email})
    monkeypatch.setattr(links, "RESET_LIFE", timedelta(seconds=-1))
    assert client.get(link_in(outbox()[0])).status_code == 410


def test_links_serve_one_purpose(client: CheckedClient, user: User, outbox: Outbox) -> None:
    client.post("/account/forgot-password", data={"email": user.email})
    token = link_in(outbox()[0]).rsplit("/", 1)[1]
    assert client.get(f"/account/email/confirm/{token}").status_code == 410
    assert client.get(f"/account/confirm/{token}").status_code == 410


def test_reset_answers_alike_for_unknown_addresses(client: CheckedClient, user: User, outbox: Outbox) -> None:
    known = client.post("/account/forgot-password", data={"email": user.email})
    unknown = client.post("/account/forgot-password", data={"email": "nobody@example.org"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    first, second = outbox()
    assert first.subject == second.subject
    assert "there is no account with this address" in second.body
    assert client.post("/account/forgot-password", data={"email": "no"}).status_code == 422


def test_reset_confirms_the_address_too(client: CheckedClient, outbox: Outbox) -> None:
    waiting = make_user(email_confirmed_at=None, locale="en")
    client.post("/account/forgot-password", data={"email": waiting.email})
    client.post(link_in(outbox()[0]), data={"password": NEW})
    assert waiting.is_active
    assert client.get("/account").status_code == 200


def test_reset_does_not_open_a_blocked_account(client: CheckedClient, outbox: Outbox) -> None:
    blocked = make_user(is_blocked=True, locale="en")
    client.post("/account/forgot-password", data={"email": blocked.email})
    client.post(link_in(outbox()[0]), data={"password": NEW})
    assert client.get("/account").status_code == 302


def test_links_point_to_the_configured_address(client: CheckedClient, user: User, outbox: Outbox) -> None:
    client.post("/account/forgot-password", data={"email": user.email}, headers={"Host": "evil.example"})
    assert "evil.example" not in outbox()[0].body


def test_changing_the_password_ends_all_other_sessions(user: User, sign_in: SignIn, outbox: Outbox) -> None:
    here, elsewhere = sign_in(user), sign_in(user)
    data = {"password-current_password": PASSWORD, "password-password": NEW}
    assert here.post("/account/password", data=data).location == "/account"
    assert "Your password is changed" in here.get("/account").text
    assert elsewhere.get("/account").status_code == 302
    assert verify_password(user.password_hash, NEW)
    assert outbox()[0].subject == "Your password was changed"


@pytest.mark.parametrize(
    ("current", "new", "message"),
    [
        ("wrong", NEW, "This is not your present password."),
        (PASSWORD, "short", "Use at least 12 characters"),
        (PASSWORD, "", "Choose a password."),
    ],
)
def test_changing_the_password_says_what_is_wrong(
    user: User, sign_in: SignIn, current: str, new: str, message: str
) -> None:
    data = {"password-current_password": current, "password-password": new}
    answer = sign_in(user).post("/account/password", data=data)
    assert answer.status_code == 422
    assert message in answer.text
    assert verify_password(user.password_hash, PASSWORD)
