"""Where an item of the outline can go by one step up, down, in or out; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pspm.plans.models import Item
from pspm.plans.tree import Node, may_stand_under, walk

DIRECTIONS = ("up", "down", "outdent", "indent")


@dataclass(frozen=True)
class Place:
    """Under `parent` (None: the plan itself), at `position` among the others there."""

    parent: Item | None
    position: int


Steps = dict[str, Place]
"""The places by direction; a direction that leads nowhere is missing."""


def steps_by_item(nodes: Sequence[Node[Item]]) -> dict[int, Steps]:
    """Each item's possible steps, by its id."""
    return dict(_steps(nodes, ()))


def parents_for(nodes: Sequence[Node[Item]], item: Item) -> list[Node[Item]]:
    """The items under which `item` may stand, without itself and what is below it."""
    own = {below.item.id for node in walk(nodes) if node.item.id == item.id for below in walk([node])}
    return [
        node for node in walk(nodes) if node.item.id not in own and may_stand_under(item.kind, node.item.kind)
    ]


def _steps(siblings: Sequence[Node[Item]], line: Sequence[Node[Item]]) -> Iterator[tuple[int, Steps]]:
    """`line` is the way down to the siblings: their parent last, the goal first."""
    parent = line[-1].item if line else None
    for index, node in enumerate(siblings):
        steps: Steps = {}
        if index > 0:
            steps["up"] = Place(parent, index - 1)
        if index < len(siblings) - 1:
            steps["down"] = Place(parent, index + 1)
        yield node.item.id, steps | _outdent(node, line) | _indent(node, siblings[:index])
        yield from _steps(node.children, [*line, node])


def _outdent(node: Node[Item], line: Sequence[Node[Item]]) -> Steps:
    """Out of its parent, to stand right after it."""
    if not line:
        return {}
    grandparent = line[-2].item if len(line) > 1 else None
    if not may_stand_under(node.item.kind, grandparent.kind if grandparent else None):
        return {}
    return {"outdent": Place(grandparent, line[-1].item.position + 1)}


def _indent(node: Node[Item], before: Sequence[Node[Item]]) -> Steps:
    """Into the nearest item before it that can take it, as the last one there."""
    for other in reversed(before):
        if may_stand_under(node.item.kind, other.item.kind):
            return {"indent": Place(other.item, len(other.children))}
    return {}
