"""What every template may use beside its own context."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Hashable
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import get_timezone_location
from babel.units import format_unit
from flask import Flask
from flask_babel import format_date, format_decimal, format_time, get_locale, get_timezone
from markupsafe import Markup

from pspm.core import cache as kept_values
from pspm.core.i18n import LANGUAGES, country_name, current_language, locale_of
from pspm.core.text import excerpt, plain_text, render_markdown


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        markdown=render_markdown,
        plain=plain_text,
        excerpt=excerpt,
        date=format_date,
        datetime=format_moment,
        datetimeformat=format_moment,
        decimal=format_decimal,
        filesize=format_size,
        country=country_name,
    )
    app.jinja_env.globals.update(
        current_language=current_language,
        locale_of=locale_of,
        languages=LANGUAGES,
        kept=kept,
        zone_name=zone_name,
    )

    @app.url_defaults
    def version_static(endpoint: str, values: dict[str, Any]) -> None:
        """Static files are cached for ever under an address that changes with their bytes."""
        if endpoint == "static" and "filename" in values:
            values["v"] = _fingerprint(Path(app.static_folder or "") / values["filename"])


def kept(name: str, *key: Hashable, caller: Callable[[], Markup]) -> Markup:
    """`{% call kept("name", …) %}`: what all readers for whom `key` is the same see alike, rendered once.

    The language is part of every key. Nothing personal may stand in it: no name, no CSRF token.
    """
    return kept_values.keep(("template", name, current_language(), *key), caller)


def format_moment(value: dt.datetime, form: str = "medium") -> str:
    """Date and time in the reader's language and zone, to the minute: seconds tell a reader nothing."""
    return f"{format_date(value, form)}, {format_time(value, 'short')}"


def zone_name() -> str:
    """The site's time zone in words, as in “Italy Time”."""
    return get_timezone_location(get_timezone(), locale=get_locale())


def format_size(size: int) -> str:
    """The size of a file in the reader's language, as in “1,2 MB”; never less than a tenth of a kilobyte."""
    unit, factor = ("megabyte", 1024**2) if size >= 1024**2 else ("kilobyte", 1024)
    return format_unit(max(0.1, round(size / factor, 1)), f"digital-{unit}", "short", locale=get_locale())


@cache
def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else "0"
