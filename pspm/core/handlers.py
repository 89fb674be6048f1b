"""Errors turned into pages that say what happened and what to do next."""

from __future__ import annotations

import logging
import math
import time

from flask import Flask, render_template
from flask_limiter import RateLimitExceeded
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException

from pspm.core.errors import DomainError
from pspm.extensions import db, limiter

log = logging.getLogger(__name__)
PAGES = frozenset({400, 403, 404, 409, 410, 413, 429, 500})


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(IntegrityError, _integrity_error)
    app.register_error_handler(RateLimitExceeded, _limit_exceeded)
    app.register_error_handler(HTTPException, _http_error)


def _domain_error(error: DomainError) -> tuple[str, int]:
    db.session.rollback()
    page = error.status if error.status in PAGES else 409
    return render_template(f"errors/{page}.html", message=error.message), error.status


def _integrity_error(error: IntegrityError) -> tuple[str, int]:
    """Two requests at once did what only one may: services look first, and the database has the last word."""
    db.session.rollback()
    log.warning("a constraint of the database refused a request: %s", error.orig)
    return render_template("errors/409.html", message=None), 409


def _limit_exceeded(_error: RateLimitExceeded) -> tuple[str, int]:
    limit = limiter.current_limit
    # The library rounds the end of the wait up by a second.
    minutes = max(1, math.ceil((limit.reset_at - 1 - time.time()) / 60)) if limit else None
    return render_template("errors/429.html", message=None, retry_after=minutes), 429


def _http_error(error: HTTPException) -> tuple[str, int, list[tuple[str, str]]] | HTTPException:
    code = error.code or 500
    if error.response is not None or code < 400:
        return error
    page = code if code in PAGES else 400
    headers = [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
    return render_template(f"errors/{page}.html", message=None), code, headers
