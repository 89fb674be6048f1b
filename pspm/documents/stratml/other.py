"""An OtherInformation taken apart: words of people, actions, and fields in our notation."""

from __future__ import annotations

from pspm.documents.stratml import notation
from pspm.documents.stratml.entries import KINDS
from pspm.documents.stratml.lines import parse_line
from pspm.documents.stratml.node import Node
from pspm.documents.stratml.notation import Entry
from pspm.plans.snapshot import ItemSnapshot

PART_OF = "Part of"
UNPLACED = "Unplaced"


class Other:
    """The OtherInformation of `node`; lines that tell of an action are read as such if `actions`."""

    def __init__(self, node: Node, *, actions: bool) -> None:
        lines, self.entries, self.unreadable = notation.split(node.text_of("OtherInformation"))
        self.actions: list[ItemSnapshot] = []
        rest = []
        for line in lines:
            action = parse_line(line) if actions else None
            if action:
                self.actions.append(action)
            else:
                rest.append(line)
        self.free_text = "\n".join(rest).strip()

    def entry(self, key: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.key == key), None)

    def value(self, key: str) -> str:
        """The value of the field `key`, or nothing."""
        entry = self.entry(key)
        return entry.value if entry else ""

    def items(self) -> list[Entry]:
        """The fields that are whole items."""
        return [entry for entry in self.entries if entry.key in KINDS]

    def unplaced(self) -> list[str]:
        return [entry.value for entry in self.entries if entry.key == UNPLACED]
