"""The plan tree: what may stand where, and the numbers that places give; pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pspm.plans.models import Item, ItemKind
from pspm.plans.snapshot import ItemSnapshot

MAX_DEPTH = 20
"""Levels of a plan. No real plan comes near it; it keeps a hostile file from exhausting the stack."""

PARENTS: dict[ItemKind, frozenset[ItemKind | None]] = {
    ItemKind.SECTION: frozenset({None, ItemKind.SECTION}),
    ItemKind.GOAL: frozenset({None}),
    ItemKind.OBJECTIVE: frozenset({ItemKind.GOAL, ItemKind.OBJECTIVE}),
    ItemKind.ACTION: frozenset({ItemKind.GOAL, ItemKind.OBJECTIVE}),
    ItemKind.INDICATOR: frozenset({ItemKind.GOAL, ItemKind.OBJECTIVE, ItemKind.ACTION}),
}
"""Under what each kind may stand; None is the plan itself."""

T = TypeVar("T")


@dataclass(frozen=True)
class Node(Generic[T]):
    """An item in its place. `number` is empty for sections; `depth` counts from 0."""

    item: T
    number: str
    depth: int
    children: list[Node[T]] = field(default_factory=list)


def may_stand_under(kind: ItemKind, parent: ItemKind | None) -> bool:
    return parent in PARENTS[kind]


def kinds_under(parent: ItemKind | None) -> list[ItemKind]:
    """The kinds that may be added under `parent`, in the order in which to offer them."""
    return [kind for kind in ItemKind if may_stand_under(kind, parent)]


def build_tree(items: Iterable[Item]) -> list[Node[Item]]:
    """The tree of a plan's living items, whatever order they come in."""
    below: dict[int | None, list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda item: (item.position, item.id)):
        below[item.parent_id].append(item)

    def place(parent_id: int | None, number: str, depth: int) -> list[Node[Item]]:
        siblings = below.get(parent_id, [])
        numbers = _numbers([item.kind for item in siblings], number)
        return [
            Node(item, own, depth, place(item.id, own, depth + 1))
            for item, own in zip(siblings, numbers, strict=True)
        ]

    return place(None, "", 0)


def build_snapshot_tree(items: Sequence[ItemSnapshot]) -> list[Node[ItemSnapshot]]:
    """The same for a plan as plain data, such as an approved version."""

    def place(siblings: Sequence[ItemSnapshot], number: str, depth: int) -> list[Node[ItemSnapshot]]:
        numbers = _numbers([item.kind for item in siblings], number)
        return [
            Node(item, own, depth, place(item.children, own, depth + 1))
            for item, own in zip(siblings, numbers, strict=True)
        ]

    return place(items, "", 0)


def walk(nodes: Iterable[Node[T]]) -> Iterator[Node[T]]:
    """All nodes, each before those below it: the order of reading."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def height(node: Node[T]) -> int:
    """Levels that the node and all below it take."""
    return 1 + max((height(child) for child in node.children), default=0)


def _numbers(kinds: Sequence[ItemKind], parent: str) -> list[str]:
    """Numbers of siblings: 1, 1.1 and 1.1.1 for goals and objectives, A1.1.1 and I1.1.1 for what serves them.

    Each kind counts for itself. What stands under an action keeps the action's letter: IA1.1.1.1.
    """
    counts: Counter[ItemKind] = Counter()
    numbers = []
    for kind in kinds:
        counts[kind] += 1
        path = f"{parent}.{counts[kind]}" if parent else str(counts[kind])
        numbers.append("" if kind is ItemKind.SECTION else _LETTERS.get(kind, "") + path)
    return numbers


_LETTERS = {ItemKind.ACTION: "A", ItemKind.INDICATOR: "I"}
