"""What everyone may read of an item: its place and text in the latest approved version of its plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache
from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from pspm.extensions import db
from pspm.plans.canonical import from_canonical_json
from pspm.plans.models import Version
from pspm.plans.snapshot import ItemSnapshot
from pspm.plans.tree import Node, build_snapshot_tree, walk

Nodes = Mapping[str, Node[ItemSnapshot]]

# Versions never change, so what was read of one can be kept; by the hash of its content.
_kept: LRUCache[str, Nodes] = LRUCache(maxsize=32)
_lock = Lock()


@dataclass(frozen=True)
class ApprovedItem:
    """An item in its place in a version."""

    version: Version
    node: Node[ItemSnapshot]


def find_in_latest(plan_ids: Collection[int]) -> dict[str, ApprovedItem]:
    """The items of the latest versions of these plans by their public id. Two queries at most."""
    if not plan_ids:
        return {}
    newest = select(func.max(Version.id)).where(Version.plan_id.in_(plan_ids)).group_by(Version.plan_id)
    versions = db.session.scalars(select(Version).where(Version.id.in_(newest)).order_by(Version.id)).all()
    nodes = _nodes_of(versions)
    return {
        public_id: ApprovedItem(version, node)
        for version in versions
        for public_id, node in nodes[version.sha256].items()
    }


def _nodes_of(versions: Collection[Version]) -> dict[str, Nodes]:
    with _lock:
        nodes = {v.sha256: _kept[v.sha256] for v in versions if v.sha256 in _kept}
    missing = [version.id for version in versions if version.sha256 not in nodes]
    if missing:
        read = select(Version).where(Version.id.in_(missing)).order_by(Version.id)
        for version in db.session.scalars(
            read.options(undefer(Version.content)), execution_options={"populate_existing": True}
        ):
            nodes[version.sha256] = _read(version)
    return nodes


def _read(version: Version) -> Nodes:
    snapshot = from_canonical_json(version.content)
    nodes = {node.item.id: node for node in walk(build_snapshot_tree(snapshot.items))}
    with _lock:
        _kept[version.sha256] = nodes
    return nodes
