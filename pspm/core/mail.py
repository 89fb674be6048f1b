"""E-mail: written to an outbox in the same transaction as its cause, sent by a job after the commit."""

from __future__ import annotations

import smtplib
from datetime import datetime
from email.message import EmailMessage

from flask import current_app
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from pspm.core import jobs
from pspm.core.clock import now
from pspm.core.columns import Created, JsonDict, PublicId, UtcDateTime
from pspm.extensions import Model, db

SMTP_TIMEOUT_SECONDS = 20


class Mail(PublicId, Created, Model):
    """One message of the outbox. Without an SMTP server (development) it stays here to be read."""

    __tablename__ = "mail"

    recipient: Mapped[str] = mapped_column(String(254), index=True)
    subject: Mapped[str] = mapped_column(String(250))
    body: Mapped[str]
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


def send_mail(*, recipient: str, subject: str, body: str) -> Mail:
    """Put a plain-text message into the outbox; it leaves after the commit."""
    mail = Mail(recipient=recipient, subject=" ".join(subject.split()), body=body)
    db.session.add(mail)
    db.session.flush()
    jobs.enqueue("mail.send", mail_id=mail.id)
    return mail


@jobs.handler("mail.send")
def _deliver(job: jobs.Job) -> JsonDict:
    mail = db.session.get_one(Mail, job.args["mail_id"])
    if current_app.config["MAIL_SERVER"]:
        _send_by_smtp(mail)
        mail.sent_at = now()
    return {}


def _send_by_smtp(mail: Mail) -> None:
    config = current_app.config
    message = EmailMessage()
    message["From"] = config["MAIL_SENDER"]
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message.set_content(mail.body)
    with smtplib.SMTP(config["MAIL_SERVER"], config["MAIL_PORT"], timeout=SMTP_TIMEOUT_SECONDS) as server:
        if config["MAIL_STARTTLS"]:
            server.starttls()
        if config["MAIL_USERNAME"]:
            server.login(config["MAIL_USERNAME"], config["MAIL_PASSWORD"])
        server.send_message(message)
