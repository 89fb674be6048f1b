"""The language of a request: the person's choice, then the browser's, then the site's."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import flask_babel
from flask import current_app, has_request_context, request, session
from flask_babel import force_locale, get_locale
from flask_login import current_user

LANGUAGES = {"it": "Italiano", "en": "English"}
"""Languages with a complete catalogue, each under its own name."""
_LOCALES = {"en": "en_GB"}
"""How a language writes days and hours, where its bare code stands for the way of the United States."""


def gettext(message: str, **values: Any) -> str:
    """Flask-Babel's, with its type said: it always gives text."""
    return str(flask_babel.gettext(message, **values))


def locale_of(language: str) -> str:
    """The locale in which dates and figures of the language are written."""
    return _LOCALES.get(language, language)


def select_locale() -> str:
    return locale_of(_select_language())


def _select_language() -> str:
    default: str = current_app.config["BABEL_DEFAULT_LOCALE"]
    if not has_request_context():  # a command or a job
        return default
    chosen = session.get("language") or (current_user.locale if current_user.is_authenticated else None)
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES, default) or default


def current_language() -> str:
    """The two-letter code of the language that this request is answered in."""
    return str(get_locale().language)


def in_language(language: str) -> AbstractContextManager[None]:
    """`with in_language("en"):` what is rendered inside is in this language, whoever asks."""
    forced: AbstractContextManager[None] = force_locale(locale_of(language))
    return forced


def country_name(code: str) -> str:
    """The country of an ISO 3166 code in the reader's language."""
    return str(get_locale().territories.get(code, code))
