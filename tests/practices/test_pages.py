"""The pages of practices, as each person meets them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from pspm.accounts.models import Body, BodyStatus, User
from pspm.extensions import db
from pspm.plans import services as plan_services
from pspm.plans.models import Plan
from pspm.practices import files, queries, services
from pspm.practices.models import Practice, PracticeStatus
from tests.client import CheckedClient
from tests.factories import make_plan, make_practice, make_tree
from tests.practices.test_files import PDF

SignIn = Callable[[User], CheckedClient]
COMPLETE = {"summary": "Short.", "context": "Before.", "solution": "**How**.", "results": "After."}
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


def publish(**values: Any) -> Practice:
    practice = make_practice(status=PracticeStatus.SUBMITTED, **{**COMPLETE, **values})
    services.publish_practice(practice=practice)
    return practice


@pytest.fixture
def draft(body: Body, author: User) -> Practice:
    return make_practice(body=body, author=author, status=PracticeStatus.DRAFT, published_at=None, **COMPLETE)


def address(practice: Practice, rest: str = "") -> str:
    return f"/practices/{practice.public_id}{rest}"


# Reading


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


# Writing


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


# Checking


@pytest.fixture
def submitted(draft: Practice, curator: User) -> Practice:
    services.submit_practice(practice=draft)
    return draft


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


# Files


def upload(client: CheckedClient, practice: Practice, name: str = "guide.pdf", data: bytes = PDF) -> Any:
    return client.post(
        address(practice, "/files"),
        data={"file": (io.BytesIO(data), name)},
        content_type="multipart/form-data",
    )


def test_file_is_added_downloaded_and_deleted(
    sign_in: SignIn, client: CheckedClient, submitted: Practice, author: User, curator: User
) -> None:
    owner = sign_in(author)
    assert "cannot be changed" in owner.get(address(submitted, "/files")).text
    owner.post(address(submitted, "/recall"))
    assert upload(owner, submitted, "Città è.pdf").status_code == 303
    assert "Città è.pdf" in owner.get(address(submitted, "/files")).text
    file = queries.get_practice(submitted.public_id).attachments[0].public_id
    assert client.get(address(submitted, f"/files/{file}")).status_code == 302
    answer = owner.get(address(submitted, f"/files/{file}"))
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "application/pdf"
    answer.close()
    assert owner.post(address(submitted, f"/files/{file}/delete")).status_code == 303
    assert owner.get(address(submitted, f"/files/{file}")).status_code == 404


def test_wrong_file_says_what_would_be_right(sign_in: SignIn, draft: Practice, author: User) -> None:
    client = sign_in(author)
    assert "Allowed: pdf, png" in upload(client, draft, "x.pdf", b"<html>").text
    answer = client.post(address(draft, "/files"), data={})
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


# Links


@pytest.fixture
def plan(body: Body, author: User) -> Plan:
    return make_plan(body=body, coordinator=author)


def test_practice_is_linked_from_its_side(sign_in: SignIn, draft: Practice, plan: Plan, author: User) -> None:
    item = make_tree(plan)["objective"]
    client = sign_in(author)
    links = address(draft, "/links")
    assert item.title in client.get(f"{links}?q=objective").text
    assert "Nothing found" in client.get(f"{links}?q=nowhere").text
    assert client.post(f"{links}/{item.public_id}").status_code == 303
    assert item.title in client.get(address(draft)).text
    assert client.post(f"{links}/{item.public_id}/delete").status_code == 303
    assert item.title not in client.get(address(draft)).text


def test_item_that_one_may_not_see_cannot_be_linked(sign_in: SignIn, draft: Practice, author: User) -> None:
    hidden = make_tree(make_plan())["objective"]
    assert sign_in(author).post(address(draft, f"/links/{hidden.public_id}")).status_code == 404


def test_practice_is_linked_from_the_objective(
    sign_in: SignIn, client: CheckedClient, plan: Plan, author: User, stranger: User
) -> None:
    item = make_tree(plan)["objective"]
    practice = publish(title="Bilancio partecipativo")
    page = f"/practices/for/{plan.public_id}/{item.public_id}"
    planner = sign_in(author)
    assert "Search for one that could help" in planner.get(page).text
    assert practice.title in planner.get(f"{page}?q=bilancio").text
    assert "Nothing found" in planner.get(f"{page}?q=nowhere").text
    assert planner.post(f"{page}/{practice.public_id}").status_code == 303
    assert practice.title in planner.get(page).text
    assert planner.post(f"{page}/{practice.public_id}/delete").status_code == 303
    assert sign_in(stranger).get(page).status_code == 404
    assert sign_in(stranger).post(f"{page}/{practice.public_id}").status_code == 404
    assert client.get(page).status_code == 302
    assert planner.get(f"/practices/for/{make_plan().public_id}/{item.public_id}").status_code == 404


def test_reader_of_an_approved_plan_sees_its_practices(
    client: CheckedClient, plan: Plan, author: User
) -> None:
    from_plan = make_tree(plan)["objective"]
    page = f"/practices/for/{plan.public_id}/{from_plan.public_id}"
    approve(plan)
    assert "No practice is linked yet" in client.get(page).text
    practice = publish()
    services.link_item(practice=practice, item=from_plan)
    assert practice.title in client.get(page).text


def approve(plan: Plan) -> None:
    plan_services.approve_plan(plan=plan, author=plan.created_by, note="")
    db.session.flush()
