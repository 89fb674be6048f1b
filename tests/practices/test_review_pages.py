"""The pages on which curators look at what was submitted."""

from __future__ import annotations

from collections.abc import Callable

from pspm.accounts.models import User
from pspm.practices.models import Practice
from tests.client import CheckedClient
from tests.practices.pages import address

SignIn = Callable[[User], CheckedClient]


def test_curator_returns_with_remarks(
    sign_in: SignIn, submitted: Practice, curator: User, author: User
) -> None:
    client = sign_in(curator)
    assert submitted.title in client.get("/practices/queue").text
    assert "Check this practice" in client.get(address(submitted)).text
    assert client.post(address(submitted, "/return"), data={"remark": ""}).status_code == 422
    assert client.post(address(submitted, "/return"), data={"remark": "Add figures."}).status_code == 303
    assert "Add figures." in sign_in(author).get(address(submitted)).text
    assert "Nothing waits to be checked" in client.get("/practices/queue").text


def test_overlong_remark_is_kept(sign_in: SignIn, submitted: Practice, curator: User) -> None:
    answer = sign_in(curator).post(address(submitted, "/return"), data={"remark": "x" * 20_001})
    assert answer.status_code == 422


def test_curator_publishes(
    sign_in: SignIn, client: CheckedClient, submitted: Practice, curator: User
) -> None:
    assert sign_in(curator).post(address(submitted, "/publish")).status_code == 303
    assert client.get(address(submitted)).status_code == 200
    assert sign_in(curator).post(address(submitted, "/publish")).status_code == 409


def test_author_may_not_publish(sign_in: SignIn, submitted: Practice, author: User) -> None:
    assert sign_in(author).post(address(submitted, "/publish")).status_code == 403
    assert sign_in(author).get("/practices/queue").status_code == 403
