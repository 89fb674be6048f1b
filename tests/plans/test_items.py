"""Changes of items: places, saves, conflicts, deleting and restoring."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pspm.accounts.models import User
from pspm.core.errors import InvalidInput, NotFound, StateConflict
from pspm.extensions import db
from pspm.plans import queries, services
from pspm.plans.models import Indicator, Item, ItemKind, Plan, PlanStatus, Revision, RevisionKind
from pspm.plans.snapshot import TargetSnapshot
from pspm.plans.tree import MAX_DEPTH
from tests.factories import make_plan

SECTION, GOAL, OBJECTIVE, ACTION, INDICATOR = ItemKind


def titles(plan: Plan) -> list[str]:
    return [item.title for item in queries.list_items(plan)]


def revisions(item: Item) -> list[Revision]:
    return list(db.session.query(Revision).filter_by(item_id=item.id).order_by(Revision.number))


def save(item: Item, author: User, expected: int | None = None, **values: Any) -> services.Saved:
    number = item.revision_number if expected is None else expected
    return services.save_item(item=item, author=author, expected_revision=number, values=values)


def test_add_item_writes_the_first_revision_and_raises_the_stamp(plan: Plan, add: Any) -> None:
    stamp = plan.stamp
    goal = add(GOAL, title="Open data")
    (revision,) = revisions(goal)
    assert (revision.number, revision.kind, revision.before) == (1, RevisionKind.CREATED, None)
    assert revision.after == {
        "title": "Open data",
        "text": "",
        "code": "",
        "responsible": "",
        "parent": None,
        "position": 0,
    }
    assert plan.stamp == stamp + 1


def test_add_item_at_a_position_moves_the_others_on(plan: Plan, author: User, add: Any) -> None:
    add(GOAL, title="a"), add(GOAL, title="b")
    services.add_item(plan=plan, parent=None, kind=GOAL, author=author, values={"title": "c"}, position=1)
    assert titles(plan) == ["a", "c", "b"]


@pytest.mark.parametrize(("kind", "parent"), [(OBJECTIVE, None), (ACTION, None), (INDICATOR, None)])
def test_add_item_refuses_places_that_a_kind_may_not_have(add: Any, kind: ItemKind, parent: None) -> None:
    with pytest.raises(StateConflict, match="can't stand there"):
        add(kind, parent)


def test_add_item_refuses_a_deleted_parent(add: Any, author: User) -> None:
    goal = add(GOAL)
    services.delete_item(item=goal, author=author)
    with pytest.raises(StateConflict, match="deleted"):
        add(OBJECTIVE, goal)


def test_add_item_refuses_a_parent_in_another_plan(plan: Plan, author: User, add: Any) -> None:
    goal = add(GOAL)
    with pytest.raises(StateConflict, match="its plan"):
        services.add_item(plan=make_plan(), parent=goal, kind=OBJECTIVE, author=author, values={"title": "x"})


def test_add_item_stops_at_the_deepest_level(add: Any) -> None:
    parent = add(GOAL)
    for _level in range(MAX_DEPTH - 1):
        parent = add(OBJECTIVE, parent)
    with pytest.raises(StateConflict, match="levels"):
        add(OBJECTIVE, parent)


@pytest.mark.parametrize("status", [PlanStatus.CONSULTATION, PlanStatus.APPROVED])
def test_nothing_changes_while_the_text_is_frozen(
    plan: Plan, author: User, add: Any, status: PlanStatus
) -> None:
    goal, gone = add(GOAL), add(GOAL)
    services.delete_item(item=gone, author=author)
    plan.status = status
    for change in (
        lambda: add(GOAL),
        lambda: save(goal, author, title="x"),
        lambda: services.move_item(item=goal, parent=None, position=0, author=author),
        lambda: services.delete_item(item=goal, author=author),
        lambda: services.restore_item(item=gone, author=author),
    ):
        with pytest.raises(StateConflict):
            change()


def test_consolidation_is_for_writing(plan: Plan, add: Any) -> None:
    plan.status = PlanStatus.CONSOLIDATION
    assert add(GOAL).revision_number == 1


def test_save_item_keeps_before_and_after(author: User, add: Any) -> None:
    goal = add(GOAL, title="Old")
    saved = save(goal, author, title="New")
    assert saved.revision is not None
    assert saved.revision.before is not None
    assert (saved.revision.before["title"], saved.revision.after["title"]) == ("Old", "New")
    assert (saved.revision.number, saved.revision.kind, saved.merged) == (2, RevisionKind.EDITED, ())


def test_saving_what_is_there_writes_no_revision(plan: Plan, author: User, add: Any) -> None:
    indicator = _indicator(add)
    stamp = plan.stamp
    assert save(indicator, author, weight=Decimal("50.00"), unit="").revision is None
    assert (indicator.revision_number, plan.stamp) == (1, stamp)


def test_save_item_sets_every_field_and_target(author: User, add: Any) -> None:
    indicator = _indicator(add)
    save(
        indicator,
        author,
        unit="loans",
        weight=Decimal("40"),
        targets=(
            TargetSnapshot(year=2027, value=Decimal("11")),
            TargetSnapshot(year=2028, text="more than 2027"),
        ),
    )
    db.session.expire_all()
    again = queries.get_item(indicator.plan, indicator.public_id)
    assert isinstance(again, Indicator)
    assert (again.unit, again.weight) == ("loans", Decimal("40"))
    assert [(t.year, t.value, t.text) for t in again.targets] == [
        (2027, Decimal("11"), ""),
        (2028, None, "more than 2027"),
    ]


def test_fields_that_do_not_overlap_are_merged(author: User, add: Any) -> None:
    indicator = _indicator(add)
    save(indicator, author, expected=1, unit="loans")
    saved = save(indicator, author, expected=1, title="Loans a year", unit="")
    assert (indicator.title, indicator.unit, saved.merged) == ("Loans a year", "loans", ("unit",))


def test_words_of_one_text_are_merged(author: User, add: Any) -> None:
    goal = add(GOAL, text="The library lends books to all residents of the town.")
    save(goal, author, expected=1, text="The library lends books and games to all residents of the town.")
    saved = save(
        goal, author, expected=1, text="The library lends books to all residents of the whole county."
    )
    assert goal.text == "The library lends books and games to all residents of the whole county."
    assert saved.merged == ("text",)


def test_targets_are_merged_by_year(author: User, add: Any) -> None:
    indicator = _indicator(add)
    first = TargetSnapshot(year=2026, value=Decimal("10"))
    save(indicator, author, expected=1, targets=(first, TargetSnapshot(year=2027, value=Decimal("12"))))
    save(indicator, author, expected=1, targets=(first, TargetSnapshot(year=2028, value=Decimal("14"))))
    assert [(t.year, t.value) for t in indicator.targets] == [(2026, 10), (2027, 12), (2028, 14)]


def test_the_same_words_changed_twice_are_a_conflict(author: User, add: Any) -> None:
    indicator = _indicator(add)
    save(indicator, author, expected=1, title="Loans", weight=Decimal(60), targets=())
    with pytest.raises(services.EditConflict) as caught:
        save(
            indicator,
            author,
            expected=1,
            title="Visits",
            weight=Decimal(70),
            unit="visits",
            targets=(TargetSnapshot(year=2026, value=Decimal(11)),),
        )
    assert {c.name: (c.base, c.theirs, c.mine) for c in caught.value.conflicts} == {
        "title": ("Indicator", "Loans", "Visits"),
        "weight": ("50", "60", "70"),
        "targets.2026.value": ("10", None, "11"),
    }
    assert caught.value.merged["unit"] == "visits"
    assert (indicator.title, indicator.revision_number) == ("Loans", 2)


def test_a_revision_that_never_was_is_refused(author: User, add: Any) -> None:
    with pytest.raises(InvalidInput):
        save(add(GOAL), author, expected=7, title="x")


def test_a_move_meanwhile_does_not_disturb_a_save(plan: Plan, author: User, add: Any) -> None:
    first, second = add(GOAL, title="a"), add(GOAL, title="b")
    services.move_item(item=first, parent=None, position=1, author=author)
    save(first, author, expected=1, title="A")
    assert titles(plan) == ["b", "A"]
    assert second.revision_number == 1


def test_saving_a_deleted_item_is_refused(author: User, add: Any) -> None:
    goal = add(GOAL)
    services.delete_item(item=goal, author=author)
    with pytest.raises(StateConflict, match="deleted while"):
        save(goal, author, title="x")


def test_move_item_changes_parent_and_order(plan: Plan, author: User, add: Any) -> None:
    one, two = add(GOAL, title="1"), add(GOAL, title="2")
    a, b, c = (add(OBJECTIVE, one, title=name) for name in "abc")
    assert services.move_item(item=b, parent=two, position=99, author=author)
    assert titles(plan) == ["1", "a", "c", "2", "b"]
    assert [a.position, c.position, b.position] == [0, 1, 0]
    revision = revisions(b)[-1]
    assert revision.kind is RevisionKind.MOVED
    assert (revision.after["parent"], revision.after["position"]) == (two.public_id, 0)


def test_moving_to_where_it_stands_writes_nothing(author: User, add: Any) -> None:
    goal = add(GOAL)
    assert not services.move_item(item=goal, parent=None, position=5, author=author)
    assert goal.revision_number == 1


def test_an_item_cannot_stand_below_itself(author: User, add: Any) -> None:
    top = add(OBJECTIVE, add(GOAL))
    below = add(OBJECTIVE, top)
    with pytest.raises(StateConflict, match="below itself"):
        services.move_item(item=top, parent=below, position=0, author=author)


def test_a_moved_branch_must_fit_the_levels(author: User, add: Any) -> None:
    parent = goal = add(GOAL)
    for _level in range(MAX_DEPTH - 2):
        parent = add(OBJECTIVE, parent)
    branch = add(OBJECTIVE, goal)
    add(OBJECTIVE, branch)
    with pytest.raises(StateConflict, match="levels"):
        services.move_item(item=branch, parent=parent, position=0, author=author)


def test_a_deleted_item_can_be_neither_moved_nor_deleted(author: User, add: Any) -> None:
    goal = add(GOAL)
    services.delete_item(item=goal, author=author)
    with pytest.raises(StateConflict):
        services.move_item(item=goal, parent=None, position=0, author=author)
    with pytest.raises(StateConflict):
        services.delete_item(item=goal, author=author)


def test_delete_takes_all_below_and_restore_brings_it_back(plan: Plan, author: User, add: Any) -> None:
    goal = add(GOAL, title="1")
    add(GOAL, title="2")
    objective = add(OBJECTIVE, goal, title="1.1")
    add(ACTION, objective, title="A1.1.1")
    earlier = add(OBJECTIVE, goal, title="gone before")
    services.delete_item(item=earlier, author=author)
    assert services.delete_item(item=goal, author=author) == 3
    assert titles(plan) == ["2"]
    assert [item.title for item in queries.list_deleted_items(plan).items] == ["1", "gone before"]
    with pytest.raises(StateConflict, match="restore “1” first"):
        services.restore_item(item=earlier, author=author)
    assert services.restore_item(item=goal, author=author) == 3
    assert titles(plan) == ["1", "1.1", "A1.1.1", "2"]
    assert [item.title for item in queries.list_deleted_items(plan).items] == ["gone before"]
    assert services.restore_item(item=earlier, author=author) == 1
    assert [revision.kind for revision in revisions(goal)] == [
        RevisionKind.CREATED,
        RevisionKind.DELETED,
        RevisionKind.RESTORED,
    ]


def test_restoring_a_living_item_is_refused(author: User, add: Any) -> None:
    with pytest.raises(StateConflict, match="not deleted"):
        services.restore_item(item=add(GOAL), author=author)


def test_writing_to_a_deleted_plan_finds_nothing(plan: Plan, add: Any) -> None:
    plan.deleted_at = plan.created_at
    with pytest.raises(NotFound):
        add(GOAL)


def _indicator(add: Any) -> Indicator:
    indicator: Indicator = add(
        INDICATOR,
        add(OBJECTIVE, add(GOAL)),
        weight=Decimal(50),
        targets=(TargetSnapshot(year=2026, value=Decimal(10)),),
    )
    return indicator
