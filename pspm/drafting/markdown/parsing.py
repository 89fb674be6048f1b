"""Markdown → plain tree: what the pages show of it, as far as the live text can hold it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from pspm.core.commonmark import parser
from pspm.drafting.markdown import tree
from pspm.drafting.markdown.runs import BREAK, SPACE, Link, Marks, Run, line_text, make_link
from pspm.drafting.markdown.tree import Block, Cell

_MARKERS = re.compile(r"^(?:[\s>*+-]|\d{1,9}[.)](?=\s))+", re.MULTILINE)


@dataclass(slots=True)
class _Open:
    """A container that is being read, with what was found in it."""

    token: Token
    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


def parse_markdown(markdown: str) -> tuple[Block, ...]:
    source = markdown.encode("utf-8", "replace").decode()
    tokens = parser.parse(source)
    stack = [_Open(Token("text_open", "", 1))]
    for token in tokens:
        if token.nesting == 1:
            stack.append(_Open(token))
        elif token.nesting == -1:
            _close(stack.pop(), stack[-1], source)
        elif token.type == "inline":
            stack[-1].runs = _runs(token.children or [])
        else:
            stack[-1].blocks.append(_leaf(token))
    return tree.said(stack[0].blocks)


def _leaf(token: Token) -> Block:
    if token.type == "hr":
        return tree.RULE
    return tree.code_block(token.content.removesuffix("\n"))


def _close(node: _Open, parent: _Open, source: str) -> None:
    kind = node.token.type.removesuffix("_open")
    if kind in ("blockquote", "list_item"):
        node.blocks = node.blocks or _too_deep(node.token, source)
    if kind in _BUILDERS:
        parent.blocks.append(_BUILDERS[kind](node))
    elif kind in ("th", "td"):
        parent.cells.append(Cell(node.runs, _align(node.token)))
    elif kind == "tr":
        parent.rows.append(node.cells)
    else:
        parent.rows += node.rows


def _align(token: Token) -> str:
    return str(token.attrs.get("style", "")).removeprefix("text-align:")


def _too_deep(token: Token, source: str) -> list[Block]:
    """The words that the parser skips inside too many containers."""
    if token.level < tree.DEEPEST or token.map is None:
        return []
    lines = re.split("\r\n?|\n", source)[slice(*token.map)]
    return [tree.paragraph([Run(line_text(_MARKERS.sub("", "\n".join(lines))))])]


def _order(token: Token) -> int:
    return int(token.attrs.get("start", 1))


_BUILDERS: dict[str, Callable[[_Open], Block]] = {
    "paragraph": lambda node: tree.paragraph(node.runs),
    "heading": lambda node: tree.heading(int(node.token.tag[1]), node.runs),
    "blockquote": lambda node: tree.blockquote(node.blocks),
    "list_item": lambda node: tree.list_item(node.blocks),
    "bullet_list": lambda node: tree.bullet_list(node.blocks),
    "ordered_list": lambda node: tree.ordered_list(_order(node.token), node.blocks),
    "table": lambda node: tree.table(node.rows),
}


class _MarksNow:
    """The marks at a place of a paragraph; emphasis may be opened inside emphasis."""

    def __init__(self) -> None:
        self.open = {"strong": 0, "em": 0}
        self.links: list[Link | None] = []

    def follow(self, token: Token) -> None:
        mark = token.type.rpartition("_")[0]
        if mark in self.open:
            self.open[mark] += token.nesting
        elif token.type == "link_open":
            title = token.attrs.get("title")
            self.links.append(make_link(str(token.attrs.get("href", "")), str(title) if title else None))
        elif token.type == "link_close":
            self.links.pop()

    def marks(self, code: bool = False) -> Marks:
        link = self.links[-1] if self.links else None
        return Marks(self.open["strong"] > 0, self.open["em"] > 0, code, link)


def _runs(tokens: Sequence[Token]) -> list[Run]:
    runs: list[Run] = []
    now = _MarksNow()
    for token in tokens:
        now.follow(token)
        runs += _inline(token, now)
    return runs


def _inline(token: Token, now: _MarksNow) -> list[Run]:
    if token.type == "hardbreak":
        return [BREAK]
    if token.type == "softbreak":
        return [SPACE]
    if token.type in ("s_open", "s_close"):
        # The live text knows no struck words; without their signs they would be taken back.
        return [Run("~~", now.marks())]
    if token.type == "image":
        return _image(token, now)
    return [Run(line_text(token.content), now.marks(code=token.type == "code_inline"))]


def _image(token: Token, now: _MarksNow) -> list[Run]:
    """A picture, which pages don't show, as a link to it."""
    link = now.marks().link or make_link(str(token.attrs.get("src", "")))
    words = line_text(token.content).strip() or (link.href if link else "")
    return [Run(words, now.marks()._replace(link=link))]
