"""What changed between two texts, word by word; and two people's changes of one text made into one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Op = Literal["equal", "insert", "delete"]
Chunk = tuple[Op, str]

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_SENTENCES = re.compile(r"[^.!?\n]+[.!?\n]*\s*|[.!?\n]+\s*")
_LONG = 1000
"""Tokens from which on very frequent ones only extend what rarer ones have matched (difflib's autojunk)."""
_COSTLY = 3_000_000
"""Pairs of equal tokens from which on matching takes seconds; coarser tokens are compared instead."""
_TINY = 3
"""Letters that stand unchanged between two changes and read better as part of one change."""


class _Block(NamedTuple):
    """`size` equal tokens, from `a` in the first text and `b` in the second."""

    a: int
    b: int
    size: int


def word_diff(old: str, new: str) -> list[Chunk]:
    """The texts as chunks of equal, deleted and inserted words; a deletion stands before its insertion."""
    a, b = _split(old, new)
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
    texts = _split(base, mine, theirs)
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


def _split(*texts: str) -> list[list[str]]:
    """The texts as words; as sentences, or each as a whole, where they are too long to match by words."""
    for grain in (_WORDS, _SENTENCES):
        first, *others = (grain.findall(text) for text in texts)
        if all(_cost(first, other) <= _COSTLY for other in others):
            return [first, *others]
    return [[text] if text else [] for text in texts]


def _cost(a: Sequence[str], b: Sequence[str]) -> int:
    start, end = _shared_ends(a, b)
    in_a, in_b = Counter(a[start : len(a) - end]), Counter(b[start : len(b) - end])
    size = in_b.total()
    frequent = size // 100 + 1 if size > _LONG else size
    return sum(count * in_b[token] for token, count in in_a.items() if in_b[token] <= frequent)


def _shared_ends(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    """How many tokens both begin with, and how many of the others both end with."""
    shorter = min(len(a), len(b))
    start = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    rest = shorter - start
    end = next((i for i in range(rest) if a[-1 - i] != b[-1 - i]), rest)
    return start, end


def _append(chunks: list[Chunk], op: Op, tokens: Sequence[str]) -> None:
    if tokens:
        chunks.append((op, "".join(tokens)))


def _blocks(a: Sequence[str], b: Sequence[str]) -> list[_Block]:
    """What is equal in both, without the scraps that would break one change into many."""
    start, end = _shared_ends(a, b)
    inner_a, inner_b = a[start : len(a) - end], b[start : len(b) - end]
    matcher = SequenceMatcher(None, inner_a, inner_b, autojunk=len(inner_b) > _LONG)
    blocks = [_Block(0, 0, start)]
    blocks += [
        _Block(start + i, start + j, size)
        for i, j, size in matcher.get_matching_blocks()[:-1]
        if len("".join(inner_a[i : i + size]).strip()) > _TINY
    ]
    blocks.append(_Block(len(a) - end, len(b) - end, end))
    return [block for block in blocks if block.size]


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
