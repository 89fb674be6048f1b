"""HTML to an accessible, archivable PDF: a program of its own, run by `pdf.process`.

    python render.py FOLDER

reads `document.html` and `attachments.json` in FOLDER and writes `document.pdf`; the file `progress`
holds the steps done. It imports nothing of the app, so that neither the web nor the worker process
ever loads WeasyPrint.
"""

from __future__ import annotations

import gc
import json
import logging
import sys
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pydyf
from fontTools.ttLib import TTFont
from weasyprint import HTML, Attachment
from weasyprint.urls import URLFetcher

ROOT = Path(__file__).resolve().parents[3]
READABLE = (Path(__file__).with_name("print.css").resolve(), ROOT / "static" / "fonts")
FALLBACK_FONT = ROOT / "static" / "fonts" / "dejavu-sans-regular.ttf"
UA_NAMESPACE = "http://www.aiim.org/pdfua/ns/id/"
UA_METADATA = f"""
  <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
    <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
      <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
      <pdfaSchema:namespaceURI>{UA_NAMESPACE}</pdfaSchema:namespaceURI>
      <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
      <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
        <pdfaProperty:name>part</pdfaProperty:name>
        <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
        <pdfaProperty:category>internal</pdfaProperty:category>
        <pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>
      </rdf:li></rdf:Seq></pdfaSchema:property>
    </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdfuaid="{UA_NAMESPACE}">
    <pdfuaid:part>1</pdfuaid:part>
  </rdf:Description>
""".encode()


class LocalFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Fetches our own style and fonts, and nothing else."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        parts = urlsplit(url)
        path = Path(url2pathname(parts.path)).resolve()
        allowed = any(path == place or place in path.parents for place in READABLE)
        if parts.scheme != "file" or not allowed:
            raise ValueError(f"not fetched: {url}")
        return super().fetch(url, headers)


class Steps(logging.Handler):
    """Counts WeasyPrint's steps in a file, for the process that waits."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage().split()
        if words[0] == "Step":
            self.path.write_text(words[1], encoding="ascii")


def finish(_document: Any, pdf: Any) -> None:
    """Make of PDF/A-3a a PDF/UA-1 too, and put right what WeasyPrint leaves open."""
    for item in pdf.objects:
        kind = getattr(item, "extra", {}).get("Type")
        if kind == "/Metadata":
            _claim_ua(item)
        elif isinstance(item, pydyf.Dictionary) and item.get("S") == "/TH":
            _say_scope(item)
    _take_margins_out(pdf)
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))  # files are listed twice


def _claim_ua(metadata: Any) -> None:
    data = b"".join(part if isinstance(part, bytes) else part.data for part in metadata.stream)
    before, end, after = data.rpartition(b"</rdf:RDF>")
    metadata.stream = [before + UA_METADATA + end + after]


def _say_scope(header: Any) -> None:
    """A header's ID ends in its row and column; those of the first row head columns, others rows."""
    row = header["ID"].string.split("-")[-2]
    header["A"]["Scope"] = "/Column" if row == "0" else "/Row"


def _take_margins_out(pdf: Any) -> None:
    """Running headers and page numbers are no part of the text: make artifacts of them.

    WeasyPrint gives them structure elements that say whose children they are, but that are no one's.
    """
    tree = _get(pdf, pdf.catalog["StructTreeRoot"])
    document = _get(pdf, tree["K"][0])
    listed = set(document["K"])
    lost = [
        item
        for item in pdf.objects
        if isinstance(item, pydyf.Dictionary)
        and item.get("P") == document.reference
        and item.reference not in listed
    ]
    marks: dict[bytes, set[int]] = {}
    gone: set[bytes] = set()
    while lost:
        element = lost.pop()
        gone.add(element.reference)
        element.free = "f"
        for kid in element["K"]:
            if isinstance(kid, int):
                marks.setdefault(element["Pg"], set()).add(kid)
            else:
                lost.append(_get(pdf, kid))
    for page, numbers in marks.items():
        _unmark(_get(pdf, _get(pdf, page)["Contents"]).stream, numbers)
    for entry in _get(pdf, tree["ParentTree"])["Nums"]:
        if isinstance(entry, pydyf.Array):
            entry[:] = ["null" if reference in gone else reference for reference in entry]


def _unmark(stream: list[Any], numbers: set[int]) -> None:
    for place, operand in enumerate(stream):
        if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in numbers:
            stream[place - 1 : place + 2] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"}), b"BDC"]


def _get(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def printable(html: str) -> str:
    """The text without characters that our fonts lack: a missing glyph would make the file inaccessible."""
    rare = {char for char in set(html) if char > "\u024f"}
    if not rare:
        return html
    with TTFont(FALLBACK_FONT, lazy=True) as font:
        known = font.getBestCmap()
    missing = {ord(char): _stand_in(char) for char in rare if ord(char) not in known}
    return html.translate(missing)


def _stand_in(char: str) -> str:
    return "" if unicodedata.category(char) in ("Cf", "Mn", "Me") else "\ufffd"


def render(folder: Path) -> None:
    html = printable((folder / "document.html").read_text(encoding="utf-8"))
    described = json.loads((folder / "attachments.json").read_text(encoding="utf-8"))
    attachments = [
        Attachment(
            string=(folder / entry["file"]).read_text(encoding="utf-8"),
            name=entry["name"],
            description=entry["description"],
            relationship="Source",
        )
        for entry in described
    ]
    logger = logging.getLogger("weasyprint.progress")
    logger.setLevel(logging.INFO)
    logger.addHandler(Steps(folder / "progress"))
    document = HTML(string=html, base_url=folder.as_uri(), url_fetcher=LocalFiles())
    document.write_pdf(
        folder / "document.pdf", pdf_variant="pdf/a-3a", attachments=attachments, finisher=finish
    )


if __name__ == "__main__":
    # Layout makes millions of objects that stay to the end: looking for garbage among them costs a sixth
    # of the time.
    gc.set_threshold(500_000, 50, 50)
    render(Path(sys.argv[1]))
