"""Numbers and days as people type them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pspm.core.numbers import parse_day, parse_decimal


@pytest.mark.parametrize(
    ("text", "italian", "english"),
    [
        ("1.234,5", "1234.5", "1234.5"),
        ("1,234.5", "1234.5", "1234.5"),
        ("1234.5", "1234.5", "1234.5"),
        ("1234,5", "1234.5", "1234.5"),
        ("1.234", "1234", "1.234"),
        ("1,234", "1.234", "1234"),
        ("0.125", "0.125", "0.125"),
        ("1.234.567", "1234567", "1234567"),
        ("1 234 567,8", "1234567.8", "1234567.8"),
        ("1'234", "1234", "1234"),
        ("−3", "-3", "-3"),
        ("50 %", "50", "50"),
        ("€ 12,50", "12.5", "12.5"),
    ],
)
def test_numbers_are_read_as_meant(text: str, italian: str, english: str) -> None:
    assert parse_decimal(text, "it") == Decimal(italian)
    assert parse_decimal(text, "en") == Decimal(english)


@pytest.mark.parametrize("text", ["", "abc", "1.2.3", "1,23,4", "1.234.5", "12a", "NaN", "inf", "1.23,4.5"])
@pytest.mark.parametrize("language", ["it", "en"])
def test_what_is_no_number_is_refused(text: str, language: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_decimal(text, language)


@pytest.mark.parametrize("text", ["2026-12-31", "31/12/2026", "31.12.2026", " 31-12-2026 "])
@pytest.mark.parametrize("language", ["it", "en"])
def test_days_are_read_day_first(text: str, language: str) -> None:
    assert parse_day(text, language) == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["", "soon", "31/12/26", "2026-02-30", "99/99/2026", "12/2026"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_day(text, "it")
