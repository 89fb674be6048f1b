"""An element as plain data: what is left of XML once namespaces, prefixes and faults are out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from pspm.documents.stratml.structure import PART2
from pspm.documents.stratml.xml import parser

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class Node:
    """An element by its StratML name. `unplaced` holds, as XML, what was found in it and has no place."""

    name: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    line: int = field(default=0, compare=False)
    where: str = field(default="", compare=False)

    def child(self, name: str) -> Node | None:
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> list[Node]:
        return [child for child in self.children if child.name == name]

    def text_of(self, name: str) -> str:
        """The text of the first child called `name`, or nothing."""
        child = self.child(name)
        return child.text if child else ""

    def add(self, name: str, text: str = "") -> Node:
        node = Node(name, text)
        self.children.append(node)
        return node

    def add_if(self, name: str, text: str) -> None:
        """Add a child only if it has text."""
        if text:
            self.add(name, text)

    @property
    def is_empty(self) -> bool:
        """No words in it nor below."""
        return not self.text and all(child.is_empty for child in self.children)

    def all_unplaced(self) -> list[str]:
        """What has no place, here and below."""
        found = list(self.unplaced)
        for child in self.children:
            found += child.all_unplaced()
        return found

    def sort(self) -> None:
        """Put the children into the order of the standard."""
        ranks = PART2.children[self.name]
        self.children.sort(key=lambda child: ranks[child.name].rank)


def clean(text: str) -> str:
    """`text` with the characters that XML cannot hold replaced."""
    return _NOT_XML.sub("�", text)


def to_element(node: Node, namespace: str = "") -> etree._Element:
    """An lxml element, in `namespace` if one is given."""
    name = f"{{{namespace}}}{node.name}" if namespace else node.name
    element = etree.Element(name, nsmap={None: namespace} if namespace else None)  # type: ignore[dict-item]  # the stubs know no default
    _fill(element, node, namespace)
    return element


def _fill(element: etree._Element, node: Node, namespace: str) -> None:
    element.text = clean(node.text) or None
    for name, value in node.attributes.items():
        element.set(name, clean(value))
    for child in node.children:
        name = f"{{{namespace}}}{child.name}" if namespace else child.name
        _fill(etree.SubElement(element, name), child, namespace)


def to_xml(node: Node) -> str:
    """The element as one line of XML, as extras keep it."""
    return str(etree.tostring(to_element(node), encoding="unicode"))


def to_xml_list(nodes: Iterable[Node]) -> list[str]:
    return [to_xml(node) for node in nodes]


def from_xml(text: str) -> Node:
    """The element that `to_xml` wrote."""
    return _from_element(etree.fromstring(text, parser()))


def _from_element(element: etree._Element) -> Node:
    children = [_from_element(child) for child in element]
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    return Node(str(element.tag), element.text or "" if not children else "", attributes, children)
