"""Two transactions on the same item at the same moment: neither loses a word."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask

from pspm.accounts.models import User
from pspm.core.errors import StateConflict
from pspm.extensions import db
from pspm.plans import queries, services
from pspm.plans.models import Item, ItemKind, Plan, Revision


def run_both(app: Flask, *works: Any) -> list[str]:
    """Run the works at once, each in a transaction of its own; what became of each."""
    gate, outcomes = threading.Barrier(len(works)), ["?"] * len(works)

    def run(index: int, work: Any) -> None:
        with app.app_context():
            gate.wait()
            try:
                work()
                db.session.commit()
                outcomes[index] = "done"
            except StateConflict as error:
                db.session.rollback()
                outcomes[index] = type(error).__name__
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def saver(item_id: int, author_id: int, **values: str) -> Any:
    def work() -> None:
        services.save_item(
            item=db.session.get_one(Item, item_id),
            author=db.session.get_one(User, author_id),
            expected_revision=1,
            values=values,
        )

    return work


@pytest.fixture
def goal(add: Any) -> Item:
    item: Item = add(ItemKind.GOAL, text="The library lends books to all residents of the town.")
    db.session.commit()
    return item


def test_two_saves_of_different_words_are_both_kept(app: Flask, goal: Item, author: User) -> None:
    ids = goal.id, author.id
    first = saver(*ids, text="The library lends books and games to all residents of the town.")
    second = saver(*ids, text="The library lends books to all residents of the whole county.", title="Lend")
    db.session.commit()
    assert run_both(app, first, second) == ["done", "done"]
    db.session.expire_all()
    assert goal.text == "The library lends books and games to all residents of the whole county."
    assert (goal.title, goal.revision_number) == ("Lend", 3)
    assert db.session.query(Revision).filter_by(item_id=goal.id).count() == 3


def test_of_two_saves_of_the_same_words_one_is_asked(app: Flask, goal: Item, author: User) -> None:
    ids = goal.id, author.id
    db.session.commit()
    outcomes = run_both(app, saver(*ids, title="Mine"), saver(*ids, title="Yours"))
    assert sorted(outcomes) == ["EditConflict", "done"]
    db.session.expire_all()
    assert (goal.title in ("Mine", "Yours"), goal.revision_number) == (True, 2)


def test_additions_at_once_have_places_of_their_own(app: Flask, plan: Plan, author: User) -> None:
    db.session.commit()
    ids = plan.id, author.id

    def work() -> None:
        services.add_item(
            plan=db.session.get_one(Plan, ids[0]),
            parent=None,
            kind=ItemKind.GOAL,
            author=db.session.get_one(User, ids[1]),
            values={"title": "Goal"},
        )

    db.session.commit()
    assert run_both(app, *[work] * 6) == ["done"] * 6
    db.session.expire_all()
    assert [item.position for item in queries.list_items(plan)] == list(range(6))
    assert plan.stamp == 7
