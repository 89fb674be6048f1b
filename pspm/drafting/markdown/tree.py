"""The plain tree of a long text; its builders put every part into the form that Markdown can say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pspm.core.commonmark import parser
from pspm.drafting.markdown.runs import SPACE, Run, code_text, tidy

# What the parser still reads inside containers; a list counts twice, for itself and for its item.
DEEPEST = int(parser.options["maxNesting"]) - 1
LARGEST_ORDER = 999_999_999
MOST_COLUMNS = 64
ALIGNMENTS = ("left", "center", "right")
LISTS = ("bullet_list", "ordered_list")
CELLS = ("table_header", "table_cell")


Attributes = tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A node of the text, named as in the editor; it has either `runs` (words) or `blocks`."""

    kind: str
    attrs: Attributes = ()
    runs: tuple[Run, ...] = ()
    blocks: tuple[Block, ...] = ()

    def attr(self, name: str) -> str | int | None:
        return dict(self.attrs).get(name)

    @property
    def is_blank(self) -> bool:
        return self.kind == "paragraph" and not self.runs


class Cell(NamedTuple):
    """What a cell of a table says, before its row and column give it its place."""

    runs: Sequence[Run] = ()
    align: str | None = None


BLANK = Block("paragraph")
RULE = Block("horizontal_rule")


def paragraph(runs: Iterable[Run]) -> Block:
    return Block("paragraph", runs=tidy(runs))


def heading(level: int, runs: Iterable[Run]) -> Block:
    """Markdown's headings are one line."""
    return Block("heading", (("level", min(6, max(1, level))),), runs=tidy(runs, one_line=True))


def code_block(text: str) -> Block:
    clean = code_text(text)
    return Block("code_block", runs=(Run(clean),) if clean else ())


def said(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """`blocks` without the blank paragraphs, which Markdown doesn't know."""
    return tuple(block for block in blocks if not block.is_blank)


def blockquote(blocks: Iterable[Block]) -> Block:
    return Block("blockquote", blocks=said(blocks) or (BLANK,))


def list_item(blocks: Iterable[Block]) -> Block:
    kept = said(blocks)
    return Block("list_item", blocks=kept if kept and kept[0].kind == "paragraph" else (BLANK, *kept))


def bullet_list(items: Iterable[Block]) -> Block:
    return Block("bullet_list", blocks=tuple(items))


def ordered_list(order: int, items: Iterable[Block]) -> Block:
    return Block("ordered_list", (("order", min(LARGEST_ORDER, max(0, order))),), blocks=tuple(items))


def table(rows: Iterable[Sequence[Cell]]) -> Block:
    """A table whose first row is its header, and whose columns are as aligned as their headers."""
    rows = [_at_most(MOST_COLUMNS, row) for row in rows]
    width = max((len(row) for row in rows), default=0) or 1
    aligns = [cell.align for cell in rows[0]] if rows else []
    aligns += [None] * (width - len(aligns))
    return Block(
        "table", blocks=tuple(_row(row, aligns, CELLS[number > 0]) for number, row in enumerate(rows))
    )


def cell(kind: str, align: str | None, runs: Iterable[Run]) -> Block:
    attrs: Attributes = (("align", align),) if align in ALIGNMENTS else ()
    return Block(kind, attrs, blocks=(Block("paragraph", runs=tidy(runs, one_line=True)),))


def _row(cells: Sequence[Cell], aligns: Sequence[str | None], kind: str) -> Block:
    padded = [*cells, *[Cell()] * (len(aligns) - len(cells))]
    return Block(
        "table_row",
        blocks=tuple(cell(kind, align, each.runs) for each, align in zip(padded, aligns, strict=True)),
    )


def _at_most(width: int, row: Sequence[Cell]) -> Sequence[Cell]:
    """`row` with the words of all cells from the last allowed one on in that one."""
    if len(row) <= width:
        return row
    rest = [run for each in row[width - 1 :] for run in (*each.runs, SPACE)]
    return [*row[: width - 1], Cell(rest, row[width - 1].align)]


def words_of(block: Block) -> list[str]:
    """All words of `block`, for telling how alike two are."""
    words = [word for run in block.runs for word in run.text.split()]
    for child in block.blocks:
        words += words_of(child)
    return words
