"""Opening a page of `accounts` never writes, whoever opens it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from pspm.accounts import links
from pspm.accounts.models import BodyRole, Invitation, User
from pspm.core.mail import send_mail
from pspm.extensions import db
from tests.client import CheckedClient
from tests.factories import make_body, make_user


def _paths(app: Flask, values: dict[str, str]) -> list[str]:
    """Every page of the blueprint; each token is tried at each page that takes one."""
    adapter = app.url_map.bind("localhost")
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("accounts.")]
    pages = [rule for rule in rules if "GET" in (rule.methods or ())]
    return [
        adapter.build(rule.endpoint, {name: values[f"{rule.endpoint}.{name}" if name == "token" else name]})
        if (name := next(iter(rule.arguments), ""))
        else adapter.build(rule.endpoint)
        for rule in pages
    ]


def test_no_page_writes(
    app: Flask,
    client: CheckedClient,
    sign_in: Callable[[User], CheckedClient],
    count_queries: Callable[[], object],
) -> None:
    body = make_body()
    admin = make_user(body=body, role=BodyRole.MANAGER, is_admin=True)
    waiting = make_user(email_confirmed_at=None)
    invitation = Invitation(email=admin.email, body=body, role=BodyRole.MEMBER, invited_by=admin)
    db.session.add(invitation)
    mail = send_mail(recipient=admin.email, subject="Hello", body="Hello")
    db.session.flush()
    paths = _paths(
        app,
        {
            "body": body.public_id,
            "invitation": invitation.public_id,
            "mail": mail.public_id,
            "accounts.account_confirm.token": links.confirmation_token(waiting),
            "accounts.password_reset.token": links.reset_token(admin),
            "accounts.email_confirm.token": links.email_change_token(admin, "new@example.org"),
        },
    )
    assert len(paths) == 17
    for who in (client, sign_in(admin)):
        with count_queries() as statements:  # type: ignore[attr-defined]
            answers = {path: who.get(path).status_code for path in paths}
        assert set(answers.values()) <= {200, 302}, answers
        verbs = {statement.split()[0].upper() for statement in statements}
        assert verbs <= {"SELECT", "BEGIN", "PRAGMA"}
