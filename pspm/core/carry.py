"""Nothing typed is lost when a sign-in or a form expires: the posted fields travel on.

A POST by somebody who is not (any more) signed in answers with a page that keeps the fields; after
signing in, or with a fresh token, the same form is sent again by one press of a button.
"""

from __future__ import annotations

from flask import Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from pspm.core.database import SAFE_METHODS
from pspm.core.web import is_htmx


def init_app(app: Flask) -> None:
    app.register_error_handler(Unauthorized, _ask_to_sign_in)
    app.register_error_handler(CSRFError, _offer_again)


def _ask_to_sign_in(_error: Unauthorized) -> Response | tuple[str, int]:
    if request.method in SAFE_METHODS and not is_htmx():
        flash(_("Sign in to go on."), "info")
        return redirect(url_for("accounts.account_sign_in", next=request.full_path.rstrip("?")))
    return _resubmit_page(), 401


def _offer_again(_error: CSRFError) -> tuple[str, int]:
    return _resubmit_page(), 400


def _resubmit_page() -> str:
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    return render_template(
        "errors/resubmit.html",
        fields=fields,
        action=request.full_path.rstrip("?"),
        signed_in=current_user.is_authenticated,
    )
