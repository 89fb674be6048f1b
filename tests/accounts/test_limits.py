"""How often signing in, signing up and asking for messages may be tried."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pspm.accounts.limits import address_key
from pspm.accounts.models import User
from pspm.core.mail import Mail
from tests.client import CheckedClient
from tests.factories import PASSWORD, make_body, make_user


def _fail(client: CheckedClient, email: str, network: str = "127.0.0.1") -> int:
    data = {"email": email, "password": "not the password"}
    return client.post("/account/sign-in", data=data, environ_base={"REMOTE_ADDR": network}).status_code


def _enter(client: CheckedClient, user: User, network: str) -> int:
    data = {"email": user.email, "password": PASSWORD}
    return client.post("/account/sign-in", data=data, environ_base={"REMOTE_ADDR": network}).status_code


def test_ten_failures_close_an_account_to_all_networks(client: CheckedClient, user: User) -> None:
    assert [_fail(client, user.email, f"10.0.0.{number}") for number in range(10)] == [422] * 10
    assert _fail(client, user.email.upper(), "10.0.0.77") == 429
    assert _enter(client, user, "10.0.0.78") == 429
    assert _enter(client, make_user(password_hash=user.password_hash), "10.0.0.79") == 303


def test_ten_failures_close_a_network_to_all_accounts(client: CheckedClient, user: User) -> None:
    assert [_fail(client, f"nobody{number}@example.org") for number in range(10)] == [422] * 10
    assert _enter(client, user, "127.0.0.1") == 429
    assert _enter(client, user, "10.0.0.1") == 303


def test_unknown_accounts_are_closed_like_known_ones(client: CheckedClient, user: User) -> None:
    def tries(email: str, net: int) -> list[int]:
        return [_fail(client, email, f"10.{net}.0.{number}") for number in range(12)]

    assert tries(user.email, 1) == tries("nobody@example.org", 2)


def test_the_wait_is_said_in_minutes(client: CheckedClient) -> None:
    for _number in range(10):
        _fail(client, "nobody@example.org")
    answer = client.post("/account/sign-in", data={"email": "nobody@example.org", "password": "x"})
    assert answer.status_code == 429
    assert "Please wait 5 minutes, then try again." in answer.text
    assert 0 < int(answer.headers["Retry-After"]) <= 300


def test_success_is_not_counted(client: CheckedClient, user: User) -> None:
    for _number in range(12):
        assert _enter(client, user, "10.0.0.1") == 303
        client.post("/account/sign-out")


def test_forms_without_a_password_typed_are_not_counted(client: CheckedClient, user: User) -> None:
    for _number in range(12):
        assert client.post("/account/sign-in", data={"email": user.email}).status_code == 422


def test_every_place_that_takes_a_password_counts(
    client: CheckedClient, user: User, sign_in: Callable[[User], CheckedClient]
) -> None:
    signed_in = sign_in(user)
    change = {"password-current_password": "wrong", "password-password": "quite another password"}
    address = {"email-email": "new@example.org", "email-password": "wrong"}
    resume = {"resume-email": user.email, "resume-password": "wrong", "resume-action": "/bodies"}
    for _number in range(3):
        assert signed_in.post("/account/password", data=change).status_code == 422
        assert signed_in.post("/account/email", data=address).status_code == 422
        assert client.post("/account/resume", data=resume).status_code == 422
    assert _fail(client, user.email) == 422
    for path, data, who in (
        ("/account/password", change, signed_in),
        ("/account/email", address, signed_in),
        ("/account/resume", resume, client),
    ):
        assert who.post(path, data=data).status_code == 429


@pytest.mark.parametrize("path", ["/account/sign-up", "/account/forgot-password"])
def test_five_messages_an_hour_to_one_address(
    client: CheckedClient, outbox: Callable[[], list[Mail]], path: str
) -> None:
    data = {"email": "rosa@example.org", "name": "Rosa", "password": PASSWORD}
    codes = [client.post(path, data=data).status_code for _number in range(6)]
    assert codes == [303] * 5 + [429]
    assert client.post(path, data=data | {"email": "other@example.org"}).status_code == 303
    assert len(outbox()) == 6


@pytest.mark.parametrize("email", ["rosa@example.org", ""])
def test_forms_that_come_back_are_not_counted(client: CheckedClient, email: str) -> None:
    data = {"email": email, "name": "Rosa", "password": "short"}
    assert [client.post("/account/sign-up", data=data).status_code for _number in range(6)] == [422] * 6
    data = {"email": "rosa@example.org", "name": "Rosa", "password": PASSWORD}
    assert client.post("/account/sign-up", data=data).status_code == 303


def test_a_network_may_sign_up_a_whole_office_but_not_more(client: CheckedClient) -> None:
    codes = [
        client.post("/account/sign-up", data={"email": f"p{number}@example.org"}).status_code
        for number in range(101)
    ]
    assert codes == [422] * 100 + [429]


def test_a_person_may_send_a_hundred_messages_a_day(
    user: User, sign_in: Callable[[User], CheckedClient]
) -> None:
    body = make_body()
    client = sign_in(user)
    codes = {client.post(f"/bodies/{body.public_id}/join").status_code for _number in range(100)}
    assert codes == {303, 409}
    assert client.post(f"/bodies/{body.public_id}/join").status_code == 429


def test_keys_are_digests_of_the_normal_address() -> None:
    key = address_key(" Rosa@Example.org")
    assert key == address_key("rosa@example.org")
    assert key == address_key("ｒｏｓａ@example.org")
    assert "rosa" not in key
    assert key != address_key("rosa@example.com")
