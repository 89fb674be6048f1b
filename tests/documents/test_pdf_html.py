"""What PDFs are made from: HTML that fetches nothing and leaves nothing open."""

from __future__ import annotations

import pytest
from flask import Flask

from pspm.core.i18n import LANGUAGES
from pspm.documents.pdf import render
from pspm.documents.pdf.outline import flow_text, when_text
from pspm.documents.pdf.pages import css_string


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://127.0.0.1:1/x.png", "https://example.org/x", "ftp://x/y"]
)
def test_nothing_is_fetched(address: str) -> None:
    with pytest.raises(ValueError, match="not fetched"):
        render.LocalFiles().fetch(address)


def test_characters_without_a_glyph_are_replaced() -> None:
    assert render.printable("à ἀ ≥ 中 🚀\ufe0f x\u0301") == "à ἀ ≥ \ufffd \ufffd\ufe0f x\u0301"
    assert render.printable("plain") == "plain"


def test_address_in_a_text_brings_no_attributes_of_its_own() -> None:
    html = flow_text('See https://example.org/a"rel="attachment"style="color:red for more.')
    assert '<a href="https://example.org/a">' in html
    assert html.count("<a ") == html.count("<a href=") == 1
    assert 'a"rel=' not in html


def test_flow_text_has_no_headings_and_no_double_links() -> None:
    html = flow_text(
        "# Top\n\n[here](https://a.example/x) and https://b.example/?a=1&b=2.\n\n`https://c.example`"
    )
    assert '<p class="subhead">Top</p>' in html
    assert html.count("<a ") == 3
    assert '<a href="https://b.example/?a=1&amp;b=2">https://b.example/?a=1&amp;b=2</a>.' in html


def test_when_nothing_is_said(app: Flask) -> None:
    assert when_text(None, None) == ""


def test_css_string_cannot_be_left() -> None:
    assert css_string('a"\\</style>\n1') == '"a\\22 \\5c \\3c \\2f style\\3e \\a 1"'


def test_languages_of_labels() -> None:
    assert {"it", "en"} <= set(LANGUAGES)
