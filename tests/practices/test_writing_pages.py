"""The pages on which authors write their practices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pspm.accounts.models import Body, BodyStatus, User
from pspm.extensions import db
from pspm.practices import files, queries, services
from pspm.practices.models import Practice, PracticeStatus
from tests.client import CheckedClient
from tests.factories import make_plan, make_practice, make_tree
from tests.practices.pages import COMPLETE, address
from tests.practices.test_files import PDF

SignIn = Callable[[User], CheckedClient]

FORM = {
    "title": "One counter",
    "summary": "Permits in a month.",
    "sector": "",
    "country": "IT",
    "language": "en",
    "licence": "CC-BY-4.0",
    "sdgs": ["16", "9"],
    "keywords": "permits,  one-stop shop, permits,",
    "start_year": "2023",
}


def test_author_proposes_edits_and_submits(sign_in: SignIn, body: Body, author: User) -> None:
    client = sign_in(author)
    assert body.name in client.get("/practices/new").text
    answer = client.post("/practices/new", data={**FORM, "body_id": body.public_id})
    assert answer.status_code == 303
    practice = queries.list_own(author).items[0]
    assert (practice.title, sorted(practice.sdgs)) == ("One counter", [9, 16])
    assert practice.keywords == ["permits", "one-stop shop"]
    assert client.get(address(practice, "/edit")).status_code == 200
    incomplete = client.post(address(practice, "/submit"))
    assert incomplete.status_code == 422
    assert "Fill this in before you submit" in incomplete.text
    answer = client.post(address(practice, "/edit"), data={**FORM, **COMPLETE, "revision": "1"})
    assert answer.status_code == 303
    assert client.post(address(practice, "/submit")).status_code == 303
    assert "Being checked" in client.get(address(practice)).text
    assert client.get(address(practice, "/edit")).status_code == 200
    assert client.post(address(practice, "/recall")).status_code == 303


def test_what_was_typed_stays_when_something_is_wrong(sign_in: SignIn, body: Body, author: User) -> None:
    data = {**FORM, "body_id": body.public_id, "title": "", "end_year": "1066", "context": "Typed words"}
    answer = sign_in(author).post("/practices/new", data=data)
    assert answer.status_code == 422
    assert "Give the practice a title." in answer.text
    assert "Give a year with four digits" in answer.text
    assert "Typed words" in answer.text


def test_service_faults_are_shown_at_their_field(sign_in: SignIn, body: Body, author: User) -> None:
    data = {**FORM, "body_id": body.public_id, "end_year": "2020"}
    answer = sign_in(author).post("/practices/new", data=data)
    assert answer.status_code == 422
    assert "The end comes before the start." in answer.text


def test_edit_faults_keep_what_was_typed(sign_in: SignIn, author: User, draft: Practice) -> None:
    client = sign_in(author)
    for change, message in (
        ({"title": ""}, "Give the practice a title."),
        ({"end_year": "2020"}, "The end comes"),
    ):
        answer = client.post(address(draft, "/edit"), data={**FORM, **change, "revision": "1"})
        assert answer.status_code == 422
        assert message in answer.text


def test_conflict_shows_both_and_the_next_save_wins(sign_in: SignIn, author: User, draft: Practice) -> None:
    client = sign_in(author)
    client.post(address(draft, "/edit"), data={**FORM, "title": "Theirs", "sdgs": ["5"], "revision": "1"})
    mine = {**FORM, "title": "Mine", "revision": "1", "keywords": ""}
    answer = client.post(address(draft, "/edit"), data=mine)
    assert answer.status_code == 409
    for words in ("Theirs", "Mine", "5. Gender equality", 'value="2"'):
        assert words in answer.text
    assert client.post(address(draft, "/edit"), data={**mine, "revision": "2"}).status_code == 303
    assert queries.get_practice(draft.public_id).title == "Mine"


def test_draft_is_deleted_after_a_question(sign_in: SignIn, author: User, draft: Practice) -> None:
    browser = sign_in(author)
    make_linked_file(draft)
    path = files.path_of(files.hash_of(PDF))
    assert address(draft, "/delete") in browser.get(address(draft)).text
    asked = browser.get(address(draft, "/delete"))
    assert "guide.pdf" in asked.text
    assert path.exists()
    page = address(draft)
    done = browser.post(f"{page}/delete")
    assert done.location == "/practices/mine"
    assert "is deleted" in browser.get(done.location).text
    assert browser.get(page).status_code == 404
    assert browser.post(f"{page}/delete").status_code == 404
    assert not path.exists()


def make_linked_file(practice: Practice) -> None:
    """A file, and a link to a plan."""
    services.add_attachment(practice=practice, author=practice.created_by, filename="guide.pdf", data=PDF)
    services.link_item(practice=practice, item=make_tree(make_plan(body=practice.body))["goal"])
    db.session.commit()


@pytest.mark.parametrize("state", ["submitted", "recalled", "returned", "published"])
def test_practice_that_others_were_shown_is_not_deleted(
    sign_in: SignIn, author: User, draft: Practice, curator: User, state: str
) -> None:
    services.submit_practice(practice=draft)
    if state == "recalled":
        services.recall_practice(practice=draft)
    elif state == "returned":
        services.return_practice(practice=draft, curator=curator, remark="More.")
    elif state == "published":
        services.publish_practice(practice=draft)
    browser = sign_in(author)
    assert address(draft, "/delete") not in browser.get(address(draft)).text
    assert browser.get(address(draft, "/delete")).status_code == 409
    assert browser.post(address(draft, "/delete")).status_code == 409
    assert browser.get(address(draft)).status_code == 200


def test_draft_is_deleted_by_those_who_write_it(
    sign_in: SignIn, draft: Practice, member: User, stranger: User, curator: User, colleague: User
) -> None:
    for other in (member, stranger, curator):
        assert sign_in(other).post(address(draft, "/delete")).status_code == 404
    assert sign_in(colleague).post(address(draft, "/delete")).status_code == 303


def test_planner_of_a_waiting_body_is_told_so(sign_in: SignIn, body: Body, author: User) -> None:
    body.status = BodyStatus.REQUESTED
    client = sign_in(author)
    assert "not approved yet" in client.get("/practices/new").text
    assert client.post("/practices/new", data=FORM).status_code == 422


def test_member_may_not_propose(sign_in: SignIn, member: User) -> None:
    assert sign_in(member).get("/practices/new").status_code == 403


@pytest.mark.parametrize("who", ["author", "member", "curator"])
def test_own_list_says_what_to_do_next(sign_in: SignIn, request: pytest.FixtureRequest, who: str) -> None:
    client = sign_in(request.getfixturevalue(who))
    assert "No practices yet" in client.get("/practices/mine").text
    assert "None in this state" in client.get("/practices/mine?status=returned").text


def test_own_list_costs_the_same_with_many_entries(
    sign_in: SignIn, author: User, draft: Practice, count_queries: Any
) -> None:
    client = sign_in(author)
    with count_queries() as one:
        client.get("/practices/mine")
    for _ in range(29):
        make_practice(body=make_plan().body, author=author, status=PracticeStatus.DRAFT)
    with count_queries() as many:
        client.get("/practices/mine")
    assert len(one) == len(many)
