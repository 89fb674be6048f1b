"""Long texts for tests: generated trees and Markdown, live documents, what a page shows of them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from hypothesis import strategies as st
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from pspm.core.text import render_markdown
from pspm.drafting.markdown import building, tree, write_markdown
from pspm.drafting.markdown.runs import BREAK, Marks, Run, line_text, make_link
from pspm.drafting.markdown.tree import Block, Cell

NASTY = [
    "1. ", "12) ", "#", "## ", "- ", "+ ", "* ", ">", "|", "*", "**", "_", "__", "<", "[", "]", "](", "![",
    "!", "[a]: b", "\\", "&amp;", "&", "  ", "===", "---", "- - -", "    ", "<b>", "<http://a.it>", "`", "``",
    "```", "~~", "~~~", ":", "|---|", "a|b", ":-:", "snake_case_name", "(", ")", '"', "'", ".", ",", "\t",
    "\u00a0", "https://a.it/b_c",
]  # fmt: skip
WORDS = ["piano", "città", "àé€😀", "obiettivo", "2026", "x", "y", "e", "日本", "😀", "«più»", "e\u0301"]


def _texts() -> st.SearchStrategy[str]:
    pieces = st.one_of(
        st.sampled_from(WORDS), st.sampled_from(NASTY), st.sampled_from([" ", " "]), st.text(max_size=3)
    )
    return st.lists(pieces, min_size=1, max_size=5).map("".join)


_links = st.sampled_from(
    [
        make_link("https://a.it/b?c=1&copy=2"),
        make_link("/plans/1(2)", 'a "title" \\ &amp; <x>'),
        make_link("mailto:a@b.it"),
        make_link("https://è.it/à b|c*d_e"),
    ]
)
marks = st.builds(Marks, st.booleans(), st.booleans(), st.booleans(), st.none() | _links)
_marks = st.just(Marks()) | marks
_runs_of = st.builds(lambda text, mark: Run(line_text(text), mark), _texts(), _marks)
runs = st.lists(st.one_of(_runs_of, _runs_of, _runs_of, st.just(BREAK)), max_size=6)
_cells = st.builds(Cell, runs, st.sampled_from([None, "left", "center", "right"]))
_leaves = st.one_of(
    st.builds(tree.paragraph, runs),
    st.builds(tree.paragraph, runs),
    st.builds(tree.heading, st.integers(1, 6), runs),
    st.builds(tree.code_block, st.lists(_texts() | st.just("\n"), max_size=5).map("".join)),
    st.just(tree.RULE),
    st.builds(tree.table, st.lists(st.lists(_cells, min_size=1, max_size=3), min_size=1, max_size=3)),
)


def _containers(inside: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    some = st.lists(inside, max_size=3)
    items = st.lists(st.builds(tree.list_item, some), min_size=1, max_size=3)
    return st.one_of(
        st.builds(tree.blockquote, some),
        st.builds(tree.bullet_list, items),
        st.builds(tree.ordered_list, st.sampled_from([0, 1, 1, 9, 10, tree.LARGEST_ORDER]), items),
    )


blocks = st.recursive(_leaves, _containers, max_leaves=8)
documents = st.lists(blocks, max_size=5).map(tree.said)
"""Every document of the schema that Markdown can say."""

soup = st.lists(
    st.sampled_from([*NASTY, *WORDS, "\n", "\n", "\n\n", "\\\n", " ", "[a](b)", "|-|-|\n"]), max_size=30
).map("".join)
markdowns = soup | st.text(max_size=60)


def live(*children: object) -> XmlFragment:
    """A live text of nested (name, attributes, *children) and words, or (None, words, marks)."""
    fragment = Doc().get("text", type=XmlFragment)
    with fragment.doc.transaction():
        for child in children:
            _append(fragment, child)
    return fragment


def _append(parent: Any, child: Any) -> None:
    if isinstance(child, str):
        parent.children.append(XmlText(child))
    elif child[0] is None:
        text = parent.children.append(XmlText())
        text.insert(0, child[1], child[2])
    else:
        element = parent.children.append(XmlElement(child[0]))
        for name, value in child[1].items():
            element.attributes[name] = value
        for inner in child[2:]:
            _append(element, inner)


def live_of(document: tuple[Block, ...]) -> XmlFragment:
    fragment = live()
    for number, block in enumerate(document):
        building.insert_block(fragment, number, block)
    return fragment


def live_markdown(markdown: str) -> XmlFragment:
    fragment = live()
    write_markdown(fragment, markdown)
    return fragment


def copy_of(fragment: XmlFragment) -> XmlFragment:
    other = Doc()
    other.apply_update(fragment.doc.get_update())
    return other.get("text", type=XmlFragment)


def exchange(one: XmlFragment, other: XmlFragment) -> None:
    """Both copies get what the other did meanwhile."""
    first, second = one.doc.get_update(), other.doc.get_update()
    one.doc.apply_update(second)
    other.doc.apply_update(first)


def shown(markdown: str) -> list[object]:
    """What a page shows: blocks, and letters with their marks; whether a list is loose is not told."""
    reader = _Shown()
    reader.feed(render_markdown(markdown))
    return reader.said()


class _Shown(HTMLParser):
    """Tokens: ("open", tag, attrs), ("close", tag), ("word", letter, marks), ("code", text), " " or "br"."""

    INLINE = ("strong", "em", "code", "a")
    HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

    def __init__(self) -> None:
        super().__init__()
        self.path: list[tuple[str, tuple[Any, ...]]] = []
        self.tokens: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._break()
        elif tag in self.INLINE:
            self.path.append((tag, tuple(attrs)))
        else:
            self._edge()
            if not self._is_hidden(tag):
                self.tokens.append(("open", tag, tuple(attrs)))
            if tag != "hr":
                self.path.append((tag, ()))

    def handle_endtag(self, tag: str) -> None:
        self.path.pop()
        if tag in self.INLINE:
            return
        self._edge()
        if self.tokens and self.tokens[-1] == ("open", "p", ()) and tag == "p":
            self.tokens.pop()
        elif not self._is_hidden(tag):
            self.tokens.append(("close", tag))

    def handle_data(self, data: str) -> None:
        marks = frozenset(
            (tag, attrs) for tag, attrs in self.path if tag in self.INLINE and ("href", "") not in attrs
        )
        if any(tag == "pre" for tag, _ in self.path):
            self.tokens += [("code", data.removesuffix("\n"))] if data != "\n" else []
            return
        for letter in line_text(data):
            if not letter.isspace():
                self.tokens.append(("word", letter, marks))
            elif self.tokens and (self.tokens[-1] not in (" ", "br") and self.tokens[-1][0] == "word"):
                self.tokens.append(" ")

    def _is_hidden(self, tag: str) -> bool:
        return tag == "p" and bool(self.path) and self.path[-1][0] == "li"

    def _break(self) -> None:
        if any(tag in self.HEADINGS for tag, _ in self.path):
            self.handle_data(" ")
            return
        if self.tokens and self.tokens[-1] == " ":
            self.tokens.pop()
        self.tokens.append("br")

    def _edge(self) -> None:
        while self.tokens and self.tokens[-1] in (" ", "br"):
            self.tokens.pop()

    def said(self) -> list[object]:
        self._edge()
        return self.tokens
