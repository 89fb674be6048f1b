"""One item as this reader may see it: as it is now, or as it stands in the latest approved version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from pspm.plans import approved
from pspm.plans import queries as plan_queries
from pspm.plans.models import Item, Plan
from pspm.plans.reading import item_key
from pspm.plans.snapshot import ItemSnapshot
from pspm.plans.tree import Node, build_tree

AnyNode: TypeAlias = Node[Item] | Node[ItemSnapshot]


@dataclass(frozen=True)
class ItemView:
    """An item in its place; `path` are the items above it, from the top."""

    item: Item
    node: AnyNode
    path: list[AnyNode]
    plan_title: str
    version_number: int | None
    """The version that the text is of; None for the text as it is now."""

    @property
    def parts(self) -> list[AnyNode]:
        """What measures the item: shown with it."""
        return [child for child in self.node.children if child.item.kind.value == "indicator"]

    @property
    def below(self) -> list[AnyNode]:
        """The other items under it: pages of their own."""
        return [child for child in self.node.children if child.item.kind.value != "indicator"]


def find_view(plan: Plan, public_id: str, *, at_work: bool) -> ItemView | None:
    """With `at_work` the item as it is now; else, or if it was deleted since, as it was last approved."""
    item = plan_queries.find_item(plan, public_id)
    if item is None:
        return None
    if at_work and item.deleted_at is None:
        path = _path_to(public_id, build_tree(plan_queries.list_items(plan)))
        return ItemView(item, path[-1], path[:-1], plan.title, None)
    approved_items = approved.find_in_latest([plan.id])
    if public_id not in approved_items:
        return None
    version = approved_items[public_id].version
    path = _path_to(public_id, [each.node for each in approved_items.values() if each.node.depth == 0])
    return ItemView(item, path[-1], path[:-1], version.title, version.number)


def _path_to(public_id: str, nodes: Iterable[AnyNode]) -> list[AnyNode]:
    """The nodes from the top down to the one with this id; none if it is not below `nodes`."""
    for node in nodes:
        below = [] if item_key(node.item) == public_id else _path_to(public_id, node.children)
        if below or item_key(node.item) == public_id:
            return [node, *below]
    return []
