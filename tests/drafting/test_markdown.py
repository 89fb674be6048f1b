"""Live text and Markdown: there and back without a lost word, and edits of several people merge."""

from __future__ import annotations

import html
import time

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pycrdt import XmlElement, XmlFragment, XmlText

from pspm.drafting.markdown import to_markdown, write_markdown
from pspm.drafting.markdown.fragment import read_fragment
from pspm.drafting.markdown.tree import Block
from tests.drafting.texts import documents, live, live_markdown, live_of, markdowns, shown

many = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
names = st.sampled_from(
    [
        *("paragraph", "heading", "bullet_list", "ordered_list", "list_item", "blockquote", "code_block"),
        *("horizontal_rule", "table", "table_row", "table_cell", "table_header", "hard_break", "unheard_of"),
    ]
)
attributes = st.dictionaries(
    st.sampled_from(["level", "order", "align"]),
    st.sampled_from([2.0, "3", -1, 1e12, "x", True, float("nan"), "left"]),
)
formats = st.dictionaries(
    st.sampled_from(["strong", "em", "code", "link", "em--a1", "comment"]),
    st.sampled_from(
        [{}, True, {"href": "https://a.it"}, {"href": 3}, {"href": "javascript:x"}, "x y", {"href": "//[:"}]
    ),
)
strange = st.recursive(
    st.tuples(
        st.none(), st.sampled_from(["parola", " parola\n", "* parola", "\\parola`", "1. parola"]), formats
    ),
    lambda inner: st.builds(
        lambda name, attrs, some: (name, attrs, *some), names, attributes, st.lists(inner, max_size=4)
    ),
    max_leaves=12,
)


@many
@given(documents)
def test_every_document_comes_back_from_its_markdown(document: tuple[Block, ...]) -> None:
    markdown = to_markdown(live_of(document))
    assert read_fragment(live_markdown(markdown)) == document, markdown
    assert to_markdown(live_markdown(markdown)) == markdown


@many
@given(markdowns)
def test_written_markdown_shows_the_same(markdown: str) -> None:
    assume("~~" not in markdown and "![" not in markdown)
    written = to_markdown(live_markdown(markdown))
    assert shown(written) == shown(markdown), written
    assert to_markdown(live_markdown(written)) == written


@many
@given(documents, documents)
def test_any_text_can_be_rewritten_as_any_other(before: tuple[Block, ...], after: tuple[Block, ...]) -> None:
    fragment = live_of(before)
    write_markdown(fragment, to_markdown(live_of(after)))
    assert read_fragment(fragment) == after


@many
@given(st.lists(strange, max_size=4), documents)
def test_what_the_schema_forbids_is_read_and_rewritten(
    children: list[object], after: tuple[Block, ...]
) -> None:
    fragment = live(*children)
    markdown = to_markdown(fragment)
    assert html.unescape(markdown).count("parola") == str(children).count("parola")
    assert to_markdown(live_markdown(markdown)) == markdown
    write_markdown(fragment, to_markdown(live_of(after)))
    assert read_fragment(fragment) == after


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("1. uno", "1\\. uno"),
        ("# uno", "\\# uno"),
        ("#uno", "#uno"),
        ("- uno", "\\- uno"),
        ("> uno", "\\> uno"),
        ("|a|", "|a|"),
        ("|-|", "\\|-|"),
        ("===", "\\==="),
        ("a * b_ c_d_e_f nome_di_file", "a \\* b\\_ c\\_d\\_e\\_f nome_di_file"),
        ("[a](b) <b> <http://a.it>", "\\[a\\](b) \\<b> \\<http://a.it>"),
        ("\\ &amp; & `x` ~~y~~ ~", "\\\\ \\&amp; & \\`x\\` \\~\\~y\\~\\~ ~"),
        ("    quattro  ", "quattro"),
        ("2 < 3, 50 % & 2026. Fine!", "2 < 3, 50 % & 2026. Fine!"),
    ],
)
def test_what_is_typed_is_not_taken_for_markup(typed: str, written: str) -> None:
    assert to_markdown(live(("paragraph", {}, typed))) == written


