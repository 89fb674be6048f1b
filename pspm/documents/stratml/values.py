"""Values of single elements: identifiers, dates, numbers, addresses, choices."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from pspm.documents.stratml.faults import FaultKind
from pspm.documents.stratml.node import Node, to_xml
from pspm.documents.stratml.structure import CHOICES, DATES, Part

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?")
_LIKE_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_NAME = re.compile(r"[^\W\d][\w.\-]*")
_ADDRESS = re.compile(
    r"[A-Za-z][A-Za-z0-9+.\-]*:(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*(?:#[^#]*)?"
)


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a value; `text` is what it becomes, if it can be saved."""

    kind: FaultKind
    text: str = ""
    keep: bool = True
    """Whether the value, if left out, is worth keeping as text."""


def check(node: Node, part: Part, identifiers: set[str]) -> Verdict | None:
    """What is wrong with the value of `node`, or None; notes its identifier as used."""
    if node.name == "Identifier":
        return _check_identifier(node.text, identifiers)
    if node.name in DATES:
        return _check_date(node.text, empty_allowed=part.empty_dates)
    checker = _CHECKS.get(node.name)
    return checker(node.text) if checker else None


def _check_identifier(text: str, used: set[str]) -> Verdict | None:
    if not text:
        return Verdict(FaultKind.EMPTY_IDENTIFIER)
    wanted = text if is_name(text) else f"_{text}"
    if not is_name(wanted):
        return Verdict(FaultKind.BAD_IDENTIFIER)
    if wanted in used:
        return Verdict(FaultKind.DOUBLE_IDENTIFIER, keep=False)
    used.add(wanted)
    return None if wanted == text else Verdict(FaultKind.DIGIT_LED_IDENTIFIER, wanted)


def is_name(text: str) -> bool:
    """Whether `text` can be an xs:ID. (Narrower than XML: its rarer letters are left out.)"""
    return _NAME.fullmatch(text) is not None and text.isascii()


def _check_date(text: str, *, empty_allowed: bool) -> Verdict | None:
    if not text:
        return None if empty_allowed else Verdict(FaultKind.EMPTY_DATE)
    exact = _DATE.fullmatch(text)
    if exact and _is_date(exact[1]):
        return None
    like = _LIKE_DATE.fullmatch(text)
    if like:
        iso = f"{like[1]}-{int(like[2]):02d}-{int(like[3]):02d}"
        if _is_date(iso):
            return Verdict(FaultKind.ODD_DATE, iso)
    return Verdict(FaultKind.BAD_DATE)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_number(text: str) -> Verdict | None:
    return None if not text or _NUMBER.fullmatch(text) else Verdict(FaultKind.BAD_NUMBER)


def _check_address(text: str) -> Verdict | None:
    if not text or _ADDRESS.fullmatch(text):
        return None
    escaped = quote(text, safe="%:/?#@!$&'()*+,;=~")
    if _ADDRESS.fullmatch(escaped):
        return Verdict(FaultKind.ODD_ADDRESS, escaped)
    return Verdict(FaultKind.BAD_ADDRESS)


def _check_role_type(text: str) -> Verdict | None:
    if text in CHOICES["RoleType"]:
        return None
    return Verdict(FaultKind.BAD_CHOICE) if text else Verdict(FaultKind.EMPTY_CHOICE)


_CHECKS: dict[str, Callable[[str], Verdict | None]] = {
    "NumberOfUnits": _check_number,
    "Source": _check_address,
    "RoleType": _check_role_type,
}


def put_before_description(result: Node, text: str) -> None:
    """Keep what was no number where people will read it."""
    description = result.child("Description")
    if description is None:
        description = result.add("Description")
    description.text = f"{text} – {description.text}" if description.text else text


def as_text(node: Node) -> str:
    """A valid but superfluous element, to be kept as text."""
    return to_xml(node) if node.children else f"{node.name}={node.text}"
