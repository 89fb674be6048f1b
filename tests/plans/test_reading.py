"""Plans in words: terms, facts and expected values, the same live and frozen."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask, render_template_string

from pspm.plans import models, queries
from pspm.plans.canonical import take_snapshot
from pspm.plans.models import IndicatorType, ItemKind, Plan, PlanStatus, Polarity
from pspm.plans.reading import expected_values, item_facts, item_key
from pspm.plans.snapshot import TargetSnapshot
from pspm.plans.terms import FIELD_LABELS, TERMS, field_label, kind_term, target_text, value_text
from pspm.plans.tree import Node, build_snapshot_tree, build_tree, walk
from tests.client import check_html


def test_every_choice_has_its_word() -> None:
    enums = [kind for kind in vars(models).values() if isinstance(kind, type) and issubclass(kind, enum.Enum)]
    assert set(TERMS) == {member for kind in enums if kind is not enum.Enum for member in kind}


def test_every_field_has_its_label(app: Flask, add: Any) -> None:
    names = {name for kind in ItemKind for name in _state(add, kind)}
    assert names - set(FIELD_LABELS) == {"targets"}


def _state(add: Any, kind: ItemKind) -> dict[str, Any]:
    parent = None if kind in (ItemKind.SECTION, ItemKind.GOAL) else add(ItemKind.GOAL)
    item = add(kind, parent)
    revision = queries.find_revision(item, 1)
    assert revision is not None
    return revision.after


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("title", None, ""),
        ("title", "Words", "Words"),
        ("status", "draft", "Draft"),
        ("status", PlanStatus.DRAFT, "Draft"),
        ("start_date", "2026-03-01", "1 Mar 2026"),
        ("start_date", date(2026, 3, 1), "1 Mar 2026"),
        ("weight", "12.50", "12.5"),
        ("baseline_value", Decimal("1234567.891000"), "1,234,567.891"),
        ("baseline_value", Decimal("8E+3"), "8,000"),
        ("budget", "1500", "€1,500"),
        ("budget", "1500.5", "€1,500.50"),
        ("baseline_year", 2025, "2025"),
        ("language", "it", "Italiano"),
        ("language", "fi", "fi"),
    ],
)
def test_values_are_written_for_people(app: Flask, name: str, value: Any, words: str) -> None:
    with app.test_request_context():
        assert value_text(name, value) == words


def test_labels_of_fields_and_kinds(app: Flask) -> None:
    with app.test_request_context():
        assert field_label("targets.2027") == "Target for 2027"
        assert field_label("labels.goal") == "Label for “Goal”"
        assert kind_term(ItemKind.GOAL, {"goal": "Priority"}) == "Priority"
        assert kind_term(ItemKind.GOAL, {}) == "Goal"


def test_target_is_a_figure_words_or_both(app: Flask) -> None:
    with app.test_request_context():
        assert target_text("80", "", "%") == "80 %"
        assert target_text(None, "all of them", "%") == "all of them"
        assert target_text("80", "at least") == "80 – at least"


def test_document_is_the_same_live_and_frozen(app: Flask, plan: Plan, add: Any) -> None:
    add(ItemKind.SECTION, title="Mission", text="Why we are here.")
    goal = add(ItemKind.GOAL, title="Goal")
    objective = add(ItemKind.OBJECTIVE, goal, code="OB-1", responsible="Office I")
    add(ItemKind.ACTION, objective, start_date=date(2026, 1, 1))
    add(
        ItemKind.INDICATOR,
        objective,
        indicator_type=IndicatorType.RESULT,
        polarity=Polarity.HIGHER,
        formula="*a* / b",
        baseline_text="none yet",
        targets=(TargetSnapshot(year=2026, value=Decimal(3)),),
    )
    live = build_tree(queries.list_items(plan))
    frozen = build_snapshot_tree(take_snapshot(plan).items)
    assert [item_facts(node.item) for node in walk(live)] == [item_facts(node.item) for node in walk(frozen)]
    assert render(app, live) == render(app, frozen)


def render(app: Flask, nodes: list[Node[Any]]) -> str:
    template = (
        '{% from "plans/_document.html" import contents, document %}{{ contents(nodes, {}, counts) }}'
        "{% call(item) document(nodes, {}) %}<p>Margin of {{ item_key(item) }}</p>{% endcall %}"
        ""
    )
    with app.test_request_context():
        html = render_template_string(template, nodes=nodes, counts={item_key(nodes[0].item): 7})
    check_html(html)
    assert html.count("Margin of") == len(list(walk(nodes)))
    assert '<span class="toc__count">7</span>' in html
    return html


def test_only_indicators_have_expected_values(app: Flask, add: Any) -> None:
    assert expected_values(add(ItemKind.GOAL)) == []
    assert expected_values(add(ItemKind.INDICATOR, add(ItemKind.GOAL))) == []
