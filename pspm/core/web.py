"""The frame of every route: access, one commit a request, and answers for htmx and plain browsers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Response as FlaskResponse
from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.core.errors import AccessDenied, NotFound
from pspm.extensions import db

P = ParamSpec("P")
R = TypeVar("R")
Answer = str | Response | tuple[str, int]
"""A page, a redirect, or a page with a status of its own."""


def require(allowed: bool, *, hide: bool = False) -> None:
    """Stop the request unless `allowed`.

    With `hide` the thing's existence is private, and the answer is the same as for a missing one.
    A visitor without an account is asked to sign in instead of being refused.
    """
    if allowed:
        return
    if not current_user.is_authenticated:
        abort(401)
    raise NotFound() if hide else AccessDenied(_("You may not do this with your present role."))


def sign_in_required(view: Callable[P, R]) -> Callable[P, R]:
    """Ask visitors to sign in; on a POST what they typed is carried through it (see `core.carry`)."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not current_user.is_authenticated:
            abort(401)
        return view(*args, **kwargs)

    return guarded


def writes(view: Callable[P, R]) -> Callable[P, R]:
    """Commit once when the view has answered; roll back when it raised."""

    @wraps(view)
    def committing(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            answer = view(*args, **kwargs)
            db.session.commit()
        except Exception:
            db.session.rollback()
            raise
        return answer

    committing.writes = True  # type: ignore[attr-defined]  # read by the rule "GET never writes"
    return committing


def page_number(name: str = "page") -> int:
    """Which page of a list is asked for; lists take the nearest that they have."""
    return request.args.get(name, 1, type=int)


def is_htmx() -> bool:
    return request.headers.get("HX-Request") == "true"


def see_other(endpoint: str, *, anchor: str | None = None, **values: Any) -> Response:
    """Answer a form with a redirect to a page, so that reloading does not send it again."""
    return redirect(url_for(endpoint, _anchor=anchor, **values), code=303)


def done(message: str, endpoint: str, *, anchor: str | None = None, **values: Any) -> Response:
    """The same, and the page says what was done."""
    flash(message, "success")
    return see_other(endpoint, anchor=anchor, **values)


def go_to(address: str) -> Response:
    """Lead the browser on; htmx would swap the answer into the page, so it is told to go there itself."""
    if is_htmx():
        return FlaskResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address, code=303)


def safe_next(target: str | None, fallback: str) -> str:
    """`target` if it is a path of this site, else `fallback` (no open redirects)."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return fallback
    try:
        parts = urlsplit(target)
    except ValueError:
        return fallback
    return target if not parts.netloc and not parts.scheme else fallback
