"""From what strangers wrote to what the standard asks for: every fault noted, nothing thrown away."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from flask_babel import gettext as _
from lxml import etree

from pspm.core.errors import InvalidInput
from pspm.core.jobs import Report
from pspm.documents.stratml import values
from pspm.documents.stratml.faults import Fault, FaultKind
from pspm.documents.stratml.node import Node
from pspm.documents.stratml.structure import (
    CHOICES,
    NAMESPACES,
    OLD_ATTRIBUTES,
    OLD_NAMES,
    PARTS,
    Part,
)

NUMBERED = frozenset({"Organization", "Value", "Goal", "Objective", "PerformanceIndicator", "Stakeholder"})
"""Elements that a path tells apart by number."""


REPORTED_ELEMENTS = 500
"""After as many it is reported how far the reading is."""


def repair(root: etree._Element, report: Report) -> tuple[Node, Part, list[Fault]]:
    """The document as valid nodes, the part of the standard that it follows, and its faults.

    Nearly all the time of reading goes here: `report(done, total)` counts the elements.
    """
    name = etree.QName(root).localname
    part = PARTS.get(name)
    if part is None:
        raise InvalidInput(
            _(
                "The file is XML but not StratML: it begins with “%(name)s” where “StrategicPlan” or "
                "“PerformancePlanOrReport” should stand. Nothing is imported.",
                name=name[:60],
            )
        )
    work = _Repair(part, sum(1 for _element in root.iter()), report)
    node = work.element(root, name, "")
    _follow_renamed(node, work.renamed)
    for result, text in work.odd_numbers:
        values.put_before_description(result, text)
    return node, part, work.faults


class _Repair:
    """One pass over a document."""

    def __init__(self, part: Part, total: int, report: Report) -> None:
        self.part = part
        self.done, self.total, self.report = 0, total, report
        self.faults: list[Fault] = []
        self.identifiers: set[str] = set()
        self.renamed: dict[str, str] = {}
        self.odd_numbers: list[tuple[Node, str]] = []
        self.namespaces: set[str] = set()

    def note(self, kind: FaultKind, node: Node, **details: str) -> None:
        shown = {key: _shorten(value) for key, value in details.items()}
        self.faults.append(Fault(kind, node.line, node.where, shown))

    def element(self, element: etree._Element, name: str, where: str) -> Node:
        self.done += 1
        if self.done % REPORTED_ELEMENTS == 0:
            self.report(self.done, self.total)
        node = Node(name, line=_line(element), where=where)
        self._check_namespace(element, node)
        self._read_attributes(element, node)
        if name in self.part.children:
            self._read_children(element, node)
        else:
            node.text = "".join(str(text) for text in element.itertext()).strip()
        return node

    def _check_namespace(self, element: etree._Element, node: Node) -> None:
        namespace = etree.QName(element).namespace or ""
        if namespace not in NAMESPACES and namespace not in self.namespaces:
            self.namespaces.add(namespace)
            self.note(FaultKind.NAMESPACE, node, name=namespace)

    def _read_attributes(self, element: etree._Element, node: Node) -> None:
        known = self.part.attributes(node.name)
        for key, value in element.attrib.items():
            name, text = str(key), str(value)
            if name.startswith("{"):
                continue
            if name in OLD_ATTRIBUTES and OLD_ATTRIBUTES[name] in known:
                self.note(FaultKind.OLD_NAME, node, old=name, new=OLD_ATTRIBUTES[name])
                name = OLD_ATTRIBUTES[name]
            if name not in known:
                self.note(FaultKind.UNKNOWN_ATTRIBUTE, node, parent=node.name, name=name)
                node.unplaced.append(f"{node.name}/@{name}={text}")
            elif self._is_choice(node, name, text):
                node.attributes[name] = text
        if "Type" in known and "Type" not in node.attributes:
            node.attributes["Type"] = "Performance_Plan"
            self.note(FaultKind.MISSING_ATTRIBUTE, node, name="Type", value="Performance_Plan")

    def _is_choice(self, node: Node, name: str, text: str) -> bool:
        if text in CHOICES[name]:
            return True
        if text:
            self.note(FaultKind.BAD_CHOICE, node, name=name, value=text)
            node.unplaced.append(f"{node.name}/@{name}={text}")
        else:
            self.note(FaultKind.EMPTY_CHOICE, node, name=name)
        return False

    def _read_children(self, element: etree._Element, node: Node) -> None:
        self._keep_stray_text(element, node)
        counts: Counter[str] = Counter()
        for below in element:
            name = self._name_of(below, node)
            if name is None:
                continue
            counts[name] += 1
            number = f" {counts[name]}" if name in NUMBERED else ""
            where = f"{node.where} / {name}{number}".removeprefix(" / ")
            child = self.element(below, name, where)
            if self._check_leaf(child, node):
                node.children.append(child)
        self._put_in_order(node)
        self._check_counts(node)

    def _keep_stray_text(self, element: etree._Element, node: Node) -> None:
        pieces = [element.text, *(below.tail for below in element)]
        text = " ".join(piece.strip() for piece in pieces if piece and piece.strip())
        if text:
            self.note(FaultKind.STRAY_TEXT, node, parent=node.name, text=text)
            node.unplaced.append(text)

    def _name_of(self, below: etree._Element, node: Node) -> str | None:
        """The name under which a child is read, or None if it has no place and was put aside."""
        if not isinstance(below.tag, str):  # an entity reference, left as it is by the parser
            return None
        name, allowed = etree.QName(below).localname, self.part.children[node.name]
        if name not in allowed and OLD_NAMES.get(name) in allowed:
            marker = Node(name, line=_line(below), where=node.where)
            self.note(FaultKind.OLD_NAME, marker, old=name, new=OLD_NAMES[name])
            return OLD_NAMES[name]
        if name in allowed:
            return name
        marker = Node(name, line=_line(below), where=node.where)
        if self.part.tolerates(node.name, name):
            self.note(FaultKind.MISPLACED, marker, name=name, parent=node.name)
            return name
        self.note(FaultKind.UNKNOWN_ELEMENT, marker, name=name, parent=node.name)
        node.unplaced.append(_source(below))
        return None

    def _check_leaf(self, child: Node, parent: Node) -> bool:
        """Check the value of a leaf; False if it must be left out."""
        verdict = values.check(child, self.part, self.identifiers)
        if verdict is None:
            return True
        self.note(verdict.kind, child, value=child.text, name=child.name, new=verdict.text)
        if verdict.text:
            if child.name == "Identifier":
                self.renamed[child.text] = verdict.text
            child.text = verdict.text
            return True
        if verdict.kind is FaultKind.BAD_NUMBER:
            self.odd_numbers.append((parent, child.text))
        elif child.text and verdict.keep:
            parent.unplaced.append(f"{child.name}={child.text}")
        return False

    def _put_in_order(self, node: Node) -> None:
        ranks = {name: child.rank for name, child in self.part.children[node.name].items()}
        last = ""
        for child in node.children:
            rank = ranks.get(child.name, len(ranks))
            if last and rank < ranks.get(last, len(ranks)):
                self.note(FaultKind.ORDER, child, name=child.name, after=last)
            else:
                last = child.name
        node.children.sort(key=lambda child: ranks.get(child.name, len(ranks)))

    def _check_counts(self, node: Node) -> None:
        counts = Counter(child.name for child in node.children)
        for name, rule in self.part.children[node.name].items():
            if counts[name] < rule.least:
                self._add_missing(node, name)
            elif rule.most is not None and counts[name] > rule.most:
                for extra in node.all(name)[rule.most :]:
                    self.note(FaultKind.TOO_MANY, extra, name=name, parent=node.name)
                    node.children.remove(extra)
                    node.unplaced.append(values.as_text(extra))

    def _add_missing(self, node: Node, name: str) -> None:
        if name == "Goal":
            self.note(FaultKind.NO_GOAL, node)
            return
        self.note(FaultKind.MISSING, node, name=name, parent=node.name)
        node.add(name)


def _line(element: etree._Element) -> int:
    line: Any = element.sourceline  # the stubs call it an ellipsis
    return int(line or 0)


def _follow_renamed(node: Node, renamed: dict[str, str]) -> None:
    """Let references point at the identifiers as they were repaired."""
    if node.name == "ReferentIdentifier":
        node.text = renamed.get(node.text, node.text)
    for child in node.children:
        _follow_renamed(child, renamed)


def _source(element: etree._Element) -> str:
    """The element as XML without its namespaces, to be kept as text."""
    text = str(etree.tostring(element, encoding="unicode", with_tail=False))
    return re.sub(r'\s+xmlns(:\w+)?="[^"]*"', "", text)


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:79]}…"
