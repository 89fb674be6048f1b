"""The controlled lists of a practice: sectors, development goals, licences, countries."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

_DATA = Path(__file__).parent / "data"
FALLBACK = "en"

LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": (
        "Creative Commons Attribution-ShareAlike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
"""By SPDX identifier: the official name and the address of the text."""

COUNTRIES = (
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT",
    "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
    "AL", "BA", "CH", "GB", "GE", "IS", "LI", "MD", "ME", "MK", "NO", "RS", "SM", "TR", "UA", "VA", "XK",
)  # fmt: skip
"""The European Union's members, then other European countries (ISO 3166-1, and XK for Kosovo)."""


@cache
def _load(name: str) -> dict[Any, dict[str, str]]:
    loaded: dict[Any, dict[str, str]] = yaml.load(
        (_DATA / name).read_text(encoding="utf-8"), yaml.CSafeLoader
    )
    return loaded


def _labels(name: str, language: str) -> dict[Any, str]:
    return {code: labels.get(language, labels[FALLBACK]) for code, labels in _load(name).items()}


@cache
def sectors(language: str) -> dict[str, str]:
    """COFOG divisions ("01") and groups ("01.1") by code, in order."""
    return _labels("cofog.yml", language)


@cache
def sdgs(language: str) -> dict[int, str]:
    """The 17 goals by number."""
    return _labels("sdgs.yml", language)


@cache
def countries(language: str) -> dict[str, str]:
    """Names of `COUNTRIES`, sorted as their names are."""
    names = Locale.parse(language).territories
    return dict(sorted(((code, names[code]) for code in COUNTRIES), key=lambda pair: pair[1]))
