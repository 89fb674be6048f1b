"""Errors turned into pages that say what happened and what to do next."""

from __future__ import annotations

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException

from pspm.core.errors import DomainError
from pspm.extensions import db

PAGES = frozenset({400, 403, 404, 409, 410, 413, 429, 500})


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)


def _domain_error(error: DomainError) -> tuple[str, int]:
    db.session.rollback()
    page = error.status if error.status in PAGES else 409
    return render_template(f"errors/{page}.html", message=error.message), error.status


def _http_error(error: HTTPException) -> tuple[str, int] | HTTPException:
    code = error.code or 500
    if code not in PAGES:
        return error
    return render_template(f"errors/{code}.html", message=None), code
