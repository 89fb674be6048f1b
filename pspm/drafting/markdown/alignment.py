"""Old and new blocks side by side: equal ones stay, changed ones change in place, the rest comes and goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from pycrdt import XmlElement

from pspm.drafting.markdown import tree
from pspm.drafting.markdown.building import insert_block
from pspm.drafting.markdown.fragment import Parent, Unit, depth_inside, read_units
from pspm.drafting.markdown.tree import Block
from pspm.drafting.markdown.wording import reword

_TEXT_BLOCKS = ("paragraph", "heading", "code_block")
# Above this many pairs of changed blocks, they are paired in their order instead of by likeness.
_MOST_PAIRS = 10_000

Range = tuple[int, int]


def align(parent: Parent, blocks: Sequence[Block], level: int = 0) -> None:
    """Make the children of `parent`, `level` deep, say `blocks`; from the end, for positions to hold."""
    units = read_units(parent, level)
    matcher = SequenceMatcher(
        None, [unit.blocks for unit in units], [(block,) for block in blocks], autojunk=False
    )
    for tag, i1, i2, j1, j2 in reversed(matcher.get_opcodes()):
        if tag != "equal":
            _change(parent, units[i1:i2], blocks[j1:j2], units[i2 - 1].stop if i2 else 0, level)


def _change(parent: Parent, units: Sequence[Unit], blocks: Sequence[Block], end: int, level: int) -> None:
    """Turn `units` into `blocks`; what is new stands before the old that goes or is blank."""
    pairs = [(-1, -1), *_pairs(units, blocks), (len(units), len(blocks))]
    for (unit, block), (next_unit, next_block) in reversed(list(pairwise(pairs))):
        gone = units[unit + 1 : next_unit]
        for old in reversed(gone):
            _remove(parent, old)
        for new in reversed(blocks[block + 1 : next_block]):
            insert_block(parent, gone[0].start if gone else end, new)
        if unit >= 0:
            _rewrite(parent, units[unit], blocks[block], level)
            end = units[unit].start


def _remove(parent: Parent, unit: Unit) -> None:
    """A blank paragraph says nothing, but someone's caret may be in it."""
    if unit.element is None or not unit.blocks[0].is_blank:
        del parent.children[unit.start : unit.stop]


def _rewrite(parent: Parent, unit: Unit, block: Block, level: int) -> None:
    element = unit.element
    if element is None or (
        block.kind in _TEXT_BLOCKS and not reword(element, block.runs, block.kind == "code_block")
    ):
        del parent.children[unit.start : unit.stop]
        insert_block(parent, unit.start, block)
        return
    _set_attributes(element, block)
    if block.kind not in _TEXT_BLOCKS:
        align(element, block.blocks, depth_inside(block.kind, level))


def _set_attributes(element: XmlElement, block: Block) -> None:
    for name, value in block.attrs:
        if element.attributes.get(name) != value:
            element.attributes[name] = value
    if block.kind in tree.CELLS and not block.attrs and element.attributes.get("align") is not None:
        del element.attributes["align"]


def _pairs(units: Sequence[Unit], blocks: Sequence[Block]) -> list[Range]:
    """The old and new blocks, in order, that are best taken for the same one."""
    if len(units) * len(blocks) > _MOST_PAIRS:
        return list(_pairs_in_order(units, blocks))
    likeness = _likeness(units, blocks)
    best = [[0.0] * (len(blocks) + 1) for _ in range(len(units) + 1)]
    for i in reversed(range(len(units))):
        for j in reversed(range(len(blocks))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + likeness(i, j))
    return list(_path(best, likeness))


def _path(best: Sequence[Sequence[float]], likeness: Callable[[int, int], float]) -> Iterator[Range]:
    i = j = 0
    while i < len(best) - 1 and j < len(best[0]) - 1:
        if likeness(i, j) and best[i][j] == best[i + 1][j + 1] + likeness(i, j):
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _likeness(units: Sequence[Unit], blocks: Sequence[Block]) -> Callable[[int, int], float]:
    """How alike the words are, more than 0 for any two of the same kind; least for blank ones."""
    old = [Counter(tree.words_of(unit.blocks[0])) if unit.element else Counter() for unit in units]
    new = [Counter(tree.words_of(block)) for block in blocks]

    def likeness(i: int, j: int) -> float:
        element = units[i].element
        if element is None or element.tag != blocks[j].kind:
            return 0.0
        larger = max(old[i].total(), new[j].total())
        return 0.1 + (old[i] & new[j]).total() / larger if larger and old[i] else 0.05

    return likeness


def _pairs_in_order(units: Sequence[Unit], blocks: Sequence[Block]) -> Iterator[Range]:
    kinds = [unit.blocks[0].kind if unit.element else None for unit in units]
    for i, j, size in SequenceMatcher(
        None, kinds, [block.kind for block in blocks], autojunk=False
    ).get_matching_blocks():
        yield from zip(range(i, i + size), range(j, j + size), strict=True)
