"""Words with their marks: the inside of a paragraph, in one canonical form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from pspm.core.commonmark import parser


class Link(NamedTuple):
    href: str
    title: str | None = None


class Marks(NamedTuple):
    strong: bool = False
    em: bool = False
    code: bool = False
    link: Link | None = None


PLAIN = Marks()


class Run(NamedTuple):
    """Neighbouring characters with the same marks; only `BREAK`, a line break, holds a newline."""

    text: str
    marks: Marks = PLAIN


BREAK = Run("\n")
SPACE = Run(" ")

_AS_SPACE = str.maketrans(dict.fromkeys("\n\r\t\v\f\x85\u2028\u2029", " "))
_NEWLINE = re.compile("\r\n?")
# Neither letters nor spaces: Markdown has no way to write them, and no one typed them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udfff]")
_TRIMMED = ("strong", "em", "link")
_UNMARKED = PLAIN._asdict()


def spaced(text: str) -> str:
    """`text` with every white character that Markdown would take for structure as a space, none dropped."""
    return text.translate(_AS_SPACE)


def line_text(text: str) -> str:
    """What a paragraph keeps of `text`."""
    return _UNWRITABLE.sub("", spaced(text))


def code_text(text: str) -> str:
    """What a block of code keeps of `text`: its lines and tabs too."""
    return _UNWRITABLE.sub("", _NEWLINE.sub("\n", text))


@lru_cache(maxsize=4096)
def make_link(href: str, title: str | None = None) -> Link | None:
    """A link as the parser would return it; None where it would refuse it."""
    href = parser.normalizeLink(line_text(href).strip())
    if not href or not parser.validateLink(href):
        return None
    return Link(href, line_text(title or "").strip() or None)


def tidy(runs: Iterable[Run], one_line: bool = False) -> tuple[Run, ...]:
    """The canonical form of `runs`: no white edges of lines and marks, no empty last lines, few runs."""
    if one_line:
        runs = [SPACE if run == BREAK else run for run in runs]
    lines = [_tidy_line(line) for line in split_lines(runs)]
    while lines and not lines[-1]:
        lines.pop()
    return tuple(join_lines(lines))


def split_lines(runs: Iterable[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run == BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    return lines


def join_lines(lines: Iterable[list[Run]]) -> Iterator[Run]:
    for number, line in enumerate(lines):
        if number:
            yield BREAK
        yield from line


def trim_marks(line: list[Run]) -> list[Run]:
    """`line` with marks that neither begin nor end on white space: bold spaces can't be seen, nor written."""
    for mark in _TRIMMED:
        if not any(getattr(run.marks, mark) for run in line):
            continue
        line = _trim_starts(line, mark)
        line = [_reverse(run) for run in reversed(line)]
        line = _trim_starts(line, mark)
        line = [_reverse(run) for run in reversed(line)]
    return line


def _tidy_line(line: list[Run]) -> list[Run]:
    text = "".join(run.text for run in line)
    start, stop = len(text) - len(text.lstrip()), len(text.rstrip())
    return _merge(trim_marks(list(_slice(line, start, stop))))


def _slice(runs: Iterable[Run], start: int, stop: int) -> Iterator[Run]:
    position = 0
    for text, marks in runs:
        part = text[max(0, start - position) : max(0, stop - position)]
        position += len(text)
        if part:
            yield Run(part, marks)


def _trim_starts(line: list[Run], mark: str) -> list[Run]:
    trimmed: list[Run] = []
    before: object = None
    for run in line:
        value = getattr(run.marks, mark)
        words = run.text.lstrip()
        if not value or value == before or words == run.text:
            trimmed.append(run)
            before = value
            continue
        trimmed.append(
            Run(run.text[: len(run.text) - len(words)], run.marks._replace(**{mark: _UNMARKED[mark]}))
        )
        if words:
            trimmed.append(Run(words, run.marks))
        before = value if words else None
    return trimmed


def _reverse(run: Run) -> Run:
    return Run(run.text[::-1], run.marks)


def _merge(runs: Iterable[Run]) -> list[Run]:
    groups = groupby((run for run in runs if run.text), key=lambda run: run.marks)
    return [Run("".join(run.text for run in group), marks) for marks, group in groups]