def test_every_part_has_its_form() -> None:
    strong, link = {"strong": {}}, {"link": {"href": "https://a.it", "title": "Casa"}}
    words = [
        (None, "uno ", {}),
        (None, "due ", strong),
        (None, "tre", {**strong, "em": {}}),
        ("hard_break", {}),
    ]
    fragment = live(
        ("heading", {"level": "3"}, "Titolo"),
        ("paragraph", {}),
        ("paragraph", {}, *words, (None, "sito", link), (None, " x`y", {"code": {}})),
        (
            "bullet_list",
            {},
            ("list_item", {}, ("paragraph", {}, "a"), ("ordered_list", {"order": 1.0}, ("list_item", {}))),
        ),
        ("bullet_list", {}, ("list_item", {}, ("paragraph", {}, "b"), ("paragraph", {}, "c"))),
        ("blockquote", {}, ("paragraph", {}, "detto")),
        ("code_block", {}, "x = 1\n```"),
        ("horizontal_rule", {}),
        ("table", {}, ("table_row", {}, ("table_header", {"align": "right"}, ("paragraph", {}, "a|b")))),
    )
    assert to_markdown(fragment) == (
        '### Titolo\n\nuno **due _tre_**\\\n[sito](https://a.it "Casa")`` x`y``\n\n- a\n\n  1.\n\n'
        "* b\n\n  c\n\n> detto\n\n````\nx = 1\n```\n````\n\n___\n\n| a\\|b |\n| --: |"
    )


def test_emphasis_inside_a_word_is_read_back() -> None:
    fragment = live(
        ("paragraph", {}, (None, "pre", {}), (None, "«x»", {"strong": {}}), (None, "post", {"em": {}}))
    )
    assert to_markdown(fragment) == "pr&#101;**«x»**_post_"
    assert read_fragment(live_markdown(to_markdown(fragment))) == read_fragment(fragment)


def test_marks_that_cross_each_other_are_read_back() -> None:
    words = [(None, "a", {"strong": {}}), (None, "!", {"strong": {}, "em": {}}), (None, " 1", {"em": {}})]
    fragment = live(("paragraph", {}, *words), ("code_block", {}, " ```\n"))
    assert read_fragment(live_markdown(to_markdown(fragment))) == read_fragment(fragment)


def test_struck_words_and_pictures_are_not_lost() -> None:
    assert to_markdown(live_markdown("~~no~~ ![foto](/f.png)")) == "\\~\\~no\\~\\~ [foto](/f.png)"


def test_words_in_a_bottomless_pit_are_kept() -> None:
    fragment = live()
    parent: XmlFragment | XmlElement = fragment
    with fragment.doc.transaction():
        for _ in range(1200):
            parent = parent.children.append(XmlElement("blockquote"))
            parent.children.append(XmlText("parola"))
    markdown = to_markdown(fragment)
    assert markdown.count("parola") == 1200
    assert to_markdown(live_markdown(markdown)) == markdown
    assert "parola" in to_markdown(live_markdown("> " * 100 + "parola"))
    assert "parola" in to_markdown(live_markdown("- " * 100 + "parola"))


def test_a_long_text_is_read_and_changed_quickly() -> None:
    """Far above what it takes (see the package), so that only a change of order of growth fails."""
    markdown = "\n\n".join(f"Il piano **{n}** è [qui](/p/{n}) " + "parole di prova " * 25 for n in range(30))
    fragment = live_markdown(markdown)
    started = time.perf_counter()
    write_markdown(fragment, markdown.replace("piano **7**", "nuovo piano **7**"))
    assert "nuovo piano" in to_markdown(fragment)
    assert time.perf_counter() - started < 1
