"""Comments and replies: where, when, on which words; edited and withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from pspm.accounts.models import MembershipStatus
from pspm.core.clock import now
from pspm.core.errors import InvalidInput, NotFound, StateConflict
from pspm.extensions import db
from pspm.plans.models import PlanStatus
from pspm.reviews import queries, services
from pspm.reviews.models import Aspect, Outcome, Thread
from pspm.reviews.services.contributions import ASPECTS, MAX_LENGTH
from pspm.reviews.terms import QUESTIONS
from tests.factories import make_body, make_membership, make_user
from tests.reviews.world import World, current_revision, make_world


def mark(world: World, item: str = "objective") -> queries.Mark:
    return queries.list_marks(world.round).get(world.items[item].id, queries.UNTOUCHED)


def test_comment_keeps_the_revision_and_the_body(world: World) -> None:
    comment = world.comment(aspect=Aspect.AMBITION, text="  Too tame.  ")
    assert comment.revision == current_revision(world.items["objective"])
    assert comment.body_id == world.body.id
    assert (comment.text, comment.aspect, comment.for_plan) == ("Too tame.", Aspect.AMBITION, False)


def test_person_without_a_body_comments_for_themselves(world: World) -> None:
    assert world.comment(author=world.stranger).body_id is None


def test_invited_body_comes_before_other_bodies_of_the_author(world: World) -> None:
    author = make_user(body=make_body())
    invited = make_body()
    make_membership(author, invited)
    waiting = make_membership(author, make_body())
    waiting.status = MembershipStatus.REQUESTED
    db.session.refresh(author)
    world.round.bodies = [waiting.body, invited]
    assert world.comment(author=author).body_id == invited.id


def test_round_closes_to_the_second(world: World, at: Callable[[datetime], None]) -> None:
    at(world.round.closes_at - timedelta(seconds=1))
    world.comment()
    at(world.round.closes_at)
    with pytest.raises(StateConflict, match="closed"):
        world.comment()


def test_round_that_has_not_opened_takes_nothing(world: World, at: Callable[[datetime], None]) -> None:
    at(world.round.opens_at - timedelta(seconds=1))
    with pytest.raises(StateConflict, match="not opened"):
        world.comment()


def test_those_who_write_the_plan_may_still_answer_after_the_round(
    world: World, at: Callable[[datetime], None]
) -> None:
    comment = world.comment()
    at(world.round.closes_at)
    reply = world.comment(author=world.drafter, parent=comment)
    assert reply.for_plan
    with pytest.raises(StateConflict):
        world.comment(author=world.stranger, parent=comment)
    with pytest.raises(StateConflict):
        world.comment(author=world.drafter)
    services.edit_contribution(contribution=reply, text="Said better.")


def test_item_belongs_to_the_plan_of_the_round(world: World) -> None:
    other = make_world()
    with pytest.raises(InvalidInput):
        world.comment(item="objective", round=other.round)


def test_deleted_item_takes_no_comment(world: World) -> None:
    world.items["action"].deleted_at = now()
    with pytest.raises(InvalidInput):
        world.comment("action")


def test_revision_belongs_to_the_item(world: World) -> None:
    with pytest.raises(InvalidInput):
        world.comment(revision=current_revision(world.items["goal"]))


@pytest.mark.parametrize(("text", "problem"), [("  ", "Write"), ("x" * (MAX_LENGTH + 1), "10,000")])
def test_text_has_a_length(world: World, text: str, problem: str) -> None:
    with pytest.raises(InvalidInput) as error:
        world.comment(text=text)
    assert problem in error.value.fields["text"]


def test_each_kind_has_its_own_questions(world: World) -> None:
    assert {kind: set(asked) for kind, asked in QUESTIONS.items()} == {
        kind: set(aspects) for kind, aspects in ASPECTS.items()
    }
    world.comment("indicator", aspect=Aspect.TARGET)
    with pytest.raises(InvalidInput) as error:
        world.comment("section", aspect=Aspect.TARGET)
    assert set(error.value.fields) == {"aspect"}


def test_quote_is_kept_with_the_words_around_it(world: World) -> None:
    comment = world.comment(quote="**online**  by\n2028.")
    assert comment.quote == "online by 2028."
    assert comment.quote_prefix == "rything online All services are "
    assert comment.quote_suffix == " Nobody fills in a form twice."


def test_quote_must_stand_in_the_text_that_was_read(world: World) -> None:
    before = current_revision(world.items["objective"])
    world.edit(text="Some services are online.")
    world.comment(quote="Nobody fills in", revision=before)
    with pytest.raises(InvalidInput) as error:
        world.comment(quote="Nobody fills in")
    assert set(error.value.fields) == {"quote"}


def test_reply_stands_under_its_comment(world: World) -> None:
    comment = world.comment()
    reply = world.comment(author=world.stranger, parent=comment, aspect=Aspect.TARGET)
    assert reply.parent_id == comment.id
    assert reply.aspect is Aspect.GENERAL
    with pytest.raises(InvalidInput):
        world.comment(parent=reply)
    with pytest.raises(InvalidInput):
        world.comment("goal", parent=comment)


def test_withdrawn_comment_takes_no_reply(world: World) -> None:
    comment = world.comment()
    services.withdraw_contribution(contribution=comment)
    with pytest.raises(StateConflict):
        world.comment(parent=comment)


def test_edit_keeps_the_earlier_text(world: World) -> None:
    comment = world.comment(text="First.")
    services.edit_contribution(contribution=comment, text="Second.", aspect=Aspect.CLARITY)
    services.edit_contribution(contribution=comment, text="Third.")
    found = queries.get_contribution(world.round, comment.public_id)
    assert (found.text, found.aspect) == ("Third.", Aspect.CLARITY)
    assert [edit.text for edit in found.edits] == ["First.", "Second."]
    assert found.edited_at is not None


def test_saving_the_same_text_is_no_edit(world: World) -> None:
    comment = world.comment(text="First.")
    services.edit_contribution(contribution=comment, text="First.")
    assert comment.edited_at is None


def test_nothing_is_changed_after_the_round(world: World, at: Callable[[datetime], None]) -> None:
    comment = world.comment()
    at(world.round.closes_at)
    with pytest.raises(StateConflict):
        services.edit_contribution(contribution=comment, text="Late.")
    with pytest.raises(StateConflict):
        services.withdraw_contribution(contribution=comment)


def test_withdrawn_contribution_stays_withdrawn(world: World) -> None:
    comment = world.comment()
    services.withdraw_contribution(contribution=comment)
    with pytest.raises(StateConflict):
        services.edit_contribution(contribution=comment, text="Again.")


def test_answered_contribution_is_not_changed(world: World) -> None:
    comment = world.comment()
    services.draft_decision(
        contribution=comment, author=world.coordinator, outcome=Outcome.ANSWERED, reason="Thank you."
    )
    services.publish_decisions(round=world.round, author=world.coordinator)
    with pytest.raises(StateConflict, match="answered"):
        services.edit_contribution(contribution=comment, text="More.")


def test_stamps_rise_with_every_change_and_counts_with_what_stands(world: World) -> None:
    stamp = world.round.stamp
    first = world.comment()
    assert mark(world) == queries.Mark(stamp=1, count=1)
    world.comment(author=world.stranger, parent=first)
    assert mark(world) == queries.Mark(stamp=2, count=2)
    services.edit_contribution(contribution=first, text="Other.")
    services.withdraw_contribution(contribution=first)
    assert mark(world) == queries.Mark(stamp=4, count=1)
    assert mark(world, "goal") == queries.UNTOUCHED
    assert world.round.stamp == stamp + 4
    assert db.session.query(Thread).count() == 1


def test_plan_that_is_no_longer_in_consultation_takes_nothing(world: World) -> None:
    world.plan.status = PlanStatus.CONSOLIDATION
    with pytest.raises(StateConflict):
        world.comment()


def test_page_of_a_comment_and_of_its_replies(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pspm.reviews.queries.threads.PER_PAGE", 2)
    comments = [world.comment() for _ in range(3)]
    reply = world.comment(parent=comments[2])
    assert [queries.page_of(each) for each in (*comments, reply)] == [1, 1, 2, 2]


def test_contributions_of_another_round_are_not_found(world: World) -> None:
    other = make_world()
    with pytest.raises(NotFound):
        queries.get_contribution(other.round, world.comment().public_id)
