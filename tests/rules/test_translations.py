"""Every string of code and templates is translated into every language, without doubt."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from pspm.core.i18n import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = DEFAULT_KEYWORDS | {"_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
METHODS = [("pspm/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]


def extracted() -> set[str]:
    """The messages of code and templates; of those with a plural, the singular."""
    found = extract_from_dir(ROOT, method_map=METHODS, keywords=KEYWORDS)
    return {message if isinstance(message, str) else message[0] for _f, _l, message, _c, _x in found}


def catalogue(language: str) -> Catalog:
    with (ROOT / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.fixture(scope="module")
def messages() -> set[str]:
    return extracted()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated(language: str, messages: set[str]) -> None:
    known = {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue(language)
        if message.id and all(strings(message)) and not message.fuzzy
    }
    assert sorted(messages - known) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language: str) -> None:
    faults = [(message.id, errors) for message, errors in catalogue(language).check()]
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_left_over(language: str, messages: set[str]) -> None:
    ids = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue(language) if m.id}
    assert sorted(ids - messages) == []
