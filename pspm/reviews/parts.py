"""A long plan in parts that can be read one at a time; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pspm.plans.tree import Node, walk

SIZE = 40
"""Items that a part holds at most."""


def split(nodes: Iterable[Node[Any]], size: int = SIZE) -> list[list[Node[Any]]]:
    """The tree in parts of at most `size` items: whole branches together, and only large ones cut."""
    parts: list[list[Node[Any]]] = []
    room = 0
    for piece in _pieces(nodes, size):
        wanted = count(piece)
        if wanted > room:
            parts.append([])
            room = size
        parts[-1].append(piece)
        room -= wanted
    return parts or [[]]


def count(node: Node[Any]) -> int:
    return sum(1 for _each in walk([node]))


def _pieces(nodes: Iterable[Node[Any]], size: int) -> Iterator[Node[Any]]:
    """Branches of at most `size` items; one that is larger keeps the first of those below it."""
    for node in nodes:
        if count(node) <= size:
            yield node
            continue
        kept = _first_children(node.children, size - 1)
        yield replace(node, children=kept)
        yield from _pieces(node.children[len(kept) :], size)


def _first_children(children: Sequence[Node[Any]], room: int) -> list[Node[Any]]:
    kept = []
    for child in children:
        room -= count(child)
        if room < 0:
            break
        kept.append(child)
    return kept
