"""The shared document takes what makes sense, and nothing that is sent can harm it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from pspm.drafting.document import EMPTY, MAX_APPLIED, Document, is_update, new_state


def edit(state: bytes, words: str) -> bytes:
    """What a writer's browser sends when it adds a paragraph."""
    document: Doc[object] = Doc()
    document.apply_update(state)
    before = document.get_state()
    fragment = document.get("text", type=XmlFragment)
    fragment.children.append(XmlElement("paragraph", {}, [XmlText(words)]))
    return document.get_update(before)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), min_size=1, max_size=4))
def test_bytes_that_were_changed_on_the_way_harm_nothing(changes: list[tuple[int, int]]) -> None:
    state = new_state("First words.")
    content = bytearray(edit(state, "Second words."))
    for place, byte in changes:
        content[place % len(content)] = byte
    document = Document(state)
    if is_update(bytes(content)):
        document.apply(bytes(content))
    assert document.apply(edit(document.state, "Last words."))
    assert "Last words." in document.markdown


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_noise_is_no_update_or_changes_no_word(noise: bytes) -> None:
    document = Document(new_state("First words."))
    if is_update(noise):
        document.apply(noise)
    assert document.markdown.strip() == "First words."


def test_a_few_bytes_do_not_ask_for_much_room() -> None:
    """Read naively, these four ask for half a gigabyte."""
    assert not is_update(b"\xff\xff\xff\x7f")


def test_nothing_is_an_update_too() -> None:
    document = Document(new_state("First words."))
    assert is_update(EMPTY)
    assert document.apply(EMPTY)


def test_many_edits_stay_in_the_document() -> None:
    document = Document(new_state(""))
    for number in range(MAX_APPLIED + 10):
        document.apply(edit(document.state, f"n{number}"))
    assert document.markdown.split() == [f"n{number}" for number in range(MAX_APPLIED + 10)]
