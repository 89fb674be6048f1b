"""Plain tree → live nodes, as the editor makes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pycrdt import XmlElement, XmlText

from pspm.drafting.markdown.fragment import Parent
from pspm.drafting.markdown.runs import BREAK, Link, Marks, Run
from pspm.drafting.markdown.tree import Block


def mark_attributes(marks: Marks) -> dict[str, Any]:
    """The formatting attributes of a text with `marks`."""
    return {name: _value(mark) for name, mark in marks._asdict().items() if mark}


def mark_changes(before: Marks, after: Marks) -> dict[str, Any]:
    """The attributes that make `after` of `before`; None takes one away."""
    pairs = zip(Marks._fields, before, after, strict=True)
    return {name: _value(new) if new else None for name, old, new in pairs if old != new}


def insert_block(parent: Parent, position: int, block: Block) -> None:
    element = parent.children.insert(position, XmlElement(block.kind))
    for name, value in block.attrs:
        element.attributes[name] = value
    if block.runs:
        _fill(element, block)
    for number, child in enumerate(block.blocks):
        insert_block(element, number, child)


def write_runs(text: XmlText, runs: Sequence[Run]) -> None:
    """Add `runs` at the end of `text`."""
    for run in runs:
        text.insert(len(text), run.text, mark_attributes(run.marks))


def _fill(element: XmlElement, block: Block) -> None:
    text: XmlText | None = None
    for run in block.runs:
        if run == BREAK and block.kind != "code_block":
            element.children.append(XmlElement("hard_break"))
            text = None
            continue
        if text is None:
            text = element.children.append(XmlText())
        write_runs(text, [run])


def _value(mark: bool | Link) -> dict[str, Any]:
    return mark._asdict() if isinstance(mark, Link) else {}
