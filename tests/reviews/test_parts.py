"""A plan in parts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pspm.plans.tree import Node, walk
from pspm.reviews.parts import count, split


def branch(name: str, *children: Node[str]) -> Node[str]:
    return Node(name, "", 0, list(children))


def leaves(name: str, number: int) -> Node[str]:
    return branch(name, *(branch(f"{name}.{i}") for i in range(number)))


def names(parts: list[list[Node[str]]]) -> list[list[str]]:
    return [[node.item for node in walk(part)] for part in parts]


def test_small_branches_share_a_part() -> None:
    assert [[node.item for node in part] for part in split([leaves("a", 2), leaves("b", 2)], 6)] == [
        ["a", "b"]
    ]


def test_branch_that_does_not_fit_any_more_begins_a_part() -> None:
    parts = split([leaves("a", 3), leaves("b", 3)], 6)
    assert [[node.item for node in part] for part in parts] == [["a"], ["b"]]


def test_large_branch_is_cut_between_its_children() -> None:
    parts = split([branch("a", leaves("b", 2), leaves("c", 2), leaves("d", 2))], 5)
    assert names(parts) == [["a", "b", "b.0", "b.1"], ["c", "c.0", "c.1"], ["d", "d.0", "d.1"]]


def test_empty_plan_has_one_empty_part() -> None:
    assert split([]) == [[]]


trees = st.recursive(
    st.just([]),
    lambda below: st.lists(below.map(lambda children: Node("x", "", 0, children)), max_size=4),
    max_leaves=60,
)


@given(trees, st.integers(1, 12))
def test_all_items_come_once_and_parts_keep_their_size(tree: list[Node[str]], size: int) -> None:
    parts = split(tree, size)
    assert sum(count(node) for part in parts for node in part) == sum(count(node) for node in tree)
    assert all(sum(count(node) for node in part) <= size for part in parts)
