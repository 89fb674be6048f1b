"""The languages that people may write in: more than the interface speaks."""

from __future__ import annotations

from functools import cache

from babel import Locale

CODES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt",
    "nl", "pl", "pt", "ro", "sk", "sl", "sv",
)  # fmt: skip
"""The 24 official languages of the European Union (ISO 639-1)."""


@cache
def language_names(language: str) -> dict[str, str]:
    """The names of `CODES` in `language`, sorted as their names are."""
    names = Locale.parse(language).languages
    return dict(sorted(((code, names[code].capitalize()) for code in CODES), key=lambda pair: pair[1]))
