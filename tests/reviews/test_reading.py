"""The reading page: what is kept of it, and that no change is missed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from flask import Flask

from pspm.core import cache
from pspm.extensions import db
from pspm.plans import services as plan_services
from pspm.plans.models import ItemKind, PlanStatus
from pspm.reviews import reading, services
from pspm.reviews.models import Outcome
from tests.reviews.world import World, make_world


class Page(NamedTuple):
    number: int
    titles: tuple[str, ...]
    contents: str
    text: str


@pytest.fixture
def read(app: Flask) -> Callable[..., Page]:
    def read(world: World, number: int = 1, *, may_comment: bool = True) -> Page:
        with app.test_request_context():
            part = reading.read_part(world.round, number, may_comment=may_comment)
            return Page(part.number, part.titles, part.contents, part.text.decode())

    return read


def test_every_item_has_its_thread(world: World, read: Callable[..., Page]) -> None:
    text = read(world).text
    for item in world.items.values():
        assert f'id="item-{item.public_id}"' in text
        assert f'id="thread-{item.public_id}"' in text


def test_every_change_shows_at_once(world: World, read: Callable[..., Page]) -> None:
    assert "Brave words" not in read(world).text
    comment = world.comment(text="Brave words")
    assert "Brave words" in read(world).text
    reply = world.comment(author=world.drafter, parent=comment, text="Thank you")
    assert "Thank you" in read(world).text
    services.edit_contribution(contribution=comment, text="Braver words")
    assert "Braver words" in read(world).text
    services.draft_decision(
        contribution=comment, author=world.coordinator, outcome=Outcome.ACCEPTED, reason="Well said"
    )
    assert "Well said" not in read(world).text
    services.publish_decisions(round=world.round, author=world.coordinator)
    assert "Well said" in read(world).text
    services.withdraw_contribution(contribution=reply)
    assert "Thank you" not in read(world).text


def test_only_threads_that_changed_are_read_again(
    world: World, read: Callable[..., Page], count_queries: Callable[[], Any]
) -> None:
    world.comment("goal")
    read(world)
    with count_queries() as queries:
        read(world)
    assert len(queries) <= 1  # the round's stamp, where the session has forgotten it
    comment = world.comment("section", text="New")
    db.session.flush()
    with count_queries() as queries:
        assert "New" in read(world).text
    assert not any("FROM revision" in query for query in queries)
    assert not any(" target" in query and "item" not in query for query in queries)
    assert comment.item_id == world.items["section"].id


def test_margin_shows_the_first_comments_and_how_many_there_are(
    world: World, read: Callable[..., Page]
) -> None:
    for number in range(5):
        world.comment(text=f"Remark {number}")
    text = read(world).text
    assert "Remark 2" in text
    assert "Remark 3" not in text
    assert "Show all 5" in text


def test_links_to_comment_are_for_those_who_may(world: World, read: Callable[..., Page]) -> None:
    assert "#comment" in read(world).text
    assert "#comment" not in read(world, may_comment=False).text


def test_comment_on_an_earlier_text_is_marked(world: World, read: Callable[..., Page]) -> None:
    world.comment()
    assert "Made on an earlier text" not in read(world).text
    world.edit(text="Other words.")
    assert "Made on an earlier text" in read(world).text


def test_moving_an_item_does_not_make_its_comments_earlier(world: World, read: Callable[..., Page]) -> None:
    world.comment("action")
    world.plan.status = PlanStatus.CONSOLIDATION
    plan_services.move_item(
        item=world.items["action"], parent=world.items["goal"], position=0, author=world.drafter
    )
    assert "Made on an earlier text" not in read(world).text


def test_two_rounds_on_one_plan_are_kept_apart(world: World, read: Callable[..., Page]) -> None:
    other = make_world()
    other.comment(text="Said elsewhere")
    assert "Said elsewhere" in read(other).text
    assert "Said elsewhere" not in read(world).text


def test_text_cannot_hold_a_gap_of_its_own(world: World, read: Callable[..., Page]) -> None:
    world.edit(text=f"<!--abc:{world.items['goal'].id}:{world.items['goal'].public_id}-->")
    assert read(world).text.count(f'id="thread-{world.items["goal"].public_id}"') == 1


def test_long_plan_is_read_in_parts(world: World, read: Callable[..., Page]) -> None:
    status, world.plan.status = world.plan.status, PlanStatus.DRAFT
    goal = plan_services.add_item(
        plan=world.plan, parent=None, kind=ItemKind.GOAL, author=world.drafter, values={"title": "Second"}
    )
    for number in range(38):
        plan_services.add_item(
            plan=world.plan,
            parent=goal,
            kind=ItemKind.OBJECTIVE,
            author=world.drafter,
            values={"title": f"Objective {number}"},
        )
    world.plan.status = status
    first, second, whole = read(world, 1), read(world, 2), read(world, reading.WHOLE)
    assert first.titles == ("Services for all", "Second")
    assert f"part=2#item-{goal.public_id}" in first.contents
    assert f'href="#item-{goal.public_id}"' in second.contents
    assert "Objective 37" not in first.text
    assert "Objective 37" in second.text
    assert "Objective 37" in whole.text
    assert "Everything online" in whole.text
    assert read(world, 99).number == 2
    assert read(world, -3).number == reading.WHOLE


def test_empty_plan_can_be_read(world: World, read: Callable[..., Page]) -> None:
    for item in world.items.values():
        item.deleted_at = world.round.opens_at
    world.plan.stamp += 1
    assert read(world) == (1, ("",), read(world).contents, read(world).text)
    assert "item--" not in read(world).text


def test_numbers_are_those_of_the_tree(world: World) -> None:
    numbers = reading.item_numbers(world.plan)
    assert numbers[world.items["objective"].public_id] == "1.1"
    assert numbers[world.items["section"].public_id] == ""
    cache.clear()
