"""E-mail: written to an outbox in the same transaction as its cause, sent by a job after the commit."""

from __future__ import annotations

import smtplib
import ssl
from datetime import datetime, timedelta
from email.message import EmailMessage
from textwrap import shorten
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, render_template
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from pspm.core import jobs
from pspm.core.clock import now
from pspm.core.columns import Created, JsonDict, PublicId, UtcDateTime
from pspm.core.errors import NotFound
from pspm.core.i18n import in_language
from pspm.core.paging import Page, paginate
from pspm.extensions import Model, db

SMTP_TIMEOUT_SECONDS = 20
MAX_SUBJECT = 250
RESEND_OLDER_THAN = timedelta(minutes=5)
RESEND_YOUNGER_THAN = timedelta(days=2)


class Mail(PublicId, Created, Model):
    """One message of the outbox. Without an SMTP server (development) it stays here to be read."""

    __tablename__ = "mail"

    recipient: Mapped[str] = mapped_column(String(254), index=True)
    subject: Mapped[str] = mapped_column(String(MAX_SUBJECT))
    body: Mapped[str]
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


def send_mail(*, recipient: str, subject: str, body: str) -> Mail:
    """Put a plain-text message into the outbox; it leaves after the commit."""
    mail = Mail(recipient=recipient, subject=shorten(subject, MAX_SUBJECT, placeholder="…"), body=body)
    db.session.add(mail)
    db.session.flush()
    jobs.enqueue("mail.send", mail_id=mail.id)
    return mail


def send_template(
    *, recipient: str, locale: str | None, subject: object, template: str, **context: Any
) -> Mail:
    """Send `templates/emails/<template>.txt` in the recipient's language (None: the site's).

    `subject` is a lazy string. The template has `recipient`, the context, and `link(endpoint, **values)`.
    """
    with in_language(locale or current_app.config["BABEL_DEFAULT_LOCALE"]):
        body = render_template(f"emails/{template}.txt", recipient=recipient, link=link_to, **context)
        return send_mail(recipient=recipient, subject=str(subject), body=body.strip() + "\n")


def link_to(endpoint: str, **values: Any) -> str:
    """The full address of a page, built on the configured PUBLIC_URL.

    Never on the request's Host header, which whoever asks for a password reset could forge.
    """
    public = urlsplit(current_app.config["PUBLIC_URL"])
    urls = current_app.url_map.bind(public.netloc, script_name=public.path or "/", url_scheme=public.scheme)
    return urls.build(endpoint, values, force_external=True)


def resend_mails() -> int:
    """Try again what a server that was down left unsent. Older messages are spent with their links."""
    if not current_app.config["MAIL_SERVER"]:
        return 0
    begin, end = now() - RESEND_YOUNGER_THAN, now() - RESEND_OLDER_THAN
    waiting = (
        select(Mail).where(Mail.sent_at.is_(None), Mail.created_at.between(begin, end)).order_by(Mail.id)
    )
    mails = db.session.scalars(waiting).all()
    for mail in mails:
        jobs.enqueue("mail.send", mail_id=mail.id)
    return len(mails)


def list_mails(*, page: int = 1) -> Page[Mail]:
    return paginate(select(Mail).order_by(Mail.id.desc()), number=page)


def get_mail(public_id: str) -> Mail:
    mail = db.session.scalar(select(Mail).where(Mail.public_id == public_id))
    if mail is None:
        raise NotFound()
    return mail


@jobs.handler("mail.send")
def _deliver(job: jobs.Job) -> JsonDict:
    mail = db.session.get_one(Mail, job.args["mail_id"])
    if current_app.config["MAIL_SERVER"] and mail.sent_at is None:
        _send_by_smtp(mail)
        mail.sent_at = now()
    return {}


def _send_by_smtp(mail: Mail) -> None:
    config = current_app.config
    message = EmailMessage()
    message["From"] = config["MAIL_SENDER"]
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = mail.created_at
    # One message, one identity: a second try is not a second message to the reader.
    message["Message-ID"] = f"<{mail.public_id}@{urlsplit(config['PUBLIC_URL']).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    with smtplib.SMTP(config["MAIL_SERVER"], config["MAIL_PORT"], timeout=SMTP_TIMEOUT_SECONDS) as server:
        if config["MAIL_STARTTLS"]:
            server.starttls(context=ssl.create_default_context())
        if config["MAIL_USERNAME"]:
            server.login(config["MAIL_USERNAME"], config["MAIL_PASSWORD"])
        server.send_message(message)
