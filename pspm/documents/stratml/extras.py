"""What an import keeps of an element beside the item's own fields, under "stratml" in its extras."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pspm.core.columns import JsonDict
from pspm.documents.stratml.node import Node, from_xml, to_xml_list

KEY = "stratml"
OWN_ROLE = "Responsible"
MAX_RESPONSIBLE = 300


def pack(**values: Any) -> JsonDict:
    """Extras with the values that are not empty."""
    kept = {name: value for name, value in values.items() if value}
    return {KEY: kept} if kept else {}


def kept(extras: JsonDict) -> JsonDict:
    """What `pack` packed."""
    found = extras.get(KEY)
    return found if isinstance(found, dict) else {}


def others(extras: JsonDict) -> JsonDict:
    """Extras that are not of StratML."""
    return {name: value for name, value in extras.items() if name != KEY}


def keep(nodes: Iterable[Node]) -> list[str]:
    return to_xml_list(nodes)


def kept_nodes(extras: JsonDict) -> list[Node]:
    return [from_xml(text) for text in kept(extras).get("elements", ())]


def performers(nodes: Iterable[Node]) -> str:
    """Who, by the stakeholders' roles, answers for a goal or objective; nothing if they are too many."""
    found = dict.fromkeys(node.text_of("Name") for node in nodes if _performs(node))
    names = "; ".join(filter(None, found))
    return names if len(names) <= MAX_RESPONSIBLE else ""


def _performs(stakeholder: Node) -> bool:
    return any(
        role_type.text == "Performer"
        for role in stakeholder.all("Role")
        for role_type in role.all("RoleType")
    )


def own_stakeholder(responsible: str) -> Node:
    """A stakeholder for the one who answers for an item."""
    node = Node("Stakeholder")
    node.add("Name", responsible)
    role = node.add("Role")
    role.add("Name", OWN_ROLE)
    role.add("RoleType", "Performer")
    return node


def is_own_stakeholder(node: Node) -> bool:
    return node == own_stakeholder(node.text_of("Name"))
