"""Actions as lines of text, as the Italian three-year ICT plan writes them.

    Gennaio 2024 - Pubblicazione dell'avviso - (Dipartimento per la Trasformazione Digitale) - CAP1.12
    Da marzo 2024 - Le amministrazioni propongono una comunità digitale - CAP1.PA.01

A month alone is when the action is to be done by, "Da"/"From" when it begins.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date

from pspm.core.columns import JsonDict
from pspm.plans.models import ItemKind
from pspm.plans.snapshot import ItemSnapshot

_ITALIAN = tuple(
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split()  # noqa: SIM905
)
_ENGLISH = tuple(
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_MONTHS = {name: number for names in (_ITALIAN, _ENGLISH) for number, name in enumerate(names, 1)}
_MONTH = rf"(?:{'|'.join(_MONTHS)})\s+\d{{4}}"
_WHEN = re.compile(
    rf"(?:(?:da|dal|from)\s+(?P<start>{_MONTH})(?:\s+(?:a|al|to)\s+(?P<last>{_MONTH}))?"
    rf"|(?:(?:entro|by)\s+)?(?P<by>{_MONTH}))\s+-\s+",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?:^|\s*-\s*)\((?P<owner>[^()]+)\)$")
_CODE = re.compile(r"(?:^(?=\S*[.\-_])|\s-\s)(?P<code>(?=\D*\d)[A-Z][A-Za-z0-9]*(?:[.\-_/][A-Za-z0-9]+)*)$")
MAX_LINE = 1500


def parse_line(line: str) -> ItemSnapshot | None:
    """The action that `line` tells of, or None if it is only text.

    A line is an action when it begins with a month or ends with a code.
    """
    rest = line.strip()
    when = _WHEN.match(rest)
    code = _CODE.search(rest)
    if len(line) > MAX_LINE or not (when or code):
        return None
    rest = rest[when.end() if when else 0 : code.start() if code and code.start() else None]
    found_code = code["code"] if code else ""
    owner = _OWNER.search(rest)
    if owner:
        rest = rest[: owner.start()]
    title = "" if rest == found_code else rest.strip()
    if not (title or found_code):
        return None
    return ItemSnapshot(
        kind=ItemKind.ACTION,
        title=title or found_code,
        code=found_code,
        responsible=owner["owner"].strip() if owner else "",
        fields=_dates(when) if when else {},
    )


def format_line(action: ItemSnapshot, language: str) -> str | None:
    """The line that reads back as exactly this action, or None if there is no such line."""
    title = "" if action.title == action.code else action.title
    owner = f"({action.responsible})" if action.responsible else ""
    words = _ITALIAN if language == "it" else _ENGLISH
    when = _format_dates(action.fields, words)
    line = " - ".join(part for part in (when, title, owner, action.code) if part)
    return line if parse_line(line) == replace(action, id="") else None


def _dates(when: re.Match[str]) -> JsonDict:
    fields: JsonDict = {}
    if when["start"]:
        fields["start_date"] = _first_day(when["start"])
    last = when["last"] or when["by"]
    if last:
        first = _first_day(last)
        fields["end_date"] = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return fields


def _first_day(month: str) -> date:
    name, year = month.split()
    return date(max(1, int(year)), _MONTHS[name.lower()], 1)


def _format_dates(fields: JsonDict, words: tuple[str, ...]) -> str:
    start, end = fields.get("start_date"), fields.get("end_date")
    from_word, to_word = ("Da", "a") if words is _ITALIAN else ("From", "to")
    names = {day: f"{words[day.month - 1]} {day.year:04d}" for day in (start, end) if day}
    if words is _ENGLISH:
        names = {day: name.capitalize() for day, name in names.items()}
    if start and end:
        return f"{from_word} {names[start]} {to_word} {names[end]}"
    if start:
        return f"{from_word} {names[start]}"
    return names[end].capitalize() if end else ""
