"""The messages that left, or would have: to be read where no mail server is set (development)."""

from __future__ import annotations

from flask import current_app, render_template

from pspm.accounts.routes.blueprint import bp
from pspm.core.errors import NotFound
from pspm.core.mail import get_mail, list_mails
from pspm.core.web import page_number


def outbox_is_open() -> bool:
    """Messages hold links that sign people in: nobody may read them where they are really sent."""
    return current_app.config["ENVIRONMENT"] != "production" and not current_app.config["MAIL_SERVER"]


def _only_in_development() -> None:
    if not outbox_is_open():
        raise NotFound()


@bp.get("/dev/mail")
def mail_list() -> str:
    _only_in_development()
    return render_template("accounts/mail_list.html", page=list_mails(page=page_number()))


@bp.get("/dev/mail/<mail>")
def mail_show(mail: str) -> str:
    _only_in_development()
    return render_template("accounts/mail.html", mail=get_mail(mail))
