"""The sample data: complete, repeatable, and of use for signing in with every role."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from pspm.accounts.models import Body, BodyRole, BodyStatus, Membership, MembershipStatus, User
from pspm.core import clock
from pspm.extensions import Model, db
from pspm.plans.models import Action, Goal, Indicator, Item, Objective, Plan, PlanStatus, Target, Version
from pspm.practices.models import Attachment, Practice, PracticeStatus
from pspm.reviews.models import Contribution, Decision, Outcome, Round
from pspm.seeds import PASSWORD, list_people, load_sample_data
from pspm.seeds.reading import unwrap
from tests.conftest import empty_tables


@pytest.fixture(scope="module")
def loaded(application: Flask) -> Iterator[Flask]:
    """The app with the sample data, loaded once for all tests here: none of them changes it."""
    with application.app_context():
        assert load_sample_data()
        db.session.commit()
        yield application
        db.session.rollback()
        empty_tables()


def test_load_sample_data_is_a_whole_world(loaded: Flask) -> None:
    plan = _plan("Piano strategico triennale ICT 2026-2028")
    assert plan.status is PlanStatus.CONSULTATION
    statuses = db.session.scalars(select(Body.status).order_by(Body.id))
    assert list(statuses) == [BodyStatus.APPROVED] * 6 + [BodyStatus.REQUESTED]
    assert set(db.session.scalars(select(Membership.status))) == set(MembershipStatus)
    assert [_items(plan, kind) for kind in (Goal, Objective, Indicator, Action)] == [6, 27, 50, 63]
    assert _count(Practice) == 26
    assert _count(Attachment) == 3
    assert set(db.session.scalars(select(Practice.status))) == set(PracticeStatus)
    assert set(db.session.scalars(select(Membership.role))) == set(BodyRole)


def test_load_sample_data_targets_cover_each_year(loaded: Flask) -> None:
    plan = _plan("Piano strategico triennale ICT 2026-2028")
    years = select(Target.year, func.count()).join(Indicator).where(Indicator.plan_id == plan.id)
    assert db.session.execute(years.group_by(Target.year).order_by(Target.year)).all() == [
        (2026, 50),
        (2027, 50),
        (2028, 50),
    ]


def test_load_sample_data_open_round_has_all_states(loaded: Flask) -> None:
    comments = _comments("Consultazione sul Piano strategico triennale ICT 2026-2028")
    assert len(comments) == 85
    assert any(comment.edited_at for comment in comments)
    assert any(comment.withdrawn_at for comment in comments)
    assert any(comment.quote for comment in comments)
    assert any(comment.revision.number < comment.item.revision_number for comment in comments)
    decisions = [comment.decision for comment in comments if comment.decision]
    assert {decision.published_at is None for decision in decisions} == {True, False}
    assert {decision.outcome for decision in decisions} == set(Outcome)


def test_load_sample_data_approved_plan_answered_everything(loaded: Flask) -> None:
    plan = _plan("Digital service quality plan 2025-2027")
    assert plan.status is PlanStatus.APPROVED
    assert [v.number for v in db.session.scalars(select(Version).where(Version.plan_id == plan.id))] == [1]
    decisions = [c.decision for c in _comments("Consultation on the Digital service quality plan 2025-2027")]
    assert len(decisions) == 21
    assert all(decision and decision.published_at for decision in decisions)
    assert len([decision for decision in decisions if decision and decision.revision]) == 8


def test_load_sample_data_says_the_language_of_each_contribution(loaded: Flask) -> None:
    words = {
        "en": {"the", "is", "of", "to", "and", "for"},
        "it": {"il", "la", "di", "che", "per", "non", "è"},
    }
    found = Counter()
    for contribution in db.session.scalars(select(Contribution)):
        said = Counter(re.findall(r"\w+", contribution.text.lower()))
        own, other = (
            sum(said[word] for word in words[language])
            for language in (contribution.language, "it" if contribution.language == "en" else "en")
        )
        assert own >= other, contribution.text
        found[contribution.language] += 1
    assert found["en"] > 25
    assert found["it"] > 60


def test_load_sample_data_twice_changes_nothing(loaded: Flask) -> None:
    tables = (User, Body, Plan, Item, Contribution, Decision, Practice)
    before = [_count(table) for table in tables]
    assert not load_sample_data()
    assert [_count(table) for table in tables] == before


def test_load_sample_data_everybody_can_sign_in(loaded: Flask) -> None:
    for person in list_people():
        client = loaded.test_client()
        answer = client.post("/account/sign-in", data={"email": person["email"], "password": PASSWORD})
        assert answer.status_code == 303, person["email"]


def test_seed_command_says_who_can_sign_in(loaded: Flask) -> None:
    result = loaded.test_cli_runner().invoke(args=["seed"])
    assert result.exit_code == 0
    assert PASSWORD in result.output
    assert all(person["email"] in result.output for person in list_people())


def test_seed_command_refuses_production(application: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(application.config, "ENVIRONMENT", "production")
    result = application.test_cli_runner().invoke(args=["seed"])
    assert result.exit_code == 1
    assert "not in production" in result.output


def test_shifted_moves_the_clock_and_back() -> None:
    with clock.shifted(timedelta(days=-30)):
        assert clock.now() < datetime.now(UTC) - timedelta(days=29)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_unwrap_keeps_lists_and_tables() -> None:
    text = "One\nline.\n\n- first\n  entry\n- second\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    assert unwrap(text) == "One line.\n\n- first entry\n- second\n\n| a | b |\n|---|---|\n| 1 | 2 |"


def _count(table: type[Model]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def _plan(title: str) -> Plan:
    return db.session.scalars(select(Plan).where(Plan.title == title)).one()


def _items(plan: Plan, kind: type[Item]) -> int:
    items = select(func.count()).select_from(kind).where(kind.plan_id == plan.id, kind.deleted_at.is_(None))
    return db.session.scalar(items) or 0


def _comments(title: str) -> list[Contribution]:
    round_id = select(Round.id).where(Round.title == title).scalar_subquery()
    comments = select(Contribution).where(Contribution.round_id == round_id, Contribution.parent_id.is_(None))
    return list(db.session.scalars(comments))
