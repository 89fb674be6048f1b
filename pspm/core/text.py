"""User text: Markdown in, a small safe HTML subset out."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import nh3
from markupsafe import Markup

from pspm.core.commonmark import parser

_ALLOWED = {
    "p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "table", "thead", "tbody",
    "tr", "th", "td", "h2", "h3", "h4", "h5", "h6", "hr", "del", "sup",
}  # fmt: skip
_ALIGNMENTS = {
    "text-align:left": "cell-left",
    "text-align:center": "cell-center",
    "text-align:right": "cell-right",
}
"""How Markdown aligns the columns of tables, and the classes that say so without inline styles."""

_CELL_CLASSES = frozenset(_ALIGNMENTS.values())
_SPACES = re.compile(r"\s+")
_NO_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def render_markdown(text: str, heading_level: int = 2) -> Markup:
    """Safe HTML of Markdown `text`, its top headings at `heading_level` (so that a page skips no level)."""
    tokens = parser.parse(text)
    shift = _heading_shift(tokens, heading_level)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + shift)}"
        elif "style" in token.attrs:
            token.attrs = {"class": _ALIGNMENTS[str(token.attrs["style"])]}
    html = parser.renderer.render(tokens, parser.options, {})
    clean = nh3.clean(
        html,
        tags=_ALLOWED,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        allowed_classes={"th": set(_CELL_CLASSES), "td": set(_CELL_CLASSES)},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )
    return Markup(clean)  # noqa: S704 - sanitised in the line above


def _heading_shift(tokens: list, heading_level: int) -> int:  # type: ignore[type-arg]
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    return heading_level - min(levels) if levels else 0


def plain_text(markdown: str) -> str:
    """The words of Markdown `markdown` without its marks, on one line."""
    return _SPACES.sub(" ", render_markdown(markdown).striptags()).strip()


def excerpt(markdown: str, length: int = 160) -> str:
    """The beginning of the words, cut between two of them."""
    words = plain_text(markdown)
    if len(words) <= length:
        return words
    return words[:length].rsplit(" ", 1)[0] + "…"


def fold(text: str) -> str:
    """Words in lower case without accents and marks, so that "Universita'" finds "Università"."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NO_WORD.sub(" ", bare).strip()
