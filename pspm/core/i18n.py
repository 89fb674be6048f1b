"""The language of a request: the person's choice, then the browser's, then the site's."""

from __future__ import annotations

from typing import Any

import flask_babel
from flask import current_app, has_request_context, request, session
from flask_babel import get_locale
from flask_login import current_user

LANGUAGES = {"it": "Italiano", "en": "English"}
"""Languages with a complete catalogue, each under its own name."""


def gettext(message: str, **values: Any) -> str:
    """Flask-Babel's, with its type said: it always gives text."""
    return str(flask_babel.gettext(message, **values))


def select_locale() -> str:
    default: str = current_app.config["BABEL_DEFAULT_LOCALE"]
    if not has_request_context():  # a command or a job
        return default
    chosen = session.get("language") or (current_user.locale if current_user.is_authenticated else None)
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES, default) or default


def current_language() -> str:
    """The two-letter code of the language that this request is answered in."""
    return str(get_locale())
