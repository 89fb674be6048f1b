"""What changed between two texts, word by word; and two people's changes of one text made into one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Op = Literal["equal", "insert", "delete"]
Chunk = tuple[Op, str]

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_LONG = 4000
"""Tokens from which on difflib may ignore very frequent ones: exact matching is quadratic in them."""
_TINY = 3
"""Letters that stand unchanged between two changes and read better as part of one change."""


class _Block(NamedTuple):
    """`size` equal tokens, from `a` in the first text and `b` in the second."""

    a: int
    b: int
    size: int


def word_diff(old: str, new: str) -> list[Chunk]:
    """The texts as chunks of equal, deleted and inserted words; a deletion stands before its insertion."""
    a, b = _tokens(old), _tokens(new)
    chunks: list[Chunk] = []
    at_a = at_b = 0
    for block in (*_blocks(a, b), _Block(len(a), len(b), 0)):
        _append(chunks, "delete", a[at_a : block.a])
        _append(chunks, "insert", b[at_b : block.b])
        _append(chunks, "equal", a[block.a : block.a + block.size])
        at_a, at_b = block.a + block.size, block.b + block.size
    return chunks


def merge_words(base: str, mine: str, theirs: str) -> str | None:
    """`base` with the changes of both; None where both changed the same words in different ways."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    texts = _tokens(base), _tokens(mine), _tokens(theirs)
    merged: list[str] = []
    at = (0, 0, 0)
    for start, end in _common(*texts):
        piece = _merge_piece(*(text[i:j] for text, i, j in zip(texts, at, start, strict=True)))
        if piece is None:
            return None
        merged += piece
        merged += texts[0][start[0] : end[0]]
        at = end
    return "".join(merged)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _append(chunks: list[Chunk], op: Op, tokens: Sequence[str]) -> None:
    if tokens:
        chunks.append((op, "".join(tokens)))


def _blocks(a: Sequence[str], b: Sequence[str]) -> list[_Block]:
    """What is equal in both, without the scraps that would break one change into many."""
    matcher = SequenceMatcher(None, a, b, autojunk=max(len(a), len(b)) > _LONG)
    blocks = (_Block(*match) for match in matcher.get_matching_blocks()[:-1])
    return [
        block
        for block in blocks
        if _touches_edge(block, len(a), len(b))
        or len("".join(a[block.a : block.a + block.size]).strip()) > _TINY
    ]


def _touches_edge(block: _Block, length_a: int, length_b: int) -> bool:
    begins = block.a == 0 and block.b == 0
    return begins or (block.a + block.size == length_a and block.b + block.size == length_b)


def _common(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[tuple[int, int, int], tuple[int, int, int]]]:
    """The runs that all three share, as (start, end) in each; the last one is empty, at the ends."""
    left, right = _blocks(base, mine), _blocks(base, theirs)
    while left and right:
        one, two = left[0], right[0]
        start = max(one.a, two.a)
        end = min(one.a + one.size, two.a + two.size)
        if start < end:
            in_mine, in_theirs = one.b - one.a, two.b - two.a
            yield (
                (start, start + in_mine, start + in_theirs),
                (end, end + in_mine, end + in_theirs),
            )
        (left if one.a + one.size <= two.a + two.size else right).pop(0)
    ends = len(base), len(mine), len(theirs)
    yield ends, ends


def _merge_piece(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Sequence[str] | None:
    if mine in (base, theirs):
        return theirs
    return mine if theirs == base else None
