"""Live fragment → plain tree: reads whatever stands in it, also what the editor's schema would not allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pycrdt import XmlElement, XmlFragment, XmlText

from pspm.drafting.markdown import tree
from pspm.drafting.markdown.runs import BREAK, SPACE, Marks, Run, code_text, line_text, make_link
from pspm.drafting.markdown.tree import Block, Cell

Parent = XmlFragment | XmlElement
Node = XmlFragment | XmlElement | XmlText


@dataclass(frozen=True, slots=True)
class Unit:
    """Neighbouring children of a live node and the blocks they say; `element` if that is one, of its kind."""

    start: int
    stop: int
    blocks: tuple[Block, ...]
    element: XmlElement | None = None


def read_fragment(fragment: XmlFragment) -> tuple[Block, ...]:
    return tree.said(_blocks_in(fragment, 0))


def read_units(parent: Parent, level: int) -> list[Unit]:
    """The children of `parent`, which stands `level` deep, each with what it says."""
    tag = tag_of(parent)
    if tag == "table":
        return [
            _unit(start, nodes, (row,))
            for (start, nodes), row in zip(_groups(parent), _table(parent).blocks, strict=True)
        ]
    if tag == "table_row":
        return [_unit(start, nodes, (_lone_cell(nodes),)) for start, nodes in _groups(parent)]
    if tag in tree.LISTS:
        return [_unit(start, nodes, (_item(nodes, level),)) for start, nodes in _groups(parent)]
    return [_unit(start, nodes, _blocks_of(nodes, level)) for start, nodes in _groups(parent)]


def depth_inside(tag: str | None, level: int) -> int:
    """How deep the children of a node that stands `level` deep are for the parser."""
    return level + (2 if tag in tree.LISTS else 0 if tag == "list_item" else 1)


def tag_of(node: object) -> str | None:
    return node.tag if isinstance(node, XmlElement) else None


def whole_number(value: object, default: int) -> int:
    """The number in an attribute, which may come as 2, 2.0 or "2"."""
    try:
        return int(float(value))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return default


def read_align(element: Node | None) -> str | None:
    align = element.attributes.get("align") if isinstance(element, XmlElement) else None
    return align if align in tree.ALIGNMENTS else None


def read_marks(attributes: Mapping[str, Any] | None) -> Marks:
    """The marks that we know; a suffix after two hyphens is how the editor keeps marks that overlap apart."""
    found = {
        name.partition("--")[0]: value
        for name, value in (attributes or {}).items()
        if value not in (None, False)
    }
    return Marks("strong" in found, "em" in found, "code" in found, _read_link(found.get("link")))


def inline_runs(nodes: Sequence[object], clean: Callable[[str], str] = line_text) -> Iterator[Run]:
    """All words in `nodes`, however deep: a hostile text may be nested deeper than calls can be."""
    waiting = list(reversed(nodes))
    while waiting:
        part = waiting.pop()
        if isinstance(part, Run):
            yield part
        elif isinstance(part, str):
            yield Run(clean(part))
        elif isinstance(part, XmlText):
            waiting += reversed([_chunk(value, attrs, clean) for value, attrs in part.diff()])
        elif isinstance(part, XmlElement | XmlFragment):
            edge = BREAK if tag_of(part) == "hard_break" else SPACE
            waiting += [edge, *reversed(list(part.children)), *([SPACE] if edge is SPACE else [])]


def _chunk(value: Any, attributes: dict[str, Any] | None, clean: Callable[[str], str]) -> object:
    return Run(clean(value), read_marks(attributes)) if isinstance(value, str) else value


def _read_link(value: object) -> Any:
    if isinstance(value, Mapping):
        href, title = value.get("href"), value.get("title")
    else:
        href, title = value, None
    return make_link(href, title if isinstance(title, str) else None) if isinstance(href, str) else None


def _groups(parent: Parent) -> Iterator[tuple[int, list[Node]]]:
    """Each child alone, but neighbouring words together: they are one paragraph that lost its element."""
    loose: list[Node] = []
    position = 0
    for position, child in enumerate(parent.children):
        if isinstance(child, XmlText) or tag_of(child) == "hard_break":
            loose.append(child)
            continue
        if loose:
            yield position - len(loose), loose
            loose = []
        yield position, [child]
    if loose:
        yield position + 1 - len(loose), loose


def _unit(start: int, nodes: Sequence[Node], blocks: tuple[Block, ...]) -> Unit:
    node = nodes[0]
    whole = isinstance(node, XmlElement) and len(blocks) == 1 and blocks[0].kind == node.tag
    return Unit(start, start + len(nodes), blocks, node if whole and isinstance(node, XmlElement) else None)


def _blocks_in(parent: Parent, level: int) -> Iterator[Block]:
    for _, nodes in _groups(parent):
        yield from _blocks_of(nodes, level)


def _blocks_of(nodes: Sequence[Node], level: int) -> tuple[Block, ...]:
    node = nodes[0]
    if not isinstance(node, XmlElement | XmlFragment) or tag_of(node) == "hard_break":
        return (tree.paragraph(inline_runs(nodes)),)
    tag = tag_of(node) or ""
    if tag in _LEAVES:
        return _LEAVES[tag](node)
    if depth_inside(tag, level) > tree.DEEPEST:
        return (tree.paragraph(inline_runs(nodes)),)
    return _CONTAINERS.get(tag, _unknown)(node, level)


def _unknown(node: Parent, level: int) -> tuple[Block, ...]:
    return tuple(_blocks_in(node, level + 1))


def _paragraph(node: Parent) -> tuple[Block, ...]:
    return (tree.paragraph(inline_runs(list(node.children))),)


def _heading(node: Parent) -> tuple[Block, ...]:
    number = node.attributes.get("level") if isinstance(node, XmlElement) else None
    return (tree.heading(whole_number(number, 1), inline_runs(list(node.children))),)


def _code(node: Parent) -> tuple[Block, ...]:
    return (tree.code_block("".join(run.text for run in inline_runs(list(node.children), code_text))),)


def _rule(node: Parent) -> tuple[Block, ...]:
    return (tree.RULE, *tree.said([tree.paragraph(inline_runs(list(node.children)))]))


def _quote(node: Parent, level: int) -> tuple[Block, ...]:
    return (tree.blockquote(_blocks_in(node, level + 1)),)


def _bullets(node: Parent, level: int) -> tuple[Block, ...]:
    items = _items(node, level)
    return (tree.bullet_list(items),) if items else ()


def _numbers(node: Parent, level: int) -> tuple[Block, ...]:
    items = _items(node, level)
    order = node.attributes.get("order") if isinstance(node, XmlElement) else None
    return (tree.ordered_list(whole_number(order, 1), items),) if items else ()


def _items(node: Parent, level: int) -> list[Block]:
    return [_item(nodes, depth_inside(tag_of(node), level)) for _, nodes in _groups(node)]


def _item(nodes: Sequence[Node], level: int) -> Block:
    node = nodes[0]
    if isinstance(node, XmlElement) and node.tag == "list_item":
        return tree.list_item(_blocks_in(node, level))
    return tree.list_item(_blocks_of(nodes, level))


def _tables(node: Parent) -> tuple[Block, ...]:
    whole = _table(node)
    return (whole,) if whole.blocks else ()


def _table(node: Parent) -> Block:
    return tree.table([_cells(nodes) for _, nodes in _groups(node)])


def _cells(nodes: Sequence[Node]) -> list[Cell]:
    if tag_of(nodes[0]) != "table_row":
        return [_cell(nodes)]
    return [_cell(group) for _, group in _groups(nodes[0])]  # type: ignore[arg-type]


def _cell(nodes: Sequence[Node]) -> Cell:
    return Cell(list(inline_runs(nodes)), read_align(nodes[0]))


def _lone_cell(nodes: Sequence[Node]) -> Block:
    tag = tag_of(nodes[0])
    return tree.cell(tag if tag in tree.CELLS else "table_cell", read_align(nodes[0]), inline_runs(nodes))


_LEAVES: dict[str, Callable[[Parent], tuple[Block, ...]]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "code_block": _code,
    "horizontal_rule": _rule,
    "table": _tables,
}
_CONTAINERS: dict[str, Callable[[Parent, int], tuple[Block, ...]]] = {
    "blockquote": _quote,
    "bullet_list": _bullets,
    "ordered_list": _numbers,
}
