"""A live paragraph as one string: its texts and line breaks, changed by position.

Positions are characters of Python; pycrdt counts the bytes of UTF-8.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pycrdt import XmlElement, XmlText

from pspm.drafting.markdown.building import mark_attributes, mark_changes
from pspm.drafting.markdown.fragment import read_marks, tag_of
from pspm.drafting.markdown.runs import BREAK, Marks, Run, join_lines, spaced, split_lines, trim_marks

_OURS = frozenset(Marks._fields)


@dataclass(slots=True)
class _Part:
    """A child of the paragraph: a text, or a line break (None)."""

    node: XmlText | None
    text: str

    def offset(self, position: int) -> int:
        return len(self.text[:position].encode())


class LiveLine:
    def __init__(self, element: XmlElement, parts: list[_Part], marks: list[Marks], is_code: bool) -> None:
        self.children = element.children
        self.parts = parts
        self.marks = marks
        self.is_code = is_code

    @classmethod
    def of(cls, element: XmlElement, is_code: bool = False) -> LiveLine | None:
        """None if there is something else than plain texts and breaks, or marks under strange names."""
        parts: list[_Part] = []
        runs: list[Run] = []
        for child in element.children:
            if isinstance(child, XmlText):
                read = _read_text(child, is_code)
                if read is None:
                    return None
                runs += read
                parts.append(_Part(child, "".join(run.text for run in read)))
            elif is_code or tag_of(child) != "hard_break" or len(child.children):
                return None
            else:
                runs.append(BREAK)
                parts.append(_Part(None, BREAK.text))
        if not is_code:
            runs = list(join_lines([trim_marks(line) for line in split_lines(runs)]))
        return cls(element, parts, [run.marks for run in runs for _ in run.text], is_code)

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    def remove(self, start: int, stop: int) -> None:
        del self.marks[start:stop]
        for number, first, last in reversed(self._parts_between(start, stop)):
            part = self.parts[number]
            if part.node is None:
                del self.children[number]
                del self.parts[number]
            else:
                del part.node[part.offset(first) : part.offset(last)]
                part.text = part.text[:first] + part.text[last:]

    def insert(self, position: int, run: Run) -> None:
        self.marks[position:position] = [run.marks] * len(run.text)
        if run.text == BREAK.text and not self.is_code:
            number = self._gap(position)
            self.children.insert(number, XmlElement("hard_break"))
            self.parts.insert(number, _Part(None, BREAK.text))
            return
        number, offset = self._text_at(position)
        part = self.parts[number]
        assert part.node is not None  # noqa: S101 - _text_at finds or makes a text
        part.node.insert(part.offset(offset), run.text, mark_attributes(run.marks))
        part.text = part.text[:offset] + run.text + part.text[offset:]

    def remark(self, start: int, stop: int, before: Marks, after: Marks) -> None:
        self.marks[start:stop] = [after] * (stop - start)
        for number, first, last in self._parts_between(start, stop):
            part = self.parts[number]
            if part.node is not None:
                part.node.format(part.offset(first), part.offset(last), mark_changes(before, after))

    def _parts_between(self, start: int, stop: int) -> list[tuple[int, int, int]]:
        """The parts that have characters in the range: number, first and last position inside."""
        found = []
        position = 0
        for number, part in enumerate(self.parts):
            first, last = max(0, start - position), min(len(part.text), stop - position)
            if first < last:
                found.append((number, first, last))
            position += len(part.text)
        return found

    def _text_at(self, position: int) -> tuple[int, int]:
        """The text that holds `position`, rather the one before it than the one after; or a new one."""
        begin = 0
        for number, part in enumerate(self.parts):
            if part.node is not None and begin <= position <= begin + len(part.text):
                return number, position - begin
            begin += len(part.text)
        number = self._gap(position)
        self.parts.insert(number, _Part(self.children.insert(number, XmlText()), ""))
        return number, 0

    def _gap(self, position: int) -> int:
        """The number of the child before which `position` is, splitting the text that goes across it."""
        begin = 0
        for number, part in enumerate(self.parts):
            if position <= begin:
                return number
            if part.node is not None and position < begin + len(part.text):
                self._split(number, position - begin)
                return number + 1
            begin += len(part.text)
        return len(self.parts)

    def _split(self, number: int, at: int) -> None:
        part = self.parts[number]
        assert part.node is not None  # noqa: S101 - only texts are split
        moved = _after(part.node, at)
        del part.node[part.offset(at) : len(part.node)]
        fresh = self.children.insert(number + 1, XmlText())
        for text, attributes in moved:
            fresh.insert(len(fresh), text, attributes)
        self.parts.insert(number + 1, _Part(fresh, part.text[at:]))
        part.text = part.text[:at]


def _after(node: XmlText, at: int) -> list[tuple[str, Mapping[str, Any]]]:
    """What stands in `node` from `at` on, with all its attributes, also those that we don't know."""
    moved: list[tuple[str, Mapping[str, Any]]] = []
    for text, attributes in node.diff():
        if len(text) > at:
            moved.append((text[max(0, at) :], attributes or {}))
        at -= len(text)
    return moved


def _read_text(node: XmlText, is_code: bool) -> list[Run] | None:
    runs = []
    for value, attributes in node.diff():
        if not isinstance(value, str) or _is_strange(attributes or {}):
            return None
        runs.append(Run(value if is_code else spaced(value), read_marks(attributes)))
    return runs


def _is_strange(attributes: Mapping[str, Any]) -> bool:
    return any(name not in _OURS and name.partition("--")[0] in _OURS for name in attributes)
