"""What others write while a text is rewritten stays: an edit is as small as it can be."""

from __future__ import annotations

import pytest
from pycrdt import UndoManager, XmlElement, XmlFragment, XmlText

from pspm.drafting.markdown import to_markdown, write_markdown
from tests.drafting.texts import copy_of, exchange, live, live_markdown


def _text_of(fragment: XmlFragment, *path: int) -> XmlText:
    node: object = fragment
    for number in path:
        assert isinstance(node, XmlFragment | XmlElement)
        node = node.children[number]
    assert isinstance(node, XmlText)
    return node


@pytest.mark.parametrize(
    ("before", "path", "typed", "markdown", "merged"),
    [
        ("uno due\n\ntre", (1, 0), " quattro", "uno 2\n\ntre", "uno 2\n\ntre quattro"),
        ("uno due tre", (0, 0), " quattro", "uno 2 tre", "uno 2 tre quattro"),
        ("à é€😀 due tre e", (0, 0), " poi", "à é€😀 2 **tre** e", "à é€😀 2 **tre** e poi"),
        ("uno due", (0, 0), " tre", "uno due\n\n# Fine", "uno due tre\n\n# Fine"),
        ("uno due", (0, 0), " tre", "# Inizio\n\nUno due", "# Inizio\n\nUno due tre"),
        ("uno\\\ndue", (0, 2), " tre", "1\\\nun altro\\\ndue", "1\\\nun altro\\\ndue tre"),
        ("- a\n- b\n- c", (0, 1, 0, 0), " lungo", "- a\n- b\n- nuovo\n- C", "- a\n- b lungo\n- nuovo\n- C"),
        ("- a\n  - b", (0, 0, 1, 0, 0, 0), " lungo", "- aa\n  - b\n- c", "- aa\n  - b lungo\n- c"),
        ("> a\n>\n> b", (0, 1, 0), " lungo", "> c\n>\n> b", "> c\n>\n> b lungo"),
        (
            "| a | b |\n| --- | --- |\n| c | d |",
            (0, 1, 1, 0, 0),
            " lungo",
            "| a | B |\n| :-- | --- |\n| x | y |\n| C | d |",
            "| a | B |\n| :-- | --- |\n| x | y |\n| C | d lungo |",
        ),
        ("```\nx = 1\ny = 2\n```", (0, 0), "00", "```\nx = 3\ny = 2\n```", "```\nx = 3\ny = 200\n```"),
        ("## Titolo", (0, 0), " nuovo", "### Titolo", "### Titolo nuovo"),
        ("[qui](/a) e **là** poi", (0, 0), "?", "[qui](/b) e _là_ poi", "[qui](/b) e _là_ poi?"),
    ],
)
def test_words_typed_meanwhile_stay(
    before: str, path: tuple[int, ...], typed: str, markdown: str, merged: str
) -> None:
    mine = live_markdown(before)
    theirs = copy_of(mine)
    write_markdown(mine, markdown)
    text = _text_of(theirs, *path)
    text.insert(len(text), typed, {})
    exchange(mine, theirs)
    assert to_markdown(mine) == to_markdown(theirs) == merged


def test_two_rewritings_of_different_words_merge() -> None:
    one = live_markdown("La città 😀 cresce **molto** e bene ogni anno")
    other = copy_of(one)
    write_markdown(one, "La grande città 😀 cresce **molto** e bene ogni anno")
    write_markdown(other, "La città 😀 cresce **molto** e meglio ogni _anno_")
    exchange(one, other)
    assert (
        to_markdown(one) == to_markdown(other) == "La grande città 😀 cresce **molto** e meglio ogni _anno_"
    )


def test_the_same_text_is_no_edit() -> None:
    fragment = live(("paragraph", {}, (None, " due ", {"strong": {}}), "parole "), ("paragraph", {}))
    before = fragment.doc.get_state()
    write_markdown(fragment, "**due** parole")
    assert fragment.doc.get_state() == before


def test_a_space_before_the_next_word_and_a_blank_paragraph_stay() -> None:
    fragment = live(("paragraph", {}, "uno due "), ("paragraph", {}))
    write_markdown(fragment, "uno 2")
    assert str(fragment) == "<paragraph>uno 2 </paragraph><paragraph></paragraph>"
    write_markdown(fragment, "uno 2\n\ntre")
    assert str(fragment) == "<paragraph>uno 2 </paragraph><paragraph>tre</paragraph>"


def test_words_split_over_several_texts_are_changed_in_place() -> None:
    fragment = live(("paragraph", {}, "àé", "€😀 due", "tre", ("hard_break", {}), "quattro"))
    write_markdown(fragment, "àé€😀 2 e tre e mezzo\\\n**quattro**")
    assert to_markdown(fragment) == "àé€😀 2 e tre e mezzo\\\n**quattro**"
    assert len(fragment.children) == 1


def test_foreign_marks_survive_a_rewording() -> None:
    fragment = live(("paragraph", {}, (None, "uno due", {"note": {"id": 1}})))
    write_markdown(fragment, "uno **due**")
    assert _text_of(fragment, 0, 0).diff() == [
        ("uno ", {"note": {"id": 1.0}}),
        ("due", {"note": {"id": 1.0}, "strong": {}}),
    ]


def test_nodes_are_as_the_editor_makes_them() -> None:
    fragment = live_markdown("# A\n\n3. b\\\n[c](/d)\n\n| e |\n| :-: |")
    heading, numbers, table = fragment.children
    assert isinstance(heading, XmlElement) and heading.attributes.get("level") == 1  # noqa: PT018
    assert isinstance(numbers, XmlElement) and numbers.attributes.get("order") == 3  # noqa: PT018
    assert [
        child.tag for child in numbers.children[0].children[0].children if isinstance(child, XmlElement)
    ] == ["hard_break"]
    assert _text_of(fragment, 1, 0, 0, 2).diff() == [("c", {"link": {"href": "/d", "title": None}})]
    assert isinstance(table, XmlElement)
    assert str(table).startswith('<table><table_row><table_header align="center"><paragraph>e</paragraph>')


def test_a_rewriting_is_one_step_to_undo() -> None:
    fragment = live_markdown("uno\n\ndue")
    undo = UndoManager(scopes=[fragment])
    write_markdown(fragment, "1\n\n- 2\n\n**tre**")
    undo.undo()
    assert to_markdown(fragment) == "uno\n\ndue"
