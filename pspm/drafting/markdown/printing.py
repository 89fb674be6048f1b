"""Plain tree → Markdown in one canonical form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from pspm.drafting.markdown import tree
from pspm.drafting.markdown.inline import escape_heading_end, write_line
from pspm.drafting.markdown.runs import split_lines
from pspm.drafting.markdown.tree import Block

_BULLETS, _PERIODS = ("-", "*"), (".", ")")
# Dashes and stars could join with the marker of a list.
_RULE = "___"
_FENCE = re.compile("`{3,}")
_DASHES = {None: "---", "left": ":--", "center": ":-:", "right": "--:"}


def print_blocks(blocks: Sequence[Block]) -> str:
    return "\n".join(_lines(blocks))


def _lines(blocks: Sequence[Block], tight: bool = False) -> list[str]:
    """The lines of `blocks`; lists that follow each other take turns in their markers, not to be one."""
    lines: list[str] = []
    turn = 0
    for number, block in enumerate(blocks):
        if number and not tight:
            lines.append("")
        turn = 1 - turn if number and block.kind == blocks[number - 1].kind else 0
        if block.kind in tree.LISTS:
            lines += _list(block, turn)
        else:
            lines += _PRINTERS[block.kind](block)
    return lines


def _paragraph(block: Block) -> list[str]:
    lines = [write_line(line, at_start=True) for line in split_lines(block.runs)]
    return [line + "\\" for line in lines[:-1]] + lines[-1:]


def _heading(block: Block) -> list[str]:
    hashes = "#" * int(block.attr("level") or 1)
    return [f"{hashes} {escape_heading_end(write_line(block.runs))}".rstrip()]


def _code_block(block: Block) -> list[str]:
    text = "".join(run.text for run in block.runs)
    fence = "`" * max((len(ticks) + 1 for ticks in _FENCE.findall(text)), default=3)
    return [fence, *(text.split("\n") if text else []), fence]


def _blockquote(block: Block) -> list[str]:
    return _indented(_lines(tree.said(block.blocks)) or [""], "> ", "> ")


def _list(block: Block, turn: int) -> list[str]:
    tight = all(_is_tight(item) for item in block.blocks)
    lines: list[str] = []
    for number, item in enumerate(block.blocks):
        if number and not tight:
            lines.append("")
        lines += _item(item, _marker(block, number, turn), tight)
    return lines


def _marker(block: Block, number: int, turn: int) -> str:
    if block.kind == "bullet_list":
        return _BULLETS[turn]
    return f"{min(tree.LARGEST_ORDER, int(block.attr('order') or 0) + number)}{_PERIODS[turn]}"


def _is_tight(item: Block) -> bool:
    """Whether `item` needs no empty line: words alone, or words and a list that can follow them at once."""
    first, *rest = item.blocks
    if not rest:
        return True
    follows = len(rest) == 1 and (rest[0].kind == "bullet_list" or rest[0].attrs == (("order", 1),))
    return (
        follows
        and not first.is_blank
        and rest[0].kind in tree.LISTS
        and not rest[0].blocks[0].blocks[0].is_blank
    )


def _item(item: Block, marker: str, tight: bool) -> list[str]:
    first, *rest = item.blocks
    indent = " " * (len(marker) + 1)
    if first.is_blank:
        return [marker, *_indented(_lines(rest), indent, indent)]
    return _indented(_lines(item.blocks, tight), marker + " ", indent)


def _table(block: Block) -> list[str]:
    header, *rows = block.blocks
    dashes = [_DASHES[cell.attr("align")] for cell in header.blocks]  # type: ignore[index]
    return [
        _row(_cell(cell) for cell in header.blocks),
        _row(dashes),
        *(_row(map(_cell, row.blocks)) for row in rows),
    ]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Block) -> str:
    return write_line(cell.blocks[0].runs).replace("|", "\\|")


def _indented(lines: Sequence[str], first: str, others: str) -> list[str]:
    """`lines` inside a container; its prefix keeps no white space at the end of an empty line."""
    prefixed = []
    for number, line in enumerate(lines):
        prefix = others if number else first
        prefixed.append(prefix + line if line else prefix.rstrip())
    return prefixed


_PRINTERS: dict[str, Callable[[Block], list[str]]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "code_block": _code_block,
    "horizontal_rule": lambda _: [_RULE],
    "blockquote": _blockquote,
    "table": _table,
}
