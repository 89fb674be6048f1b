"""`flask users create-admin`."""

from __future__ import annotations

from flask import Flask

from pspm.accounts.models import User
from pspm.accounts.passwords import verify_password
from pspm.accounts.queries import find_user_by_email
from pspm.extensions import db
from tests.accounts.test_register import run
from tests.factories import PASSWORD


def test_create_admin_asks_for_the_password(app: Flask) -> None:
    answer = run(app, "users", "create-admin", "Ada@Example.org", "Ada", input=f"{PASSWORD}\n{PASSWORD}\n")
    assert "ada@example.org is an administrator." in answer.output
    made = find_user_by_email("ada@example.org")
    assert made is not None
    assert (made.is_admin, made.is_active) == (True, True)
    assert verify_password(made.password_hash, PASSWORD)


def test_create_admin_raises_an_account(app: Flask, user: User) -> None:
    confirmed = user.email_confirmed_at
    db.session.commit()
    run(app, "users", "create-admin", user.email, "Ada", "--password", "quite another password")
    db.session.expire_all()
    assert (user.is_admin, user.name, user.email_confirmed_at) == (True, "Ada", confirmed)
    assert user.session_epoch == 1
    assert verify_password(user.password_hash, "quite another password")


def test_create_admin_keeps_to_the_rules(app: Flask) -> None:
    answer = run(app, "users", "create-admin", "ada@example.org", "Ada", "--password", "short")
    assert answer.exit_code == 1
    assert "Use at least 12 characters" in answer.output
    assert find_user_by_email("ada@example.org") is None
