"""Changes the words of one live paragraph in place, so that what others write in it meanwhile stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pycrdt import XmlElement

from pspm.core.diff import word_diff
from pspm.drafting.markdown.live_line import LiveLine
from pspm.drafting.markdown.runs import Marks, Run

_EDGES = re.compile(r"([^\S\n]*)(.*?)(\s*)", re.DOTALL)

Change = tuple[int, int, int, int]


def reword(element: XmlElement, runs: Sequence[Run], is_code: bool = False) -> bool:
    """Make `element` say `runs`; False, with nothing changed, if only a new one could."""
    line = LiveLine.of(element, is_code)
    if line is None:
        return False
    wanted = "".join(run.text for run in runs)
    marks = [run.marks for run in runs for _ in run.text]
    if not is_code:
        wanted, marks = _with_edges(line, wanted, marks)
    for start, stop, new_start, new_stop in reversed(list(changes(line.text, wanted))):
        line.remove(start, stop)
        for run in reversed(_runs(wanted[new_start:new_stop], marks[new_start:new_stop])):
            line.insert(start, run)
    _remark(line, marks)
    return True


def changes(old: str, new: str) -> Iterator[Change]:
    """Where the words of `old` and `new` differ, as small as reads sensibly."""
    start = stop = new_start = new_stop = 0
    for op, text in [*word_diff(old, new), ("equal", "")]:
        if op == "delete":
            stop += len(text)
        elif op == "insert":
            new_stop += len(text)
        else:
            if (start, new_start) != (stop, new_stop):
                yield _narrowed(old, new, (start, stop, new_start, new_stop))
            start = stop = stop + len(text)
            new_start = new_stop = new_stop + len(text)


def _narrowed(old: str, new: str, change: Change) -> Change:
    """The change without the letters that both words begin or end with."""
    start, stop, new_start, new_stop = change
    same = _alike(old[start:stop], new[new_start:new_stop])
    start, new_start = start + same, new_start + same
    same_end = _alike(old[start:stop][::-1], new[new_start:new_stop][::-1])
    return start, stop - same_end, new_start, new_stop - same_end


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many letters or words both begin with."""
    return next((n for n, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))  # noqa: B905


def _with_edges(line: LiveLine, wanted: str, marks: list[Marks]) -> tuple[str, list[Marks]]:
    """The wanted words between the white edges that stand there: someone may be typing the next word."""
    edges = _EDGES.fullmatch(line.text)
    if edges is None:
        return wanted, marks
    lead, tail = len(edges[1]), len(edges[3])
    return (
        edges[1] + wanted + edges[3],
        line.marks[:lead] + marks + line.marks[len(line.marks) - tail :],
    )


def _runs(text: str, marks: Sequence[Marks]) -> list[Run]:
    """Runs of `text`, each newline alone."""
    groups = groupby(zip(text, marks, strict=True), key=lambda pair: (pair[1], pair[0] == "\n" and object()))
    return [Run("".join(character for character, _ in group), key[0]) for key, group in groups]


def _remark(line: LiveLine, wanted: Sequence[Marks]) -> None:
    position = 0
    for (before, after), group in groupby(zip(line.marks, wanted, strict=True)):
        length = len(list(group))
        if before != after:
            line.remark(position, position + length, before, after)
        position += length
