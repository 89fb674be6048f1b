"""Word diff and three-way merge: readable, and no word is ever lost."""

from __future__ import annotations

import re
import time
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pspm.core.diff import merge_words, word_diff

words = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta", "of", "a", ",", ".", "\n"]), max_size=30)
texts = words.map(" ".join)


def test_word_diff_reads_as_whole_changes() -> None:
    assert word_diff("The plan of the town", "The plan of a whole county") == [
        ("equal", "The plan of "),
        ("delete", "the town"),
        ("insert", "a whole county"),
    ]


def test_word_diff_of_equal_texts_is_one_chunk() -> None:
    assert word_diff("same words", "same words") == [("equal", "same words")]
    assert word_diff("", "") == []


def test_word_diff_takes_a_scrap_into_the_change_around_it() -> None:
    assert word_diff("start one of two end", "start three of four end") == [
        ("equal", "start "),
        ("delete", "one of two"),
        ("insert", "three of four"),
        ("equal", " end"),
    ]


def test_word_diff_of_long_texts_is_quick() -> None:
    old = " ".join(f"word{number % 97} of" for number in range(20_000))
    new = " ".join(f"word{number % 89} of" for number in range(20_000))
    began = time.perf_counter()
    word_diff(old, new)
    assert time.perf_counter() - began < 5


@given(texts, texts)
def test_word_diff_holds_both_texts(old: str, new: str) -> None:
    chunks = word_diff(old, new)
    assert "".join(text for op, text in chunks if op != "insert") == old
    assert "".join(text for op, text in chunks if op != "delete") == new


def test_merge_takes_changes_of_different_words() -> None:
    assert (
        merge_words("one two three four", "ONE two three four", "one two three FOUR") == "ONE two three FOUR"
    )


def test_merge_refuses_two_changes_of_the_same_word() -> None:
    assert merge_words("one two three", "one 2 three", "one zwei three") is None


def test_merge_refuses_two_insertions_at_one_place() -> None:
    assert merge_words("one three", "one two three", "one and three") is None


def test_merge_takes_the_same_change_once() -> None:
    assert (
        merge_words("a plan for all", "a plan for all of us", "my plan for all of us")
        == "my plan for all of us"
    )


def test_merge_refuses_a_change_inside_a_rewritten_sentence() -> None:
    base = "We will lend more books to the schools of the county."
    mine = "Every pupil borrows a book each month, wherever the school stands."
    assert merge_words(base, mine, base.replace("schools", "primary schools")) is None


@given(texts, texts)
def test_merge_with_one_author_is_that_author(base: str, text: str) -> None:
    assert merge_words(base, text, base) == text
    assert merge_words(base, base, text) == text
    assert merge_words(base, text, text) == text


@given(texts, texts, texts)
def test_merge_loses_no_word(base: str, mine: str, theirs: str) -> None:
    merged = merge_words(base, mine, theirs)
    if merged is None:
        return
    for author in (mine, theirs):
        added = Counter(re.findall(r"\w+", author)) - Counter(re.findall(r"\w+", base))
        assert added <= Counter(re.findall(r"\w+", merged))


@given(texts, texts, texts)
def test_merge_does_not_depend_on_who_saved_first(base: str, mine: str, theirs: str) -> None:
    assert merge_words(base, mine, theirs) == merge_words(base, theirs, mine)
