"""Two requests at the same moment, or the same one twice: everything is counted and told once."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from pspm.accounts.models import User
from pspm.core.jobs import Job
from pspm.extensions import db
from pspm.reviews import services
from pspm.reviews.models import Contribution, Decision, Outcome, Round, Thread
from pspm.reviews.services.decisions import PUBLICATION_JOB
from tests.plans.test_concurrent_saves import run_both
from tests.reviews.world import World, make_world


@pytest.fixture
def world(app: Flask) -> World:
    return make_world()


def test_the_same_comment_sent_twice_is_kept_once(world: World) -> None:
    first, second = world.comment(text="Once."), world.comment(text="Once.")
    assert first.id == second.id
    assert db.session.query(Contribution).count() == 1
    assert db.session.query(Thread.count).scalar() == 1


def test_the_same_words_after_withdrawing_them_are_a_new_comment(world: World) -> None:
    first = world.comment(text="Again.")
    services.withdraw_contribution(contribution=first)
    assert world.comment(text="Again.").id != first.id


def test_two_withdrawals_count_once(app: Flask, world: World) -> None:
    comment_id = world.comment().id
    db.session.commit()

    def withdraw() -> None:
        services.withdraw_contribution(contribution=db.session.get_one(Contribution, comment_id))

    outcomes = run_both(app, withdraw, withdraw)
    assert sorted(outcomes) == ["StateConflict", "done"]
    assert db.session.query(Thread.count).scalar() == 0


def test_two_decisions_on_one_comment_leave_one(app: Flask, world: World) -> None:
    ids = world.comment().id, world.coordinator.id
    db.session.commit()
    outcomes = run_both(app, _decider(*ids, "Yes."), _decider(*ids, "No."))
    assert outcomes == ["done", "done"]
    assert db.session.query(Decision).count() == 1


def test_two_clicks_on_publish_tell_the_authors_once(app: Flask, world: World) -> None:
    ids = world.comment().id, world.coordinator.id
    _decider(*ids, "Yes.")()
    round_id = world.round.id
    db.session.commit()

    def publish() -> None:
        services.publish_decisions(
            round=db.session.get_one(Round, round_id), author=db.session.get_one(User, ids[1])
        )

    outcomes = run_both(app, publish, publish)
    assert sorted(outcomes) == ["StateConflict", "done"]
    assert db.session.query(Job).filter_by(kind=PUBLICATION_JOB).count() == 1


def test_eight_writers_at_once_are_all_counted(app: Flask, world: World) -> None:
    round_id, item_id, author_id = world.round.id, world.items["goal"].id, world.stranger.id
    revision = world.comment("goal").revision
    db.session.commit()
    revision_id = revision.id
    db.session.rollback()

    def writer(number: int) -> Any:
        def write() -> None:
            services.add_contribution(
                round=db.session.get_one(Round, round_id),
                item=db.session.get_one(type(world.items["goal"]), item_id),
                revision=db.session.get_one(type(revision), revision_id),
                author=db.session.get_one(User, author_id),
                text=f"Remark {number}",
            )

        return write

    assert run_both(app, *(writer(number) for number in range(8))) == ["done"] * 8
    assert db.session.query(Thread.count).filter_by(item_id=item_id).scalar() == 9


def _decider(comment_id: int, author_id: int, reason: str) -> Any:
    def decide() -> None:
        services.draft_decision(
            contribution=db.session.get_one(Contribution, comment_id),
            author=db.session.get_one(User, author_id),
            outcome=Outcome.ACCEPTED,
            reason=reason,
        )

    return decide
