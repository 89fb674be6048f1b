"""A plan in the order of print: sections and goals, and under each objective its indicators and actions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from flask_babel import format_date
from markupsafe import Markup

from pspm.core.i18n import gettext as _
from pspm.core.text import render_markdown
from pspm.plans.models import ItemKind
from pspm.plans.reading import Expected, expected_values, item_facts
from pspm.plans.snapshot import ItemSnapshot, PlanSnapshot
from pspm.plans.terms import value_text
from pspm.plans.tree import Node, build_snapshot_tree

DEEPEST = 6
"""HTML has no heading below h6."""

COLUMNS = 5
"""With more years than this the targets stand below each other instead of side by side."""

_ADDRESS = re.compile(r"""(<a\b.*?</a>|<[^>]*>)|https?://[^\s<"]*[^\s<".,;:!?)’”»]""", re.DOTALL)
_HEADING = re.compile(r"<(/?)h[2-6]>")


@dataclass(frozen=True, kw_only=True)
class PrintedIndicator:
    anchor: str
    number: str
    title: str
    text: Markup
    facts: list[tuple[str, str]]
    expected: list[Expected]

    @property
    def in_columns(self) -> bool:
        return len(self.expected) <= COLUMNS


@dataclass(frozen=True, kw_only=True)
class PrintedAction:
    anchor: str
    number: str
    code: str
    title: str
    text: Markup
    responsible: str
    when: str
    status: str
    budget: str


@dataclass(frozen=True, kw_only=True)
class PrintedPart:
    """A section, goal or objective; `level` is that of its heading."""

    kind: ItemKind
    anchor: str
    number: str
    level: int
    title: str
    text: Markup
    facts: list[tuple[str, str]]
    indicators: list[PrintedIndicator] = field(default_factory=list)
    actions: list[PrintedAction] = field(default_factory=list)
    parts: list[PrintedPart] = field(default_factory=list)

    @property
    def has_people(self) -> bool:
        return any(action.responsible for action in self.actions)

    @property
    def has_dates(self) -> bool:
        return any(action.when for action in self.actions)

    @property
    def has_states(self) -> bool:
        return any(action.status for action in self.actions)

    @property
    def has_budgets(self) -> bool:
        return any(action.budget for action in self.actions)


def print_plan(plan: PlanSnapshot) -> list[PrintedPart]:
    """The parts of the plan, in its language (the caller sets it)."""
    return _Printer().parts(build_snapshot_tree(plan.items), level=2)


def flow_text(markdown: str) -> Markup:
    """Markdown as HTML with links where addresses stand, and bold paragraphs for headings.

    Only items make the outline of the document.
    """
    html = _HEADING.sub(_paragraph, render_markdown(markdown))
    return Markup(_ADDRESS.sub(_link, html))  # noqa: S704 - sanitised by render_markdown


def _link(match: re.Match[str]) -> str:
    return match[1] or f'<a href="{match[0]}">{match[0]}</a>'


def _paragraph(match: re.Match[str]) -> str:
    return "</p>" if match[1] else '<p class="subhead">'


class _Printer:
    """Gives each item an anchor; ids of a plan that was never saved are empty."""

    def __init__(self) -> None:
        self.count = 0

    def anchor(self, item: ItemSnapshot) -> str:
        self.count += 1
        return item.id or f"item-{self.count}"

    def parts(self, nodes: Iterable[Node[ItemSnapshot]], level: int) -> list[PrintedPart]:
        kinds = (ItemKind.SECTION, ItemKind.GOAL, ItemKind.OBJECTIVE)
        return [self.part(node, min(level, DEEPEST)) for node in nodes if node.item.kind in kinds]

    def part(self, node: Node[ItemSnapshot], level: int) -> PrintedPart:
        item = node.item
        actions = [child for child in node.children if child.item.kind is ItemKind.ACTION]
        measured = [node, *actions]
        return PrintedPart(
            kind=item.kind,
            anchor=self.anchor(item),
            number=node.number,
            level=level,
            title=item.title,
            text=flow_text(item.text),
            facts=_facts(item, node.number),
            indicators=[
                self.indicator(child)
                for holder in measured
                for child in holder.children
                if child.item.kind is ItemKind.INDICATOR
            ],
            actions=[self.action(child) for child in actions],
            parts=self.parts(node.children, level + 1),
        )

    def indicator(self, node: Node[ItemSnapshot]) -> PrintedIndicator:
        item = node.item
        return PrintedIndicator(
            anchor=self.anchor(item),
            number=node.number,
            title=item.title,
            text=flow_text(item.text),
            facts=item_facts(item),
            expected=expected_values(item),
        )

    def action(self, node: Node[ItemSnapshot]) -> PrintedAction:
        item = node.item
        fields = item.fields
        return PrintedAction(
            anchor=self.anchor(item),
            number=node.number,
            code="" if item.code == item.title else item.code,
            title=item.title,
            text=flow_text(item.text),
            responsible=item.responsible,
            when=when_text(fields.get("start_date"), fields.get("end_date")),
            status=value_text("action_status", fields.get("action_status")),
            budget=value_text("budget", fields.get("budget")),
        )


def _facts(item: ItemSnapshot, number: str) -> list[tuple[str, str]]:
    """The item's facts; a code that only repeats the number is none."""
    return item_facts(replace(item, code="") if item.code == number else item)


def when_text(start: date | None, end: date | None) -> str:
    """When an action is done, in few words: whole months without their days."""
    first = _day(start, whole_month=start.day == 1) if start else ""
    last = _day(end, whole_month=(end + timedelta(days=1)).day == 1) if end else ""
    if first and last:
        return _("%(start)s – %(end)s", start=first, end=last)
    if first:
        return _("from %(start)s", start=first)
    return _("by %(end)s", end=last) if last else ""


def _day(day: date, *, whole_month: bool) -> str:
    return str(format_date(day, "MMMM y" if whole_month else "medium"))
