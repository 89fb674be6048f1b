"""Rounds: prepared, started, extended, closed; who is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from pspm.core.clock import now
from pspm.core.errors import InvalidInput, StateConflict
from pspm.core.mail import Mail
from pspm.extensions import db
from pspm.plans.models import PlanRole, PlanStatus
from pspm.reviews import queries, services
from pspm.reviews.models import Audience, Round, RoundState
from tests.factories import make_body, make_plan, make_plan_member, make_user
from tests.reviews.world import World


def prepare(plan: Any, **values: Any) -> Round:
    defaults = {
        "plan": plan,
        "author": plan.created_by,
        "title": "What do you think?",
        "audience": Audience.SIGNED_IN,
        "opens_at": now() - timedelta(minutes=1),
        "closes_at": now() + timedelta(days=10),
    }
    return services.create_round(**{**defaults, **values})


def settings(round: Round, **values: Any) -> dict[str, Any]:
    names = ("title", "introduction", "audience", "opens_at", "closes_at", "bodies")
    return {"author": round.created_by} | {name: getattr(round, name) for name in names} | values


@pytest.mark.usefixtures("app")
def test_prepared_round_leaves_the_plan_alone() -> None:
    plan = make_plan()
    round = prepare(plan)
    assert round.state_at(now()) is RoundState.PREPARED
    assert plan.status is PlanStatus.DRAFT


@pytest.mark.usefixtures("app")
def test_starting_freezes_the_plan_and_opens_by_the_clock() -> None:
    plan = make_plan()
    opens = now() + timedelta(hours=1)
    round = prepare(plan, opens_at=opens)
    services.start_round(round=round, author=plan.created_by)
    assert plan.status is PlanStatus.CONSULTATION
    second = timedelta(seconds=1)
    assert round.state_at(opens - second) is RoundState.COMING
    assert round.state_at(opens) is RoundState.OPEN
    assert round.state_at(round.closes_at - second) is RoundState.OPEN
    assert round.state_at(round.closes_at) is RoundState.CLOSED


@pytest.mark.usefixtures("app")
def test_round_closes_after_it_opens() -> None:
    moment = now()
    with pytest.raises(InvalidInput) as error:
        prepare(make_plan(), opens_at=moment, closes_at=moment)
    assert set(error.value.fields) == {"closes_at"}


@pytest.mark.usefixtures("app")
def test_invitation_needs_a_body() -> None:
    with pytest.raises(InvalidInput) as error:
        prepare(make_plan(), audience=Audience.INVITED)
    assert set(error.value.fields) == {"bodies"}


def test_round_starts_once(world: World) -> None:
    with pytest.raises(StateConflict, match="already"):
        services.start_round(round=world.round, author=world.coordinator)


def test_only_one_round_runs_on_a_plan(world: World) -> None:
    second = prepare(world.plan)
    with pytest.raises(StateConflict):
        services.start_round(round=second, author=world.coordinator)


@pytest.mark.usefixtures("app")
def test_round_whose_time_is_over_does_not_start(at: Callable[[datetime], None]) -> None:
    plan = make_plan()
    round = prepare(plan)
    at(round.closes_at)
    with pytest.raises(StateConflict, match="closing time"):
        services.start_round(round=round, author=plan.created_by)
    assert plan.status is PlanStatus.DRAFT


def test_closing_ends_the_round_now_and_opens_the_text(world: World, at: Callable[[datetime], None]) -> None:
    moment = now()
    at(moment)
    services.close_round(round=world.round, author=world.coordinator)
    assert world.round.closes_at == moment
    assert world.round.state_at(moment) is RoundState.CLOSED
    assert world.plan.status is PlanStatus.CONSOLIDATION
    with pytest.raises(StateConflict):
        services.close_round(round=world.round, author=world.coordinator)


def test_closing_after_its_time_keeps_the_time(world: World, at: Callable[[datetime], None]) -> None:
    ended = world.round.closes_at
    at(ended + timedelta(days=3))
    services.close_round(round=world.round, author=world.coordinator)
    assert world.round.closes_at == ended


def test_round_that_has_not_opened_goes_back_to_preparation(world: World) -> None:
    world.round.opens_at = now() + timedelta(days=1)
    services.close_round(round=world.round, author=world.coordinator)
    assert world.round.state_at(now()) is RoundState.PREPARED
    assert world.plan.status is PlanStatus.CONSOLIDATION
    services.start_round(round=world.round, author=world.coordinator)
    assert world.plan.status is PlanStatus.CONSULTATION


def test_open_round_can_be_extended_but_not_moved(world: World) -> None:
    opened, later = world.round.opens_at, world.round.closes_at + timedelta(days=7)
    values = settings(world.round, closes_at=later, opens_at=now(), audience=Audience.INVITED, title="New")
    services.update_round(round=world.round, **values)
    assert (world.round.opens_at, world.round.closes_at) == (opened, later)
    assert world.round.audience is Audience.SIGNED_IN
    assert world.round.title == "New"


@pytest.mark.usefixtures("app")
def test_prepared_round_can_be_changed_in_all() -> None:
    round = prepare(make_plan())
    body, opens = make_body(), now() + timedelta(days=2)
    values = settings(round, audience=Audience.INVITED, bodies=[body], opens_at=opens)
    services.update_round(round=round, **values)
    assert (round.audience, round.bodies, round.opens_at) == (Audience.INVITED, [body], opens)
    db.session.commit()
    assert db.session.query(Mail).count() == 0


def test_closed_round_stays_as_it_is(world: World) -> None:
    services.close_round(round=world.round, author=world.coordinator)
    with pytest.raises(StateConflict):
        services.update_round(round=world.round, **settings(world.round, title="New"))


@pytest.mark.usefixtures("app")
def test_invited_people_are_told_when_the_round_starts() -> None:
    plan, body, other = make_plan(title="ICT plan"), make_body(), make_body()
    person = make_user(body=body, locale="it")
    make_user(body=body, is_blocked=True)
    make_user(body=other)
    reviewer = make_user()
    make_plan_member(plan, reviewer, PlanRole.REVIEWER)
    round = prepare(plan, audience=Audience.INVITED, bodies=[body])
    services.start_round(round=round, author=plan.created_by)
    db.session.commit()
    mails = {mail.recipient: mail for mail in db.session.query(Mail)}
    assert set(mails) == {person.email, reviewer.email}
    assert "ICT plan" in mails[reviewer.email].subject
    assert f"/rounds/{round.public_id}" in mails[person.email].body


def test_body_that_joins_a_running_round_is_invited_at_once(world: World) -> None:
    newcomer = make_body()
    person = make_user(body=newcomer)
    services.update_round(round=world.round, **settings(world.round, bodies=[newcomer]))
    db.session.commit()
    assert [mail.recipient for mail in db.session.query(Mail)] == [person.email]


def test_people_are_shown_the_rounds_that_they_may_know_of(world: World) -> None:
    moment = now()
    invited = prepare(world.plan, audience=Audience.INVITED, bodies=[world.body])
    invited.started_at = moment
    prepared = prepare(world.plan)

    def known(user: object, **values: Any) -> set[Round]:
        return set(queries.list_rounds(user, moment, **values).items)  # type: ignore[arg-type]

    assert known(world.stranger) == {world.round}
    assert known(world.reviewer) == {world.round, invited}
    everything = {world.round, invited, prepared}
    assert known(world.coordinator) == known(world.drafter) == known(make_user(is_admin=True)) == everything
    assert known(world.coordinator, state=RoundState.PREPARED) == {prepared}
    assert known(world.coordinator, plan=make_plan()) == set()


@pytest.mark.parametrize("state", list(RoundState))
def test_states_in_the_list_are_those_of_the_clock(world: World, state: RoundState) -> None:
    moment = now()
    for opens, closes in ((-2, -1), (-1, 1), (1, 2)):
        round = prepare(
            world.plan, opens_at=moment + timedelta(days=opens), closes_at=moment + timedelta(days=closes)
        )
        round.started_at = moment
    prepare(world.plan)
    found = queries.list_rounds(world.coordinator, moment, state=state).items
    assert found
    assert {round.state_at(moment) for round in found} == {state}
