"""What was typed outlives an expired sign-in and an expired form."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml import html
from werkzeug.test import TestResponse

from pspm.accounts.models import Body, BodyStatus, User
from pspm.extensions import db
from tests.client import CheckedClient
from tests.factories import PASSWORD

SignIn = Callable[[User], CheckedClient]
TYPED = {
    "name": "Agenzia per “l'acqua” & il <suolo>\nsecond line",
    "kind": ["agency", "region"],
    "country": "IT",
    "website": "",
}


def form_to(answer: TestResponse, action: str) -> dict[str, list[str]]:
    """The fields of the form on the page that posts to `action`."""
    page = html.fromstring(answer.text)
    form = page.xpath(f"//main//form[@action='{action}']")[0]
    fields: dict[str, list[str]] = {}
    for field in form.xpath(".//input[@name]"):
        fields.setdefault(field.get("name"), []).append(field.get("value", ""))
    return fields


def test_expired_sign_in_loses_nothing(user: User, sign_in: SignIn) -> None:
    client = sign_in(user)
    user.session_epoch += 1
    answer = client.post("/bodies/register", data=TYPED)
    assert answer.status_code == 401
    carried = form_to(answer, "/account/resume")
    assert carried["kind"] == ["agency", "region"]

    wrong = client.post(
        "/account/resume", data=carried | {"resume-email": user.email, "resume-password": "no"}
    )
    assert wrong.status_code == 422
    assert "do not go together" in wrong.text
    assert user.email in wrong.text
    assert client.post("/account/resume", data=form_to(wrong, "/account/resume")).status_code == 422

    right = {"resume-email": user.email, "resume-password": PASSWORD}
    answer = client.post("/account/resume", data=form_to(wrong, "/account/resume") | right)
    assert answer.status_code == 200
    assert f"signed in as {user.name}" in answer.text
    again = client.post("/bodies/register", data=form_to(answer, "/bodies/register"))
    assert again.status_code == 303
    body = db.session.query(Body).one()
    assert (body.name, body.requested_by, body.status) == (
        "Agenzia per “l'acqua” & il <suolo> second line",
        user,
        BodyStatus.REQUESTED,
    )


def shown(answer: TestResponse) -> dict[str, str]:
    """What the page says will be sent, by label."""
    rows = html.fromstring(answer.text).xpath("//main//dl/div")
    return {row.findtext("dt"): row.findtext("dd") for row in rows}


@pytest.mark.parametrize(
    ("path", "data", "read"),
    [
        (
            "/bodies/register",
            TYPED,
            {"Full name": TYPED["name"], "Kind of body": "Region or autonomous province", "Country": "IT"},
        ),
        (
            "/plans/x/items/y/edit",
            {"title": "Days", "unit": "days", "target_2027_value": "3", "expected_revision": "4"},
            {"Title": "Days", "Unit of measurement": "days", "Value for 2027": "3"},
        ),
        (
            "/rounds/x/items/y",
            {"text": "Why?", "quote": "", "aspect": "general", "revision": "z", "next": "1", "__init__": "?"},
            {"What is your comment about?": "general", "Your comment": "Why?"},
        ),
        ("/account/profile", {"profile-name": "Ada"}, {"Name and surname": "Ada"}),
        ("/plans/new", {"nothing": "known"}, {}),
    ],
)
@pytest.mark.usefixtures("with_csrf")
def test_what_will_be_sent_stands_under_the_labels_of_its_form(
    user: User, sign_in: SignIn, path: str, data: dict[str, Any], read: dict[str, str]
) -> None:
    answer = sign_in(user).post(path, data=data)
    assert answer.status_code == 400
    assert shown(answer) == read


@pytest.mark.usefixtures("with_csrf")
def test_expired_sign_in_with_its_token(client: CheckedClient, user: User) -> None:
    """The browser was closed: the session is gone, and with it what the token belonged to."""
    answer = client.post("/bodies/register", data=TYPED | {"csrf_token": "from yesterday"})
    assert answer.status_code == 400
    right = {"resume-email": user.email, "resume-password": PASSWORD}
    answer = client.post("/account/resume", data=form_to(answer, "/account/resume") | right)
    assert answer.status_code == 200
    assert client.post("/bodies/register", data=form_to(answer, "/bodies/register")).status_code == 303
    assert db.session.query(Body).count() == 1


@pytest.mark.usefixtures("with_csrf")
def test_expired_token_while_signed_in(user: User, sign_in: SignIn) -> None:
    client = sign_in(user)
    answer = client.post("/bodies/register?from=list", data=TYPED)
    assert answer.status_code == 400
    fields = form_to(answer, "/bodies/register?from=list")
    assert client.post("/bodies/register?from=list", data=fields).status_code == 303


@pytest.mark.usefixtures("with_csrf")
def test_expired_token_while_signing_in_in_place(user: User, client: CheckedClient) -> None:
    answer = client.post("/bodies/register", data=TYPED)
    fields = form_to(answer, "/account/resume") | {"resume-email": user.email, "resume-password": PASSWORD}
    client.delete_cookie("session")
    answer = client.post("/account/resume", data=fields)
    assert answer.status_code == 400
    assert PASSWORD not in answer.text
    fields = form_to(answer, "/account/resume") | {"resume-email": user.email, "resume-password": PASSWORD}
    answer = client.post("/account/resume", data=fields)
    assert client.post("/bodies/register", data=form_to(answer, "/bodies/register")).status_code == 303


@pytest.mark.usefixtures("with_csrf")
def test_passwords_are_typed_again_not_carried(client: CheckedClient, user: User) -> None:
    data = {"email": user.email, "password": PASSWORD, "next": "/bodies"}
    answer = client.post("/account/sign-in", data=data)
    assert PASSWORD not in answer.text
    fields = form_to(answer, "/account/sign-in")
    assert fields["password"] == [""]
    again = client.post("/account/sign-in", data=fields | {"password": PASSWORD})
    assert again.location == "/bodies"


@pytest.mark.usefixtures("with_csrf")
@pytest.mark.parametrize("path", ["/account/sign-out", "/language", "/account/forgot-password"])
def test_forms_for_visitors_ask_for_no_sign_in(client: CheckedClient, path: str) -> None:
    answer = client.post(path, data={"language": "it"})
    assert "resume-password" not in answer.text
    assert client.post(path, data=form_to(answer, path)).status_code in (303, 422)


def test_expired_sign_in_at_a_form_with_a_password(client: CheckedClient, user: User) -> None:
    data = {"password-current_password": PASSWORD, "password-password": "quite another password"}
    answer = client.post("/account/password", data=data)
    right = {"resume-email": user.email, "resume-password": PASSWORD}
    answer = client.post("/account/resume", data=form_to(answer, "/account/resume") | right)
    fields = form_to(answer, "/account/password")
    assert "quite another password" not in answer.text
    assert client.post("/account/password", data=fields | data).status_code == 303


def test_files_are_said_to_be_lost(client: CheckedClient, user: User) -> None:
    data: dict[str, Any] = {"title": "Kept", "file": (io.BytesIO(b"x"), "plan.xml")}
    answer = client.post("/bodies/register", data=data)
    assert "choose it again" in answer.text
    right = {"resume-email": user.email, "resume-password": PASSWORD}
    answer = client.post("/account/resume", data=form_to(answer, "/account/resume") | right)
    assert "choose it again" in answer.text
    assert "choose it again" not in client.post("/bodies/register", data={"title": "Kept"}).text


def test_somebody_signed_in_meanwhile_needs_no_password(user: User, sign_in: SignIn) -> None:
    answer = sign_in(user).post("/account/resume", data={"resume-action": "/bodies/register", "name": "Kept"})
    assert form_to(answer, "/bodies/register")["name"] == ["Kept"]


def test_carried_form_goes_nowhere_else(client: CheckedClient, user: User) -> None:
    data = {
        "resume-action": "https://evil.example/x",
        "resume-email": user.email,
        "resume-password": PASSWORD,
    }
    answer = client.post("/account/resume", data=data)
    assert answer.status_code == 200
    assert "evil.example" not in answer.text


@pytest.mark.usefixtures("with_csrf")
@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}],
)
def test_forms_of_other_sites_are_refused(user: User, sign_in: SignIn, headers: dict[str, str]) -> None:
    answer = sign_in(user).post("/bodies/register", data=TYPED, headers=headers)
    assert answer.status_code == 400
    assert "another website" in answer.text
    assert "second line" not in answer.text


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}])
def test_forms_of_this_site_are_carried(client: CheckedClient, headers: dict[str, str]) -> None:
    assert "second line" in client.post("/bodies/register", data=TYPED, headers=headers).text


def test_htmx_gets_the_page_in_place_of_the_body(client: CheckedClient) -> None:
    answer = client.post("/bodies/register", data=TYPED, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (422, "body")
    assert "second line" in answer.text


@pytest.mark.parametrize(
    ("here", "target"),
    [("http://localhost/bodies?q=a", "/bodies?q=a"), ("http://localhost/bodies", "/bodies"), ("", "/")],
)
def test_htmx_reads_go_to_the_sign_in_page(client: CheckedClient, here: str, target: str) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": here}
    answer = client.get("/account", headers=headers)
    assert answer.status_code == 401
    address = answer.headers["HX-Redirect"]
    assert re.fullmatch(r"/account/sign-in\?next=(.*)", address)
    assert f'value="{target}"' in client.get(address).text
