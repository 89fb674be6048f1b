"""Places and numbers, and that no sequence of changes spoils the tree."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pspm.accounts.models import User
from pspm.core.errors import StateConflict
from pspm.extensions import db
from pspm.plans import queries, services
from pspm.plans.models import Item, ItemKind, Plan, Revision, RevisionKind
from pspm.plans.snapshot import ItemSnapshot
from pspm.plans.tree import build_snapshot_tree, build_tree, kinds_under, may_stand_under, walk
from tests.factories import make_body, make_user

SECTION, GOAL, OBJECTIVE, ACTION, INDICATOR = ItemKind


def test_numbers_follow_the_place(plan: Plan, add: Any) -> None:
    section = add(SECTION)
    add(SECTION, section)
    add(GOAL)
    goal = add(GOAL)
    objective = add(OBJECTIVE, goal)
    add(INDICATOR, objective)
    below = add(OBJECTIVE, objective)
    add(ACTION, below)
    action = add(ACTION, objective)
    add(INDICATOR, action)
    add(INDICATOR, objective)
    nodes = list(walk(build_tree(queries.list_items(plan))))
    assert [(node.number, node.depth) for node in nodes] == [
        ("", 0),
        ("", 1),
        ("1", 0),
        ("2", 0),
        ("2.1", 1),
        ("I2.1.1", 2),
        ("2.1.1", 2),
        ("A2.1.1.1", 3),
        ("A2.1.1", 2),
        ("IA2.1.1.1", 3),
        ("I2.1.2", 2),
    ]


def test_snapshots_are_numbered_alike() -> None:
    item = ItemSnapshot(kind=OBJECTIVE, title="o", children=(ItemSnapshot(kind=ACTION, title="a"),))
    goals = [ItemSnapshot(kind=GOAL, title="g"), ItemSnapshot(kind=GOAL, title="h", children=(item,))]
    assert [node.number for node in walk(build_snapshot_tree(goals))] == ["1", "2", "2.1", "A2.1.1"]


@pytest.mark.parametrize(
    ("parent", "kinds"),
    [
        (None, [SECTION, GOAL]),
        (SECTION, [SECTION]),
        (GOAL, [OBJECTIVE, ACTION, INDICATOR]),
        (OBJECTIVE, [OBJECTIVE, ACTION, INDICATOR]),
        (ACTION, [INDICATOR]),
        (INDICATOR, []),
    ],
)
def test_kinds_under(parent: ItemKind | None, kinds: list[ItemKind]) -> None:
    assert kinds_under(parent) == kinds


steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "add", "move", "delete", "restore", "save"]),
        st.integers(0, 30),
        st.integers(0, 30),
        st.integers(-1, 6),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_any_sequence_of_changes_keeps_the_tree_whole(app: Flask, changes: list[Any]) -> None:
    author = make_user(body=make_body())
    plan = services.create_plan(
        body=author.memberships[0].body,
        author=author,
        title="x",
        language="en",
        start_year=2026,
        end_year=2028,
    )
    for change in changes:
        _apply(plan, author, *change)
        _check_tree(plan)
    assert _replay(plan) == _shape(plan)
    db.session.rollback()


def _apply(plan: Plan, author: User, step: str, which: int, where: int, position: int) -> None:
    items: list[Item] = db.session.query(Item).filter_by(plan_id=plan.id).order_by(Item.id).all()
    item = items[which % len(items)] if items else None
    parent = ([*items, None])[where % (len(items) + 1)]
    try:
        if step == "add":
            _add(plan, author, parent, which, position)
        elif item is not None:
            _change(item, author, step, parent, position)
    except StateConflict:
        pass  # refused, as it should be; the tree must still be whole


def _add(plan: Plan, author: User, parent: Item | None, which: int, position: int) -> None:
    kinds = kinds_under(parent.kind if parent else None)
    if kinds:
        services.add_item(
            plan=plan,
            parent=parent,
            kind=kinds[which % len(kinds)],
            author=author,
            values={"title": str(which)},
            position=position,
        )


def _change(item: Item, author: User, step: str, parent: Item | None, position: int) -> None:
    if step == "move":
        services.move_item(item=item, parent=parent, position=position, author=author)
    elif step == "delete":
        services.delete_item(item=item, author=author)
    elif step == "restore":
        services.restore_item(item=item, author=author)
    else:
        number = item.revision_number
        services.save_item(
            item=item, author=author, expected_revision=number, values={"title": str(position)}
        )


def _check_tree(plan: Plan) -> None:
    alive = db.session.query(Item).filter_by(plan_id=plan.id, deleted_at=None).all()
    assert len(queries.list_items(plan)) == len(alive), "an item can't be reached: a cycle or a lost parent"
    kinds = {item.id: item.kind for item in alive}
    positions = defaultdict(list)
    for item in alive:
        assert may_stand_under(item.kind, kinds.get(item.parent_id) if item.parent_id else None)
        positions[item.parent_id].append(item.position)
    for places in positions.values():
        assert sorted(places) == list(range(len(places)))


def _shape(plan: Plan) -> list[tuple[str, str, int]]:
    return [
        (node.item.public_id, node.item.title, node.depth)
        for node in walk(build_tree(queries.list_items(plan)))
    ]


def _replay(plan: Plan) -> list[tuple[str, str, int]]:
    """The plan's tree made from its revisions alone."""
    below: dict[str | None, list[str]] = defaultdict(list)
    title: dict[str, str] = {}
    rows = db.session.query(Revision).filter_by(plan_id=plan.id).order_by(Revision.id)
    for revision in rows:
        key, after, before = revision.item.public_id, revision.after, revision.before
        title[key] = after["title"]
        if revision.kind in (RevisionKind.MOVED, RevisionKind.DELETED):
            assert before is not None
            below[before["parent"]].remove(key)
        if revision.kind in (RevisionKind.CREATED, RevisionKind.MOVED, RevisionKind.RESTORED):
            below[after["parent"]].insert(after["position"], key)

    def read(parent: str | None, depth: int) -> list[tuple[str, str, int]]:
        return [row for key in below[parent] for row in [(key, title[key], depth), *read(key, depth + 1)]]

    return read(None, 0)
