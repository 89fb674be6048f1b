"""Runs → one line of Markdown: marks in their places, and nothing typed taken for markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.common.utils import isPunctChar, isWhiteSpace

from pspm.drafting.markdown.runs import Link, Run

_SPECIAL = re.compile(
    r"""[\\`*\[\]]                       # always
    | (?<![^\W_]{2})_ | _(?![^\W_]{2})   # but file_name_2026 reads better bare
    | ~(?=~) | (?<=~)~
    | <(?=[A-Za-z/!?])
    | &(?=\#?\w+;)
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(r"(?=#{1,6}(?:\s|\Z)|[-+](?:\s|\Z)|>|=+\s*\Z|[-:|][-:|\s]*\Z)")
_NUMBERED = re.compile(r"(\d{1,9})(?=[.)](?:\s|\Z))")
_HEADING_END = re.compile(r"#(?=\Z)")
_TICKS = re.compile("`+")


@dataclass(slots=True)
class _Words:
    """Text with the marks' delimiters about it; an edge that would break one becomes an entity."""

    raw: str
    first_coded: bool = False
    last_coded: bool = False

    def edge(self, side: int) -> str:
        """The character that stands at the begin (side 1) or at the end (-1)."""
        if side == 1:
            return "&" if self.first_coded else self.raw[0]
        return ";" if self.last_coded else self.raw[-1]

    def code_edge(self, side: int) -> bool:
        whole = len(self.raw) == 1
        self.first_coded |= side == 1 or whole
        self.last_coded |= side == -1 or whole
        return True

    def written(self) -> str:
        if len(self.raw) == 1 and self.first_coded:
            return f"&#{ord(self.raw)};"
        head = f"&#{ord(self.raw[0])};" if self.first_coded else ""
        tail = f"&#{ord(self.raw[-1])};" if self.last_coded else ""
        return head + escape(self.raw[self.first_coded : len(self.raw) - self.last_coded]) + tail


@dataclass(slots=True)
class _Fixed:
    """Markdown that stays as it is: code, the two ends of a link."""

    text: str

    def edge(self, side: int) -> str:
        return self.text[0 if side == 1 else -1]

    def code_edge(self, _side: int) -> bool:
        return False

    def written(self) -> str:
        return self.text


class _Delimiter(_Fixed):
    """The begin or end of an emphasis, which works only beside the right characters."""


_Piece = _Words | _Fixed
_DELIMITERS = {"strong": "**", "em": "_"}


def write_line(line: Sequence[Run], at_start: bool = False) -> str:
    """Markdown of canonical runs without a break; `at_start` if a block could begin there."""
    pieces = _pieces(line)
    while _code_edges(pieces):
        pass
    written = [piece.written() for piece in pieces]
    for number, text in enumerate(written[1:]):
        if text.startswith("[") and written[number].endswith("!"):
            written[number] = written[number].removesuffix("!") + "\\!"
    if at_start and pieces and isinstance(pieces[0], _Words):
        written[0] = escape_start(written[0])
    return "".join(written)


def escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def escape_start(text: str) -> str:
    """`text`, already escaped, so that it begins no block."""
    if _LINE_START.match(text):
        return "\\" + text
    return _NUMBERED.sub(r"\1\\", text, count=1) if _NUMBERED.match(text) else text


def escape_heading_end(text: str) -> str:
    """A heading drops hashes at its end."""
    return _HEADING_END.sub(r"\\#", text)


def _pieces(line: Sequence[Run]) -> list[_Piece]:
    pieces: list[_Piece] = []
    opened: list[str] = []
    for number, run in enumerate(line):
        keep = _still_open(opened, line[number - 1] if number else None, run)
        pieces += [_end(mark, line[number - 1]) for mark in reversed(opened[keep:])]
        opened = opened[:keep]
        fresh = [mark for mark in ("link", "strong", "em") if getattr(run.marks, mark) and mark not in opened]
        fresh.sort(key=lambda mark: -_extent(line, number, mark))
        pieces += [_start(mark) for mark in fresh]
        opened += fresh
        pieces.append(_Fixed(_code(run.text)) if run.marks.code else _Words(run.text))
    pieces += [_end(mark, line[-1]) for mark in reversed(opened)]
    return pieces


def _still_open(opened: Sequence[str], before: Run | None, run: Run) -> int:
    """How many of the `opened` marks, from the outside, go on in `run`."""
    for depth, mark in enumerate(opened):
        if before is None or getattr(run.marks, mark) != getattr(before.marks, mark):
            return depth
    return len(opened)


def _extent(line: Sequence[Run], start: int, mark: str) -> int:
    """How many runs from `start` on have the same mark: what reaches farther is opened first."""
    value = getattr(line[start].marks, mark)
    stop = start
    while stop < len(line) and getattr(line[stop].marks, mark) == value:
        stop += 1
    return stop - start


def _start(mark: str) -> _Fixed:
    return _Fixed("[") if mark == "link" else _Delimiter(_DELIMITERS[mark])


def _end(mark: str, run: Run) -> _Fixed:
    if mark != "link" or run.marks.link is None:
        return _Delimiter(_DELIMITERS[mark])
    return _Fixed(f"]({_target(run.marks.link)})")


def _target(link: Link) -> str:
    href = re.sub(r"[()\\<>]|&(?=#?\w+;)", r"\\\g<0>", link.href)
    if link.title is None:
        return href
    title = re.sub(r'["\\]|&(?=#?\w+;)', r"\\\g<0>", link.title)
    return f'{href} "{title}"'


def _code(text: str) -> str:
    fence = "`" * _free_length(text)
    padded = (
        text.startswith("`") or text.endswith("`") or (text[0] == text[-1] == " " and text.strip(" ") != "")
    )
    return f"{fence} {text} {fence}" if padded else f"{fence}{text}{fence}"


def _free_length(text: str) -> int:
    """The shortest row of backticks that isn't in `text`."""
    taken = {len(ticks) for ticks in _TICKS.findall(text)}
    return next(length for length in range(1, len(taken) + 2) if length not in taken)


def _code_edges(pieces: list[_Piece]) -> bool:
    """Make entities of characters that keep a delimiter beside them from working; whether there were any.

    CommonMark: inside no white space may stand beside it (it may in the middle of a mark that had to be
    interrupted), outside no letter unless inside is one; and beside `_` never one.
    """
    changed = False
    opened: set[str] = set()
    for number, piece in enumerate(pieces):
        if not isinstance(piece, _Delimiter):
            continue
        ends = piece.text in opened
        opened ^= {piece.text}
        step = 1 if ends else -1
        inside = pieces[number - step]
        outside = pieces[number + step] if 0 <= number + step < len(pieces) else None
        edge, near = inside.edge(-step), outside.edge(step) if outside else " "
        if edge.isspace():
            changed |= inside.code_edge(-step)
        if _is_letter(near) and outside and (piece.text == "_" or not _is_letter(edge)):
            changed |= outside.code_edge(step)
    return changed


def _is_letter(character: str) -> bool:
    return not isWhiteSpace(ord(character)) and not isPunctChar(character)
