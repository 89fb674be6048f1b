"""What comes in is text, and leads nowhere but to this site."""

from __future__ import annotations

import pytest
from flask import Flask, request

from pspm.core.mail import MAX_SUBJECT, send_mail
from pspm.core.web import safe_next
from tests.client import CheckedClient


def test_control_characters_are_dropped_wherever_they_stand(app: Flask) -> None:
    with app.test_request_context(
        "/a%00b\x7f?q=x%00y&q=%EF%BF%BEz", method="POST", data={"n\0": "1\x1b2\t3"}
    ):
        assert request.path == "/ab"
        assert request.args.getlist("q") == ["xy", "z"]
        assert request.form.to_dict() == {"n": "12\t3"}
        assert request.values["n"] == "12\t3"


def test_ordinary_text_is_left_alone(app: Flask) -> None:
    with app.test_request_context("/città?q=più", method="POST", data={"text": "één\r\n😀"}):
        assert (request.path, request.args["q"]) == ("/città", "più")
        assert request.form["text"] == "één\r\n😀"


@pytest.mark.parametrize(
    "target",
    ["//example.com", "/\\example.com", "/\t/example.com", "/\t/[", "https://example.com", "plans", ""],
)
def test_addresses_of_other_sites_are_not_followed(target: str) -> None:
    assert safe_next(target, "/here") == "/here"


def test_expired_fragment_with_a_broken_address_leads_home(client: CheckedClient) -> None:
    answer = client.get("/work", headers={"HX-Request": "true", "HX-Current-URL": "http://["})
    assert answer.headers["HX-Redirect"] == "/account/sign-in?next=/"


def test_long_subject_is_cut_between_words(app: Flask) -> None:
    mail = send_mail(recipient="a@example.org", subject="word " * 100 + "\r\nBcc: b@example.org", body="")
    assert len(mail.subject) <= MAX_SUBJECT
    assert mail.subject.endswith("word…")
