"""The links that `accounts` sends by e-mail: their tokens, how long they hold, and what spends them."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _

from pspm.accounts import queries
from pspm.accounts.models import User
from pspm.core.errors import DomainError
from pspm.core.tokens import fingerprint, make_token, read_token

CONFIRM_LIFE = timedelta(days=3)
RESET_LIFE = timedelta(hours=2)
EMAIL_CHANGE_LIFE = timedelta(days=1)


class LinkSpent(DomainError):
    """The link was used before, is too old, or was cut on its way."""

    status = 410


def confirmation_token(user: User, next_path: str = "") -> str:
    """For a new account; `next_path` is where the person wanted to go when they signed up."""
    return make_token("confirm", user.public_id, _unconfirmed_state(user), next_path)


def read_confirmation(token: str) -> tuple[User, str]:
    user, state, next_path = _read("confirm", token, CONFIRM_LIFE)
    if user.email_confirmed_at is not None or state != _unconfirmed_state(user):
        raise _spent()
    return user, next_path


def reset_token(user: User) -> str:
    return make_token("reset", user.public_id, _sign_in_state(user), "")


def read_reset(token: str) -> User:
    user, state, _rest = _read("reset", token, RESET_LIFE)
    if state != _sign_in_state(user):
        raise _spent()
    return user


def email_change_token(user: User, email: str) -> str:
    return make_token("email", user.public_id, _sign_in_state(user), email)


def read_email_change(token: str) -> tuple[User, str]:
    user, state, email = _read("email", token, EMAIL_CHANGE_LIFE)
    if state != _sign_in_state(user):
        raise _spent()
    return user, email


def _read(purpose: str, token: str, life: timedelta) -> tuple[User, str, str]:
    parts = read_token(purpose, token, max_age=life)
    user = queries.find_user(parts[0]) if parts else None
    if parts is None or user is None:
        raise _spent()
    return user, parts[1], parts[2]


def _unconfirmed_state(user: User) -> str:
    return fingerprint(user.email, user.password_hash)


def _sign_in_state(user: User) -> str:
    return fingerprint(user.email, user.password_hash, user.session_epoch)


def _spent() -> LinkSpent:
    return LinkSpent(_("This link was already used or is too old. Ask for a new one."))
