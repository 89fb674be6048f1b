"""Reading a register of public bodies (CSV) line by line; what is wrong with a line is told."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, BinaryIO

from pspm.accounts.models import BodyKind
from pspm.accounts.websites import website_fault
from pspm.core.i18n import gettext as _

if TYPE_CHECKING:
    from _csv import Reader

REQUIRED = ("ipa_code", "name", "category", "website")
OPTIONAL = ("acronym", "country", "kind")
MAX_LENGTHS = {"ipa_code": 40, "name": 300, "category": 200, "website": 300, "acronym": 40}

# Beginnings of the categories of the Italian index (IPA), the longer before the shorter.
_KINDS = (
    ("Presidenza del Consiglio", BodyKind.MINISTRY),
    ("Agenzie Regionali Sanitarie", BodyKind.HEALTH),
    ("Agenzie, Enti e Consorzi Pubblici per il Diritto allo Studio", BodyKind.EDUCATION),
    ("Agenzie", BodyKind.AGENCY),
    ("Autorita' Amministrative Indipendenti", BodyKind.AGENCY),
    ("Enti Pubblici Nazionali Non Economici", BodyKind.AGENCY),
    ("Enti Nazionali di Previdenza", BodyKind.AGENCY),
    ("Regioni", BodyKind.REGION),
    ("Comuni", BodyKind.LOCAL),
    ("Unioni di Comuni", BodyKind.LOCAL),
    ("Province", BodyKind.LOCAL),
    ("Citta' Metropolitane", BodyKind.LOCAL),
    ("Consorzi tra Amministrazioni Locali", BodyKind.LOCAL),
    ("Altri Enti Locali", BodyKind.LOCAL),
    ("Aziende Sanitarie", BodyKind.HEALTH),
    ("Aziende Ospedaliere", BodyKind.HEALTH),
    ("Istituti Zooprofilattici", BodyKind.HEALTH),
    ("Universita'", BodyKind.EDUCATION),
    ("Enti e Istituzioni di Ricerca", BodyKind.EDUCATION),
    ("Consorzi Interuniversitari", BodyKind.EDUCATION),
    ("Istituti di Istruzione", BodyKind.EDUCATION),
    ("Gestori di Pubblici Servizi", BodyKind.IN_HOUSE),
    ("Societa'", BodyKind.IN_HOUSE),
)


class RegisterError(Exception):
    """The file as a whole is not a register."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One good line. Optional columns that the file does not have are None."""

    ipa_code: str
    name: str
    category: str
    website: str
    kind: BodyKind
    acronym: str | None = None
    country: str | None = None

    def values(self) -> dict[str, object]:
        """What a body takes over: nothing that the file leaves out or empty."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True)
class Rejected:
    """A line that is not taken over."""

    number: int
    reason: str


@dataclass(frozen=True)
class Doubt:
    """A line that is taken over without its website. Dozens of municipalities write "none" or a typing
    error there; they should be able to take part all the same."""

    number: int
    reason: str
    entry: Entry


Line = Entry | Doubt | Rejected


def kind_of(category: str) -> BodyKind:
    """The kind of body that an IPA category stands for."""
    normal = category.replace("’", "'").replace("à", "a'").casefold()
    for beginning, kind in _KINDS:
        if normal.startswith(beginning.casefold()):
            return kind
    return BodyKind.OTHER_PUBLIC


def read_register(raw: BinaryIO) -> Iterator[Line]:
    """The lines of a CSV file in UTF-8, with or without a byte order mark. Holds one line at a time."""
    # Letters that are not UTF-8 become U+FFFD, so that one bad line does not stop the file.
    text = io.TextIOWrapper(raw, "utf-8-sig", errors="replace", newline="")
    try:
        reader = csv.reader(text)
        header = _read_header(reader)
        seen: dict[str, int] = {}
        for cells in _read_cells(reader):
            if isinstance(cells, Rejected):
                yield cells
            elif any(cell.strip() for cell in cells):
                yield _read_line(header, cells, reader.line_num, seen)
    finally:
        text.detach()  # the file belongs to the caller


def _read_cells(reader: Reader) -> Iterator[list[str] | Rejected]:
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Rejected(reader.line_num, str(error))


def _read_header(reader: Iterator[list[str]]) -> list[str]:
    header = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in REQUIRED if name not in header]
    unknown = [name for name in header if name not in REQUIRED + OPTIONAL]
    if missing:
        raise RegisterError(
            _("The first line must name the columns; missing: %(names)s.", names=", ".join(missing))
        )
    if unknown or len(set(header)) < len(header):
        names = ", ".join(unknown or header)
        raise RegisterError(_("These columns are unknown or named twice: %(names)s.", names=names))
    return header


def _read_line(header: list[str], cells: list[str], number: int, seen: dict[str, int]) -> Line:
    if len(cells) != len(header):
        wanted = len(header)
        return Rejected(number, _("%(found)s columns instead of %(wanted)s", found=len(cells), wanted=wanted))
    values = {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=True)}
    fault = _fault(values)
    if fault:
        return Rejected(number, fault)
    first = seen.setdefault(values["ipa_code"].lower(), number)
    if first != number:
        return Rejected(
            number, _("code %(code)s is on line %(line)s too", code=values["ipa_code"], line=first)
        )
    kind = values.pop("kind", "")
    entry = Entry(**values, kind=BodyKind.find(kind) or kind_of(values["category"]))
    doubt = website_fault(entry.website)
    if doubt is None:
        return entry
    reason = _("website left out: %(website)s. %(reason)s", website=entry.website, reason=doubt)
    return Doubt(number, reason, replace(entry, website=""))


def _fault(values: dict[str, str]) -> str | None:
    for name in ("ipa_code", "name"):
        if not values[name]:
            return _("%(column)s is empty", column=name)
    for name, length in MAX_LENGTHS.items():
        if len(values.get(name, "")) > length:
            return _("%(column)s is longer than %(count)s characters", column=name, count=length)
    if any("\ufffd" in value for value in values.values()):
        return _("not in UTF-8")
    return _fault_of_codes(values)


def _fault_of_codes(values: dict[str, str]) -> str | None:
    country, kind = values.get("country", ""), values.get("kind", "")
    if country and not (len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()):
        return _("country is %(value)s, not two capital letters", value=country)
    if kind and BodyKind.find(kind) is None:
        kinds = ", ".join(member.value for member in BodyKind)
        return _("kind is %(value)s, not one of: %(kinds)s", value=kind, kinds=kinds)
    return None
