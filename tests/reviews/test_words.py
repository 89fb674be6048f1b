"""Quotes of an item's words, and whether two texts read alike."""

from __future__ import annotations

import pytest

from pspm.reviews.words import find_quote, item_words, same_words

FIELDS = {
    "title": "Everything online",
    "text": "All services are **online** by\n2028.\n\nNobody fills in a form twice.",
    "formula": "a / b",
    "unit": "%",
    "targets": {"2027": {"value": "50", "text": "half of them"}, "2026": {"value": None, "text": ""}},
    "parent": "xyz",
    "position": 3,
}


def test_words_are_those_of_all_fields() -> None:
    words = item_words(FIELDS)
    assert words == (
        "Everything online All services are online by 2028. Nobody fills in a form twice. "
        "a / b % half of them"
    )


@pytest.mark.parametrize(
    "quote",
    ["online by 2028.", "  online\n by   2028. ", "**online** by 2028.", "Everything online All services"],
)
def test_quote_is_found_however_it_was_copied(quote: str) -> None:
    found = find_quote(item_words(FIELDS), quote)
    assert found is not None
    assert found.exact in item_words(FIELDS)


def test_quote_keeps_the_words_around_it() -> None:
    found = find_quote(item_words(FIELDS), "Nobody fills")
    assert found is not None
    assert found.prefix == "ll services are online by 2028. "
    assert found.suffix == " in a form twice. a / b % half o"


@pytest.mark.parametrize("quote", ["", "   ", "offline", "ONLINE", "**"])
def test_words_that_are_not_there_are_not_found(quote: str) -> None:
    assert find_quote(item_words(FIELDS), quote) is None


def test_place_and_emptiness_do_not_make_another_text() -> None:
    moved = FIELDS | {"parent": "abc", "position": 1, "source": None, "baseline_text": ""}
    assert same_words(FIELDS, moved)
    assert not same_words(FIELDS, FIELDS | {"title": "Something online"})
