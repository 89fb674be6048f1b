"""Goals, objectives and what hangs on them, read from valid nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pspm.documents.stratml import extras
from pspm.documents.stratml.entries import EXTRAS, ORDER, apply_order
from pspm.documents.stratml.faults import FaultKind
from pspm.documents.stratml.indicators import read_indicator
from pspm.documents.stratml.node import Node
from pspm.documents.stratml.notation import Entry
from pspm.documents.stratml.other import PART_OF, Other
from pspm.documents.stratml.scribe import CODE, RESPONSIBLE, TITLE, Scribe
from pspm.plans.models import ItemKind
from pspm.plans.snapshot import ItemSnapshot
from pspm.plans.tree import MAX_DEPTH


@dataclass
class _Draft:
    """An objective whose sub-objectives are still being found."""

    node: Node
    other: Other
    depth: int
    below: list[_Draft] = field(default_factory=list)


class ItemsReader(Scribe):
    """Reads goals with all below them."""

    def goal(self, node: Node) -> ItemSnapshot:
        other = Other(node, actions=True)
        drafts = self._gather(node)
        found = [self._objective(draft) for draft in drafts]
        found += [read_indicator(self, child) for child in node.all("PerformanceIndicator")]
        return self._finish(ItemKind.GOAL, node, other, found, [])

    def _gather(self, goal: Node) -> list[_Draft]:
        """The objectives directly under the goal, each with those that say that they are part of it."""
        known: dict[str, _Draft] = {}
        top: list[_Draft] = []

        def place(node: Node, parent: _Draft | None) -> None:
            other = Other(node, actions=True)
            parent = parent or self._named_parent(node, other, known)
            draft = _Draft(node, other, parent.depth + 1 if parent else 2)
            (parent.below if parent else top).append(draft)
            known[node.text_of("Identifier")] = draft
            for nested in node.all("Objective"):
                place(nested, draft)

        for objective in goal.all("Objective"):
            place(objective, None)
        return top

    def _named_parent(self, node: Node, other: Other, known: dict[str, _Draft]) -> _Draft | None:
        name = other.value(PART_OF)
        parent = known.get(name) if name else None
        if name and (parent is None or parent.depth > MAX_DEPTH - 3):
            self.note(FaultKind.UNKNOWN_PARENT, node, value=name)
            return None
        return parent

    def _objective(self, draft: _Draft) -> ItemSnapshot:
        found = [read_indicator(self, child) for child in draft.node.all("PerformanceIndicator")]
        below = [self._objective(sub) for sub in draft.below]
        return self._finish(ItemKind.OBJECTIVE, draft.node, draft.other, found, below)

    def _finish(
        self,
        kind: ItemKind,
        node: Node,
        other: Other,
        first: Sequence[ItemSnapshot],
        last: Sequence[ItemSnapshot],
    ) -> ItemSnapshot:
        """A goal or objective: its own fields, and its children in their order."""
        spill: list[str] = []
        actions = [self._fit_action(node, action) for action in other.actions]
        records = [self.entries.item(entry) for entry in other.items()]
        stakeholders = [child for child in node.all("Stakeholder") if not child.is_empty]
        responsible, stakeholders = _responsible(stakeholders)
        title = self.title(node, node.text_of("Name"), spill, node.text_of("Description"))
        code = self.fit(node, "SequenceIndicator", node.text_of("SequenceIndicator"), CODE, spill)
        own = other.entry(EXTRAS)
        others = self.entries.extras(own) if own else {}
        self.report_unreadable(node, other)
        return ItemSnapshot(
            kind=kind,
            title=title,
            code=code,
            text="\n\n".join([*spill, *filter(None, [node.text_of("Description")])]),
            responsible=responsible,
            extras=others
            | extras.pack(
                identifier=node.text_of("Identifier"),
                elements=extras.keep(stakeholders),
                other=other.free_text,
                unplaced=_unplaced(node) + other.unplaced() + other.unreadable,
            ),
            children=tuple(apply_order([*first, *actions, *records, *last], other.value(ORDER))),
        )

    def _fit_action(self, node: Node, action: ItemSnapshot) -> ItemSnapshot:
        spill: list[str] = []
        title = self.fit(node, "OtherInformation", action.title, TITLE, spill)
        responsible = self.fit(node, "OtherInformation", action.responsible, RESPONSIBLE, spill)
        return replace(action, title=title, responsible=responsible, text="\n\n".join(spill))

    def refine_section(self, section: ItemSnapshot, entry: Entry) -> ItemSnapshot:
        """Add to a vision or mission the fields that its element cannot hold."""
        more = self.entries.item(Entry("Section", entry.value, entry.entries))
        changes: dict[str, Any] = {"title": entry.value} if entry.value else {}
        return replace(
            section,
            code=more.code,
            responsible=more.responsible,
            extras=more.extras | section.extras,
            children=more.children,
            **changes,
        )


def _responsible(stakeholders: list[Node]) -> tuple[str, list[Node]]:
    """Who answers for the item, and the stakeholders to keep."""
    if stakeholders and extras.is_own_stakeholder(stakeholders[0]):
        return stakeholders[0].text_of("Name"), stakeholders[1:]
    return extras.performers(stakeholders), stakeholders


def _unplaced(node: Node) -> list[str]:
    """What has no place in the node itself, and in those of its parts that are no items."""
    found = list(node.unplaced)
    for child in node.children:
        if child.name not in ("Objective", "PerformanceIndicator"):
            found += child.all_unplaced()
    return found
