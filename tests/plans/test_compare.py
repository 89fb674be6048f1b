"""Two versions of a plan, item by item."""

from __future__ import annotations

import random
import time
from decimal import Decimal
from string import ascii_lowercase

from flask import Flask

from pspm.plans.compare import Difference, compare_snapshots
from pspm.plans.models import ItemKind
from pspm.plans.snapshot import BodySnapshot, ItemSnapshot, PlanSnapshot, TargetSnapshot


def plan(*items: ItemSnapshot, title: str = "Plan", **labels: str) -> PlanSnapshot:
    return PlanSnapshot(
        title=title,
        language="en",
        start_year=2026,
        end_year=2028,
        body=BodySnapshot(name="Ministry"),
        items=items,
        labels=labels,
    )


def goal(key: str, *children: ItemSnapshot, title: str = "") -> ItemSnapshot:
    return ItemSnapshot(kind=ItemKind.GOAL, id=key, title=title or key, children=children)


def objective(key: str, text: str = "", *children: ItemSnapshot) -> ItemSnapshot:
    return ItemSnapshot(kind=ItemKind.OBJECTIVE, id=key, title=key, text=text, children=children)


def indicator(key: str, value: str) -> ItemSnapshot:
    target = TargetSnapshot(year=2026, value=Decimal(value))
    return ItemSnapshot(kind=ItemKind.INDICATOR, id=key, title=key, fields={"unit": "%"}, targets=(target,))


def found(old: PlanSnapshot, new: PlanSnapshot) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (item.item.id, tuple(kind.value for kind in item.kinds)) for item in compare_snapshots(old, new).items
    ]


def test_same_plan_has_no_differences(app: Flask) -> None:
    one = plan(goal("a", objective("b")))
    comparison = compare_snapshots(one, one)
    assert (comparison.items, comparison.settings, comparison.unchanged) == ([], [], 2)


def test_added_and_removed_items_stand_where_they_were(app: Flask) -> None:
    old = plan(goal("first"), goal("a"), goal("gone", objective("below")), goal("z"))
    new = plan(goal("a"), goal("new"), goal("z"))
    assert found(old, new) == [
        ("first", ("removed",)),
        ("gone", ("removed",)),
        ("below", ("removed",)),
        ("new", ("added",)),
    ]


def test_moved_to_another_parent_and_changed(app: Flask) -> None:
    old = plan(goal("a", objective("x", "Old words")), goal("b"))
    new = plan(goal("a"), goal("b", objective("x", "New words")))
    (item,) = compare_snapshots(old, new).items
    assert item.kinds == (Difference.MOVED, Difference.CHANGED)
    assert (item.old_number, item.new_number) == ("1.1", "2.1")
    assert (item.old_parent, item.new_parent) == ("a", "b")
    assert [(change.name, list(change.chunks)) for change in item.changes] == [
        ("text", [("delete", "Old"), ("insert", "New"), ("equal", " words")])
    ]


def test_only_what_left_the_order_counts_as_moved(app: Flask) -> None:
    old = plan(goal("a"), goal("b"), goal("c"), goal("d"))
    assert found(old, plan(goal("d"), goal("a"), goal("b"), goal("c"))) == [("d", ("moved",))]
    assert found(old, plan(goal("b"), goal("c"), goal("d"))) == [("a", ("removed",))]


def test_targets_and_settings_are_compared_in_words(app: Flask) -> None:
    old = plan(goal("a", objective("b", "", indicator("i", "80"))))
    new = plan(goal("a", objective("b", "", indicator("i", "85.5"))), title="Plan II", goal="Priority")
    comparison = compare_snapshots(old, new)
    (item,) = comparison.items
    assert [(change.label, list(change.chunks)) for change in item.changes] == [
        ("Target for 2026", [("delete", "80"), ("insert", "85.5"), ("equal", " %")])
    ]
    assert [change.label for change in comparison.settings] == ["Title", "Label for “Goal”"]


def test_counts_are_by_kind(app: Flask) -> None:
    old = plan(goal("a", objective("x", "one")), goal("b"), goal("gone"))
    new = plan(goal("a"), goal("b", objective("x", "two")), goal("new"))
    assert compare_snapshots(old, new).counts == {
        Difference.ADDED: 1,
        Difference.REMOVED: 1,
        Difference.MOVED: 1,
        Difference.CHANGED: 1,
    }


def test_large_plans_are_compared_quickly(app: Flask) -> None:
    """400 items with two paragraphs each, all of them changed: under a second where nothing else runs."""
    chance = random.Random(7)
    vocabulary = ["".join(chance.choices(ascii_lowercase, k=chance.randint(2, 11))) for _word in range(2000)]
    texts = [" ".join(chance.choices(vocabulary, k=150)) for _item in range(380)]

    def large(change: str) -> PlanSnapshot:
        objectives = [objective(f"o{i}", f"{text} {change} {text}") for i, text in enumerate(texts)]
        return plan(*(goal(f"g{i}", *objectives[i * 19 : i * 19 + 19]) for i in range(20)))

    old, new = large("soon"), large("later")
    begin = time.process_time()
    comparison = compare_snapshots(old, new)
    assert time.process_time() - begin < 3
    assert len(comparison.items) == 380
