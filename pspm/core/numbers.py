"""Numbers and dates as people type them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from babel.dates import parse_date
from babel.numbers import get_decimal_symbol

_NOISE = re.compile(r"[\s'’%€]")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
_DAY_FIRST = {"en": "en_GB"}
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


def parse_decimal(text: str, locale: str) -> Decimal:
    """The number meant by `text`: 1.234,5, 1,234.5 and 1234.5 are the same in every language.

    Only where one sign stands before three digits (1.234) does the language decide whether thousands or
    a fraction are meant. Raises ValueError on what is no number.
    """
    figure = _NOISE.sub("", text).replace("−", "-")
    try:
        number = Decimal(_plain(figure, get_decimal_symbol(locale)))
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite():
        raise ValueError(text)
    return number


def _plain(figure: str, decimal_symbol: str) -> str:
    """`figure` with a point for the fraction and nothing between thousands."""
    last = max(figure.rfind("."), figure.rfind(","))
    if last < 0:
        return figure
    whole, symbol, fraction = figure[:last], figure[last], figure[last + 1 :]
    if _GROUPED.fullmatch(figure) and (symbol in whole or symbol != decimal_symbol):
        return figure.replace(symbol, "")
    if any(sign in whole for sign in ".,"):
        if symbol in whole or not _GROUPED.fullmatch(whole):
            raise InvalidOperation
        whole = re.sub(r"[.,]", "", whole)
    return f"{whole}.{fraction}"


def parse_day(text: str, locale: str) -> date:
    """The day meant by `text`, in ISO form or as the language writes it. Raises ValueError."""
    text = text.strip()
    if _ISO.fullmatch(text):
        year, month, day = (int(part) for part in text.split("-"))
        return date(year, month, day)
    if len(re.findall(r"\d+", text)) != 3 or not re.search(r"\d{4}", text):
        raise ValueError(text)
    day_read: date = parse_date(text, locale=_DAY_FIRST.get(locale, locale), format="short")
    return day_read
