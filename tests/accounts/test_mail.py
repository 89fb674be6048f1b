"""Messages: in the recipient's language, in the outbox, and through a real SMTP server."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pspm.accounts.models import User
from pspm.core.clock import shifted
from pspm.core.i18n import current_language
from pspm.core.mail import Mail, link_to, send_mail, send_template
from pspm.extensions import db
from tests.client import CheckedClient
from tests.factories import PASSWORD

Outbox = Callable[[], list[Mail]]
EMAILS = sorted(path.stem for path in Path("templates/emails").glob("accounts_*.txt"))


class _Inbox:
    """Takes what an SMTP server is handed."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - SMTP's name
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 taken"


@pytest.fixture
def inbox(app: Flask) -> Iterator[_Inbox]:
    """The app with a mail server of its own."""
    inbox = _Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    before = {name: app.config[name] for name in ("MAIL_SERVER", "MAIL_PORT", "MAIL_STARTTLS")}
    app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=port, MAIL_STARTTLS=False)
    yield inbox
    app.config.update(before)
    server.stop()


def test_message_arrives_by_smtp(client: CheckedClient, inbox: _Inbox, outbox: Outbox) -> None:
    data = {"name": "Rosa", "email": "rosa@example.org", "password": PASSWORD}
    client.post("/account/sign-up", data=data)
    (message,) = inbox.messages
    assert (message["To"], message["Subject"]) == ("rosa@example.org", "Confirm your e-mail address")
    assert "PSPM" in message["From"]
    (mail,) = outbox()
    assert message.get_content().replace("\r\n", "\n").rstrip() == mail.body.rstrip()
    assert mail.sent_at is not None
    assert message["Message-ID"] == f"<{mail.public_id}@127.0.0.1>"
    assert (message["Date"].datetime, message["Auto-Submitted"]) == (
        mail.created_at.replace(microsecond=0),
        "auto-generated",
    )


def test_what_a_server_that_was_down_left_is_sent_again(
    app: Flask, outbox: Outbox, request: pytest.FixtureRequest
) -> None:
    def resend() -> str:
        return app.test_cli_runner().invoke(args=["mail", "resend"]).output

    for age in (timedelta(days=3), timedelta(hours=1), timedelta(0)):
        with shifted(-age):
            send_mail(recipient="rosa@example.org", subject=f"Written {age} ago", body="Hello")
    db.session.commit()
    assert "0 to be sent" in resend()
    inbox: _Inbox = request.getfixturevalue("inbox")
    assert "1 to be sent" in resend()
    assert [message["Subject"] for message in inbox.messages] == ["Written 1:00:00 ago"]
    db.session.expire_all()
    assert [mail.sent_at is not None for mail in outbox()] == [False, True, False]
    assert "0 to be sent" in resend()


def test_outbox_is_closed_where_messages_are_sent(client: CheckedClient, inbox: _Inbox) -> None:
    client.post("/account/forgot-password", data={"email": "rosa@example.org"})
    assert client.get("/dev/mail").status_code == 404
    assert "/dev/mail" not in client.get("/account/check-your-mail").text


def test_outbox_is_closed_in_production(
    app: Flask, client: CheckedClient, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post("/account/forgot-password", data={"email": "rosa@example.org"})
    monkeypatch.setitem(app.config, "ENVIRONMENT", "production")
    assert client.get("/dev/mail").status_code == 404
    assert client.get(f"/dev/mail/{outbox()[0].public_id}").status_code == 404


def test_outbox_is_readable_in_development(client: CheckedClient, outbox: Outbox) -> None:
    assert "No messages yet" in client.get("/dev/mail").text
    client.post("/account/forgot-password", data={"email": "rosa@example.org"})
    (mail,) = outbox()
    assert mail.subject in client.get("/dev/mail").text
    page = client.get(f"/dev/mail/{mail.public_id}").text
    assert '<a href="http://127.0.0.1:8000/account/sign-up"' in page
    assert client.get("/dev/mail/nosuchmail00").status_code == 404


@pytest.mark.parametrize(("locale", "spoken"), [("it", "it"), (None, "en")])
def test_messages_speak_the_language_of_the_recipient(locale: str | None, spoken: str) -> None:
    mail = send_template(
        recipient="rosa@example.org",
        locale=locale,
        subject=LazyString(current_language),
        template="accounts_password_changed",
    )
    assert mail.subject == spoken
    db.session.rollback()


@pytest.mark.parametrize(
    ("public_url", "link"),
    [
        ("https://pspm.example.it", "https://pspm.example.it/account/sign-in"),
        ("https://example.it/pspm", "https://example.it/pspm/account/sign-in"),
    ],
)
def test_links_are_built_on_the_public_address(
    app: Flask, monkeypatch: pytest.MonkeyPatch, public_url: str, link: str
) -> None:
    monkeypatch.setitem(app.config, "PUBLIC_URL", public_url)
    assert link_to("accounts.account_sign_in") == link


def test_subjects_stay_on_one_line(user: User) -> None:
    mail = send_template(
        recipient=user.email,
        locale="en",
        subject=_l("You are invited to %(body)s", body="A\nBcc: all@example.org"),
        template="accounts_password_changed",
    )
    assert mail.subject == "You are invited to A Bcc: all@example.org"
    db.session.rollback()


@pytest.mark.parametrize("template", EMAILS)
def test_every_message_says_who_sends_it(template: str) -> None:
    source = Path("templates/emails", f"{template}.txt").read_text("utf-8")
    assert source.startswith('{% extends "emails/layout.txt" %}')
