"""Beginning, renewing and ending a session of the browser."""

from __future__ import annotations

from flask import g, session
from flask_login import current_user, login_user, logout_user

from pspm.accounts.models import User


def signed_in_user() -> User:
    """The person themselves, where Flask-Login's stand-in will not do, as in a row to be kept."""
    user: User = current_user._get_current_object()
    return user


def begin_session(user: User, *, remember: bool = False) -> None:
    """Sign in with a session that shares nothing with the visitor's (no fixation) but the language."""
    _empty()
    if user.locale:
        session.pop("language", None)
    login_user(user, remember=remember)


def renew_session(user: User) -> None:
    """Go on after a change that ended all sessions of the person, this one too."""
    login_user(user)


def end_session() -> None:
    logout_user()
    _empty(keep=("language", "_remember"))


def _empty(keep: tuple[str, ...] = ("language",)) -> None:
    kept = {name: session[name] for name in keep if name in session}
    session.clear()
    session.update(kept)
    # The token made for this answer belongs to the session that is gone.
    g.pop("csrf_token", None)
