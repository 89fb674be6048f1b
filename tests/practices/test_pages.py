"""The list of practices and the page of one, as each person meets them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pspm.accounts.models import User
from pspm.extensions import db
from pspm.practices.models import Practice
from tests.client import CheckedClient
from tests.practices.pages import address, publish

SignIn = Callable[[User], CheckedClient]


def test_list_is_public_and_empty_at_first(client: CheckedClient) -> None:
    assert "No practices yet" in client.get("/practices/").text


def test_list_narrows_by_its_address(client: CheckedClient) -> None:
    publish(title="Bilancio partecipativo", sector="01.1", language="it")
    publish(title="Something else", sector="09", language="en")
    page = client.get("/practices/?q=bilanci&sector=01&sdg=&country=IT&language=it").text
    assert "Bilancio partecipativo" in page
    assert "Something else" not in page
    assert "Nothing found" in client.get("/practices/?q=nowhere").text


@pytest.mark.parametrize("query", ["sdg=x&page=y&before=z", "sdg=99999&page=-3", "q=%00%22&sector=%27"])
def test_list_bears_any_address(client: CheckedClient, query: str) -> None:
    publish()
    assert client.get(f"/practices/?{query}").status_code == 200


def test_list_costs_the_same_with_many_entries(client: CheckedClient, count_queries: Any) -> None:
    publish()
    db.session.commit()
    with count_queries() as one:
        client.get("/practices/?q=practice")
    for _ in range(29):
        publish()
    db.session.commit()
    with count_queries() as many:
        client.get("/practices/?q=practice")
    assert len(one) == len(many)


def test_capped_list_leads_on_to_older_entries(
    client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pspm.practices.queries.published.WINDOW", 2)
    titles = [publish(title=f"Bilancio {number}").title for number in range(3)]
    page = client.get("/practices/?q=bilancio&country=IT").text
    assert "Older practices" in page
    older = page.split('href="/practices/?q=bilancio&amp;country=IT&amp;before=')[1].split('"')[0]
    last = client.get(f"/practices/?q=bilancio&country=IT&before={older}").text
    assert titles[0] in last
    assert titles[1] not in last


def test_entry_shows_all_that_was_written(client: CheckedClient) -> None:
    practice = publish(
        start_year=2021,
        end_year=2024,
        sector="01.1",
        sdgs=[9, 16],
        keywords=["permits"],
        contact="a@b.example",
    )
    page = client.get(address(practice)).text
    for words in ("<strong>How</strong>", "2021–2024", "permits", "mailto:a@b.example", "licenses/by/4.0"):
        assert words in page


@pytest.mark.parametrize(
    ("start", "end", "words"), [(2021, None, "since 2021"), (None, 2024, "until 2024"), (2022, 2022, "2022")]
)
def test_period_is_said_in_words(client: CheckedClient, start: int, end: int, words: str) -> None:
    assert words in client.get(address(publish(start_year=start, end_year=end))).text


def test_draft_is_not_there_for_others(
    client: CheckedClient, sign_in: SignIn, draft: Practice, author: User, stranger: User
) -> None:
    assert client.get(address(draft)).status_code == 302
    assert sign_in(stranger).get(address(draft)).status_code == 404
    assert sign_in(author).get(address(draft)).status_code == 200
