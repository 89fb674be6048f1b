"""Who may do what with a round."""

from __future__ import annotations

import pytest
from flask_login import AnonymousUserMixin

from pspm.accounts.models import BodyRole
from pspm.core.clock import now
from pspm.plans.models import PlanRole, PlanStatus
from pspm.reviews import policies
from pspm.reviews.models import Audience
from tests.factories import make_plan_member, make_user
from tests.reviews.world import World

VISITOR = AnonymousUserMixin()


@pytest.fixture
def people(world: World) -> dict[str, object]:
    invited = make_user()
    make_plan_member(world.plan, invited, PlanRole.REVIEWER)
    return {
        "visitor": VISITOR,
        "stranger": world.stranger,
        "reviewer": world.reviewer,
        "plan reviewer": invited,
        "drafter": world.drafter,
        "coordinator": world.coordinator,
        "manager": make_user(body=world.plan.body, role=BodyRole.MANAGER),
        "admin": make_user(is_admin=True),
    }


def allowed(rule: object, world: World, people: dict[str, object]) -> set[str]:
    return {name for name, person in people.items() if rule(person, world.round)}  # type: ignore[operator]


SIGNED_IN = {"stranger", "reviewer", "plan reviewer", "drafter", "coordinator", "manager", "admin"}
WRITERS = {"drafter", "coordinator", "manager"}


def test_round_for_everyone_signed_in(world: World, people: dict[str, object]) -> None:
    assert allowed(policies.can_view, world, people) == SIGNED_IN
    assert allowed(policies.can_view_register, world, people) == SIGNED_IN
    assert allowed(policies.can_comment, world, people) == SIGNED_IN - WRITERS
    assert allowed(policies.can_reply, world, people) == SIGNED_IN
    assert allowed(policies.can_coordinate, world, people) == {"coordinator", "manager"}
    assert allowed(policies.answers_for, world, people) == WRITERS


def test_round_for_invited_bodies(world: World, people: dict[str, object]) -> None:
    world.round.audience = Audience.INVITED
    world.round.bodies = [world.body]
    seen = {"reviewer", "plan reviewer", "admin"} | WRITERS
    assert allowed(policies.can_view, world, people) == seen
    assert allowed(policies.can_comment, world, people) == {"reviewer", "plan reviewer"}
    assert allowed(policies.can_reply, world, people) == {"reviewer", "plan reviewer"} | WRITERS


def test_round_that_is_not_started_is_seen_by_those_at_work_on_the_plan(
    world: World, people: dict[str, object]
) -> None:
    world.round.started_at = None
    assert allowed(policies.can_view, world, people) == {"plan reviewer", "admin"} | WRITERS


def test_register_is_public_once_decisions_are_published(world: World, people: dict[str, object]) -> None:
    world.round.audience = Audience.INVITED
    world.round.published_at = now()
    assert allowed(policies.can_view_register, world, people) == set(people)
    assert "visitor" not in allowed(policies.can_view, world, people)


def test_only_authors_change_their_contributions(world: World) -> None:
    comment = world.comment()
    assert policies.can_change(world.reviewer, comment)
    assert not policies.can_change(world.coordinator, comment)
    assert not policies.can_change(VISITOR, comment)


def test_later_draft_is_not_for_those_who_were_asked(world: World, people: dict[str, object]) -> None:
    world.plan.status = PlanStatus.DRAFT
    assert allowed(policies.can_view, world, people) == {"plan reviewer", "admin"} | WRITERS
