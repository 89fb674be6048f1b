"""PDFs as machines and screen readers see them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask import Flask
from lxml import etree

from pspm.documents.pdf import process
from pspm.documents.pdf.pages import plan_html, practice_html
from pspm.documents.stratml.reader import read_plan
from pspm.documents.stratml.writer import write_plan
from pspm.plans.snapshot import PlanSnapshot
from tests.documents.samples import DRAFT, VERSION, sample_plan
from tests.factories import make_body, make_practice

HEADING = re.compile(r"/H[1-6]")


@pytest.fixture(scope="session")
def plan_folder(application: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample plan as version, with its StratML, rendered once for all tests."""
    folder = tmp_path_factory.mktemp("plan")
    with application.test_request_context():
        html = plan_html(sample_plan(), VERSION)
        _make(folder, html, write_plan(sample_plan()))
    return folder


def _make(folder: Path, html: str, xml: bytes | None = None) -> Path:
    """The PDF, made by the program itself."""
    attached = []
    if xml is not None:
        attached = [process.AttachedFile(name="plan.xml", description="The plan as data", content=xml)]
    return process.make_pdf(html, folder, attached, lambda *_step: None)


@pytest.fixture(scope="session")
def pdf(plan_folder: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(plan_folder / "document.pdf") as opened:
        yield opened


def _elements(element: Any) -> Iterator[Any]:
    """The structure elements in the order of reading."""
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _elements(kid)


def _structure(pdf: pikepdf.Pdf) -> list[Any]:
    return list(_elements(pdf.Root.StructTreeRoot.K[0]))


def test_is_tagged_and_says_title_and_language(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.StructTreeRoot.K[0].S == "/Document"
    assert str(pdf.Root.Lang) == "en"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo["/Title"]) == "Three-year plan for the digital ministry"
    assert str(pdf.docinfo["/Author"]) == "Ministry of Examples"


def test_claims_to_be_archivable_and_accessible(pdf: pikepdf.Pdf) -> None:
    metadata = pdf.Root.Metadata.read_bytes()
    etree.fromstring(metadata)
    with pdf.open_metadata() as found:
        assert found["pdfaid:part"] == "3"
        assert found["pdfaid:conformance"] == "A"
        assert found["dc:title"] == "Three-year plan for the digital ministry"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert metadata.count(b"pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/<") == 1


def test_has_an_output_intent(pdf: pikepdf.Pdf) -> None:
    [intent] = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert "/DestOutputProfile" in intent


def test_carries_the_plan_as_data(pdf: pikepdf.Pdf) -> None:
    [name] = pdf.attachments
    assert name == "plan.xml"
    attached = pdf.attachments[name]
    [listed] = pdf.Root.AF
    assert listed.AFRelationship == "/Source"
    assert listed.EF.F.Subtype == "/text/xml"
    assert attached.description == "The plan as data"
    assert read_plan(attached.get_file().read_bytes()).plan.title == sample_plan().title


def test_all_fonts_are_embedded(pdf: pikepdf.Pdf) -> None:
    names = set()
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            [inner] = font.DescendantFonts
            descriptor = inner.FontDescriptor
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            assert "/ToUnicode" in font
            names.add(str(font.BaseFont).split("+")[1])
    assert any("Titillium" in name for name in names)
    assert any("DejaVu" in name for name in names)


def test_no_heading_level_is_skipped(pdf: pikepdf.Pdf) -> None:
    levels = [int(str(element.S)[2]) for element in _structure(pdf) if HEADING.fullmatch(str(element.S))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max(levels) == 6
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_are_regular_and_headers_have_a_scope(pdf: pikepdf.Pdf) -> None:
    tables = [element for element in _structure(pdf) if element.S == "/Table"]
    assert len(tables) > 5
    for table in tables:
        rows = [element for element in _elements(table) if element.S == "/TR"]
        assert len({len(row.K) for row in rows}) == 1
        for cell in (cell for row in rows for cell in row.K if cell.S == "/TH"):
            assert cell.A.Scope in ("/Column", "/Row")


def test_links_are_tagged_and_say_where_they_lead(pdf: pikepdf.Pdf) -> None:
    links = [element for element in _structure(pdf) if element.S == "/Link"]
    annotations = [note for page in pdf.pages for note in page.get("/Annots", [])]
    assert len(annotations) > 5
    assert len(links) >= len(annotations) / 2
    assert all("/StructParent" in note and "/Contents" in note for note in annotations)


def test_figures_have_alternative_texts(pdf: pikepdf.Pdf) -> None:
    figures = [element for element in _structure(pdf) if element.S == "/Figure"]
    assert all("/Alt" in figure for figure in figures)


def test_running_heads_are_artifacts(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[-1]
    operands = [(operands, str(op)) for operands, op in pikepdf.parse_content_stream(page)]
    marked = [operands[1] for operands, op in operands if op == "BDC"]
    assert {"/Type": "/Pagination"} in [dict(properties) for properties in marked]
    marks = {int(properties.MCID) for properties in marked if "/MCID" in properties}
    owned = set()
    for element in _structure(pdf):
        kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
        if element.get("/Pg") is not None and element.Pg.objgen == page.objgen:
            owned |= {int(kid) for kid in kids if isinstance(kid, int)}
    assert marks == owned


def test_bookmarks_follow_goals_and_objectives(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        [root] = outline.root
        titles = [entry.title for entry in root.children]
        goal = next(entry for entry in root.children if entry.title.startswith("1 "))
    assert titles == [
        "Contents",
        "Mission",
        "1 A ministry that is quick to act",
        "2 Data that others can reuse",
    ]
    assert [entry.title for entry in goal.children] == ["1.1 Buy in half the time"]


def test_reads_in_order(plan_folder: Path) -> None:
    text = _text(plan_folder / "document.pdf")
    for words in (
        "Ministry of Examples",
        "Version",
        "9f86d081",
        "Page 2 of",
        "KPI-7",
        "January 2026 – December 2026",
    ):
        assert words in text
    assert (
        text.index("Contents")
        < text.index("A ministry that is quick")
        < text.index("Working days from request")
    )
    assert "ἀρχή, παιδεία" in text
    assert "pārskatāmība" in text


def _text(path: Path) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not here")
    run = subprocess.run([program, str(path), "-"], capture_output=True, text=True, check=True)
    return re.sub(r"[ \n]+", " ", run.stdout)


@pytest.mark.parametrize("made", ["plan", "draft", "practice"])
def test_checker_finds_no_error(made: str, plan_folder: Path, tmp_path: Path, app: Flask) -> None:
    path = plan_folder / "document.pdf"
    if made != "plan":
        with app.test_request_context():
            html = plan_html(sample_plan(language="it"), DRAFT) if made == "draft" else _practice_html()
            path = _make(tmp_path, html)
    program = [sys.executable, "-c", "from outloud.cli import main; main()"]
    # TAG-002 takes a running head that stands on few pages for prose; that heads and only heads are
    # artifacts is tested above.
    run = subprocess.run(
        [*program, "--skip", "TAG-002", str(path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


def _practice_html() -> str:
    practice = make_practice(
        body=make_body(name="Comune di Esempio", acronym="CE"),
        title="One counter for all permits",
        language="en",
        context="Why.\n\n# A heading\n\n### A deeper one",
        solution="- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        sdgs=[9, 16],
        sector="01.1",
        keywords=["permits", "one-stop shop"],
        start_year=2021,
        contact="permits@example.org",
    )
    return practice_html(practice, "https://pspm.example.org/practices/p1")


def test_draft_says_so_on_each_page(app: Flask, tmp_path: Path) -> None:
    with app.test_request_context():
        html = plan_html(sample_plan(), DRAFT)
        path = _make(tmp_path, html)
    pages = _text(path).split("\f")[:-1]
    assert len(pages) > 3
    assert all("Draft, not approved" in page for page in pages)


def test_plan_without_anything(app: Flask, tmp_path: Path) -> None:
    plan = PlanSnapshot(
        title='A "quoted" </style> title',
        language="xx",
        start_year=2026,
        end_year=2026,
        body=sample_plan().body,
    )
    with app.test_request_context():
        path = _make(tmp_path, plan_html(plan, VERSION))
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo["/Title"]) == 'A "quoted" </style> title'
        assert "/AF" not in pdf.Root
