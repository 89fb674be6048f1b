"""The files of a practice, and the objectives that it is linked to, as pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from pspm.accounts.models import Body, User
from pspm.extensions import db
from pspm.plans import services as plan_services
from pspm.plans.models import Plan
from pspm.practices import queries, services
from pspm.practices.models import Practice
from tests.client import CheckedClient
from tests.factories import make_plan, make_tree
from tests.practices.pages import address, publish
from tests.practices.test_files import PDF

SignIn = Callable[[User], CheckedClient]


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
