"""Markdown: what of it reaches a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pspm.core.text import render_markdown

ROOT = Path(__file__).resolve().parents[2]
TABLE = """\
| Place | Group | Days | Note |
| :---- | :---: | ---: | ---- |
| North | a     |  120 | late |
"""


@pytest.mark.parametrize("cell", ["th", "td"])
def test_columns_of_a_table_keep_their_alignment(cell: str) -> None:
    html = render_markdown(TABLE)
    classes = [part.split(">")[0] for part in html.split(f"<{cell}")[1:] if not part.startswith("ead")]
    assert classes == [' class="cell-left"', ' class="cell-center"', ' class="cell-right"', ""]
    assert "style" not in html


def test_text_brings_no_html_of_its_own() -> None:
    html = render_markdown('<td class="cell-right" style="color:red">x</td>')
    assert html == '<p>&lt;td class="cell-right" style="color:red"&gt;x&lt;/td&gt;</p>\n'


@pytest.mark.parametrize("sheet", ["static/css/pspm.css", "pspm/documents/pdf/print.css"])
def test_pages_and_files_have_a_style_for_each_alignment(sheet: str) -> None:
    style = (ROOT / sheet).read_text(encoding="utf-8")
    for name in ("center", "right"):
        assert re.search(rf"\.cell-{name}\s*{{\s*text-align:\s*{name}", style)
