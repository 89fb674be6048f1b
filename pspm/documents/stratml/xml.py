"""XML from strangers: read without entities, DTDs, network or surprises in size."""

from __future__ import annotations

from xml.parsers import expat

from flask_babel import gettext as _
from lxml import etree

from pspm.core.errors import InvalidInput

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 60
MAX_ELEMENTS = 400_000


def parse_xml(data: bytes) -> etree._Element:
    """The root element of `data`. Raises InvalidInput, with a message for people, on anything unsafe."""
    if len(data) > MAX_BYTES:
        raise InvalidInput(
            _("The file is larger than %(limit)s MB, the most that is read.", limit=MAX_BYTES // 1024**2)
        )
    _inspect(data)
    try:
        return etree.fromstring(data, parser())
    except etree.XMLSyntaxError as error:
        raise _not_xml(error.lineno or 0) from None


def parser() -> etree.XMLParser:
    """A parser that expands nothing, fetches nothing and keeps libxml2's limits."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


class _Guard:
    """Counts elements and their depth while expat reads; refuses a DTD before anything in it is read."""

    def __init__(self) -> None:
        self.depth = self.elements = 0

    def refuse_dtd(self, *_arguments: object) -> None:
        raise InvalidInput(
            _(
                "The file has a document type declaration (DOCTYPE). StratML needs none, and it can carry "
                "attacks, so such files are refused. Remove the declaration and try again."
            )
        )

    def start(self, _name: str, _attributes: object) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH:
            raise InvalidInput(_("The elements are nested more than %(limit)s levels deep.", limit=MAX_DEPTH))
        if self.elements > MAX_ELEMENTS:
            raise InvalidInput(_("The file has more than %(limit)s elements.", limit=MAX_ELEMENTS))

    def end(self, _name: str) -> None:
        self.depth -= 1


def _inspect(data: bytes) -> None:
    guard, reader = _Guard(), expat.ParserCreate()
    reader.StartDoctypeDeclHandler = guard.refuse_dtd
    reader.StartElementHandler = guard.start
    reader.EndElementHandler = guard.end
    try:
        reader.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise _not_xml(reader.ErrorLineNumber) from None


def _not_xml(line: int) -> InvalidInput:
    return InvalidInput(
        _(
            "This is not a well-formed XML file: reading stops at line %(line)s. Nothing is imported.",
            line=line,
        )
    )
