"""Notes faults while items are read, and fits texts into the fields of the plan."""

from __future__ import annotations

from pspm.core.text import excerpt
from pspm.documents.stratml.entries import EntryReader
from pspm.documents.stratml.faults import Fault, FaultKind
from pspm.documents.stratml.node import Node
from pspm.documents.stratml.other import Other

TITLE, CODE, RESPONSIBLE, UNIT, PLAN_TITLE = 500, 60, 300, 100, 300
"""What the columns of an item and a plan hold, in characters."""


class Scribe:
    """The faults of one file, and the reader of its fields."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        self.entries = EntryReader()

    def note(self, kind: FaultKind, node: Node, **values: str) -> None:
        self.faults.append(Fault(kind, node.line, node.where, values))

    def title(self, node: Node, text: str, spill: list[str], fallback: str, limit: int = TITLE) -> str:
        """A title of one line; without one, the first words of `fallback`."""
        line = " ".join(text.split()) if "\n" in text else text
        if line:
            return self.fit(node, "Name", line, limit, spill)
        title = excerpt(fallback, 120) or node.where.rsplit(" / ", 1)[-1] or node.name
        self.note(FaultKind.NO_NAME, node, name=node.name, title=title)
        return title

    def fit(self, node: Node, name: str, text: str, limit: int, spill: list[str]) -> str:
        """`text` if it is short enough, else its beginning; the whole goes to `spill`."""
        if len(text) <= limit:
            return text
        self.note(FaultKind.TOO_LONG, node, name=name, limit=str(limit))
        spill.append(text)
        return text[: limit - 1].rstrip() + "…"

    def report_unreadable(self, node: Node, other: Other) -> None:
        """Note what stood among the fields of `other` without being one."""
        other.unreadable += self.entries.unreadable
        self.entries.unreadable = []
        for text in other.unreadable:
            self.note(FaultKind.UNREADABLE_FIELD, node, text=excerpt(text, 80))
