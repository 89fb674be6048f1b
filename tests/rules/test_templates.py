"""Templates use what they import, carry no inline script or style, and say everything through gettext."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[2] / "templates"
TEMPLATES = sorted(ROOT.rglob("*.html"))
FOR_PRINT = ROOT / "documents" / "pdf"
"""Never sent to a browser, so that no policy guards them: the margins of print need a style of their own."""
_environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_template_uses_what_it_imports(path: Path) -> None:
    tree = _environment.parse(path.read_text("utf-8"))
    imported: set[str] = set()
    for node in tree.find_all(nodes.FromImport):
        imported |= {name if isinstance(name, str) else name[1] for name in node.names}
    imported |= {node.target for node in tree.find_all(nodes.Import)}
    used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    assert imported - used == set()


@pytest.mark.parametrize("path", [path for path in TEMPLATES if FOR_PRINT not in path.parents], ids=ids)
def test_template_has_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


# Shown when even the catalogue may be out of reach, so it speaks both languages itself.
WITHOUT_CATALOGUE = {"errors/500.html"}


@pytest.mark.parametrize("path", [path for path in TEMPLATES if ids(path) not in WITHOUT_CATALOGUE], ids=ids)
def test_template_says_everything_through_gettext(path: Path) -> None:
    """No letters stand in the text between tags, outside of expressions."""
    tree = _environment.parse(path.read_text("utf-8"))
    text = "".join(data.data for data in _find_text(tree))
    text = re.sub(r"<(code|pre|style|svg)\b.*?</\1>|<!--.*?-->|<[^>]*>|&\w+;", " ", text, flags=re.S)
    text = re.sub(r"<[^>]*$|^[^<]*>", " ", text)
    words = [word for word in re.findall(r"[^\W\d_]{3,}", text) if word not in ALLOWED]
    assert words == []


NO_TEXT = {"page_class", "margins"}
"""Blocks that fill an attribute or a style sheet."""


def _find_text(node: nodes.Node) -> Iterator[nodes.TemplateData]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child
        elif not (isinstance(child, nodes.Block) and child.name in NO_TEXT):
            yield from _find_text(child)


ALLOWED = {"PSPM", "PDF", "StratML", "CSV", "JSON", "SHA", "XML"}
