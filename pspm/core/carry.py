"""Nothing typed is lost when a sign-in or a form expires: the posted fields travel on.

A POST by somebody who is not (any more) signed in, or with a token that no longer holds, answers
with a page that keeps every field. There the person signs in in place (`accounts.account_resume`)
if need be, and sends the same form again by one press of a button.

Not carried: files, which a page cannot hold, and passwords, which are asked for again; the page
says so. A form sent from another site gets no such page, only a refusal: the token is there against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from pspm.core.database import SAFE_METHODS
from pspm.core.typed import read_typed
from pspm.core.web import is_htmx, safe_next

PREFIX = "resume-"
"""Names of the page's own fields begin with it, so that they never clash with those that are carried."""
ACTION = f"{PREFIX}action"
_FOR_VISITORS = frozenset({"accounts.account_sign_out", "accounts.language_set", "accounts.password_request"})
"""Forms that make sense without signing in. So does every form with a password: to sign in, to sign up."""


@dataclass(frozen=True)
class Carried:
    """A form on its way: where it goes and what it holds."""

    action: str
    fields: list[tuple[str, str]]
    secrets: list[str]
    """Names of password fields, to be typed again."""
    files: bool


def init_app(app: Flask) -> None:
    app.register_error_handler(Unauthorized, _ask_to_sign_in)
    app.register_error_handler(CSRFError, _offer_again)


def carried_form() -> Carried:
    """The form that this request brought: its own, or the one that the page for resuming carries."""
    action = request.form.get(ACTION)
    names = [name for name in request.form if name != "csrf_token" and not name.startswith(PREFIX)]
    plain = [name for name in names if not _is_secret(name)]
    return Carried(
        action=safe_next(action, "/") if action else request.full_path.rstrip("?"),
        fields=[(name, value) for name in plain for value in request.form.getlist(name)],
        secrets=[name for name in names if _is_secret(name)] + request.form.getlist(f"{PREFIX}secret"),
        files=any(file.filename for file in request.files.values()) or f"{PREFIX}files" in request.form,
    )


def resubmit_page(*, ask: bool = True, form: Any = None) -> str:
    """The page that keeps what was typed; it asks visitors to sign in first unless `ask` is False.

    `form` shows why signing in in place failed.
    """
    carried = carried_form()
    return render_template(
        "errors/resubmit.html",
        carried=carried,
        typed=read_typed(carried.fields),
        asks=ask and not current_user.is_authenticated,
        form=form,
    )


def _ask_to_sign_in(_error: Unauthorized) -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
    if request.method not in SAFE_METHODS:
        return _keep(401, ask=True)
    target = request.full_path.rstrip("?")
    if is_htmx():
        # A fragment cannot be signed in to: the page around it is what to come back to.
        target = _path_of(request.headers.get("HX-Current-URL", ""))
        return "", 401, {"HX-Redirect": url_for("accounts.account_sign_in", next=target)}
    flash(_("Sign in to go on."), "info")
    return redirect(url_for("accounts.account_sign_in", next=target))


def _path_of(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    return f"{parts.path}?{parts.query}".rstrip("?") or "/"


def _offer_again(_error: CSRFError) -> tuple[str, int] | tuple[str, int, dict[str, str]]:
    return _keep(400, ask=request.endpoint not in _FOR_VISITORS and not carried_form().secrets)


def _keep(status: int, *, ask: bool) -> tuple[str, int] | tuple[str, int, dict[str, str]]:
    if _from_another_site():
        message = _("This form came from another website. Open the page here and fill it in again.")
        return render_template("errors/400.html", message=message), 400
    if is_htmx():
        # htmx swaps no error answers but 422; what was typed must not vanish without a word.
        return resubmit_page(ask=ask), 422, {"HX-Retarget": "body", "HX-Reswap": "innerHTML"}
    return resubmit_page(ask=ask), status


def _from_another_site() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def _is_secret(name: str) -> bool:
    return "password" in name
