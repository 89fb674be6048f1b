"""The outline of a plan as the drafting page shows it: what is open, what a filter leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pspm.plans.models import Item
from pspm.plans.tree import Node, walk

SMALL = 60
"""Items up to which an outline is shown whole; a longer one begins with its upper levels."""


@dataclass(frozen=True)
class Outline:
    """The nodes to show, and the ids of those whose branches are open."""

    nodes: list[Node[Item]]
    open: frozenset[int]
    found: int
    """Items that fit the filter; all of them without one."""


def make_outline(
    nodes: Sequence[Node[Item]], *, words: str = "", at: str = "", unfolded: bool = False
) -> Outline:
    """The outline with the items whose title, number or code has `words`, each in its place.

    The branch down to the item with public id `at` is open; `unfolded` opens all.
    """
    everything = list(walk(nodes))
    if words.strip():
        kept, found = _filter(nodes, words.casefold().strip())
        return Outline(kept, frozenset(node.item.id for node in walk(kept)), found)
    if unfolded or len(everything) <= SMALL:
        return Outline(list(nodes), frozenset(node.item.id for node in everything), len(everything))
    opened = {node.item.id for node in nodes} | _way_to(nodes, at)
    return Outline(list(nodes), frozenset(opened), len(everything))


def _filter(nodes: Sequence[Node[Item]], words: str) -> tuple[list[Node[Item]], int]:
    kept, found = [], 0
    for node in nodes:
        below, count = _filter(node.children, words)
        fits = _fits(node, words)
        if fits or below:
            kept.append(Node(node.item, node.number, node.depth, below))
        found += count + fits
    return kept, found


def _fits(node: Node[Item], words: str) -> bool:
    return words in f"{node.number} {node.item.code} {node.item.title}".casefold()


def _way_to(nodes: Sequence[Node[Item]], public_id: str) -> set[int]:
    for node in nodes:
        if node.item.public_id == public_id:
            return {node.item.id}
        below = _way_to(node.children, public_id)
        if below:
            return below | {node.item.id}
    return set()
