"""Decisions: drafted one by one, published together, told by e-mail; the desk."""

from __future__ import annotations

import pytest

from pspm.core.errors import InvalidInput, StateConflict
from pspm.core.mail import Mail
from pspm.extensions import db
from pspm.plans.models import ItemKind, PlanStatus
from pspm.plans.services import approve_plan
from pspm.reviews import queries, services
from pspm.reviews.models import Contribution, Decision, Outcome
from pspm.reviews.queries import DecisionState, Filter
from tests.reviews.world import World, current_revision, make_world


def decide(world: World, comment: Contribution, **values: object) -> Decision:
    defaults = {"author": world.coordinator, "outcome": Outcome.ACCEPTED, "reason": "Right."}
    return services.draft_decision(contribution=comment, **{**defaults, **values})  # type: ignore[arg-type]


def publish(world: World) -> int:
    return services.publish_decisions(round=world.round, author=world.coordinator)


def test_decision_is_a_draft_until_it_is_published(world: World) -> None:
    comment = world.comment()
    decision = decide(world, comment, reason="  Right.  ")
    assert (decision.reason, decision.published_at, comment.published_decision) == ("Right.", None, None)
    stamp = world.round.stamp
    assert publish(world) == 1
    assert comment.published_decision is decision
    assert world.round.published_at == decision.published_at
    assert world.round.stamp > stamp


def test_decision_can_be_changed_while_it_is_a_draft(world: World) -> None:
    comment = world.comment()
    first = decide(world, comment)
    second = decide(world, comment, outcome=Outcome.DEFERRED, reason="Later.")
    assert first is second
    assert db.session.query(Decision).count() == 1


def test_published_decision_that_is_changed_is_a_draft_again(world: World) -> None:
    comment = world.comment()
    decision = decide(world, comment)
    publish(world)
    published, stamp = world.round.published_at, world.round.stamp
    decide(world, comment, outcome=Outcome.NOT_ACCEPTED)
    assert decision.published_at is None
    assert world.round.stamp > stamp
    assert publish(world) == 1
    assert world.round.published_at == published


def test_decision_needs_a_reason(world: World) -> None:
    with pytest.raises(InvalidInput) as error:
        decide(world, world.comment(), reason=" ")
    assert set(error.value.fields) == {"reason"}


def test_change_belongs_to_the_plan(world: World) -> None:
    with pytest.raises(InvalidInput) as error:
        decide(world, world.comment(), revision=current_revision(make_world().items["goal"]))
    assert set(error.value.fields) == {"revision"}


def test_replies_and_withdrawn_comments_are_not_decided(world: World) -> None:
    comment = world.comment()
    reply = world.comment(author=world.stranger, parent=comment)
    with pytest.raises(StateConflict):
        decide(world, reply)
    services.withdraw_contribution(contribution=comment)
    with pytest.raises(StateConflict):
        decide(world, comment)


def test_decision_on_a_comment_withdrawn_later_is_not_published(world: World) -> None:
    comment = world.comment()
    decide(world, comment)
    services.withdraw_contribution(contribution=comment)
    with pytest.raises(StateConflict, match="no drafted"):
        publish(world)


def test_each_author_gets_one_mail_with_all_their_decisions(world: World) -> None:
    first, second = world.comment(text="One"), world.comment("goal", text="Two")
    other = world.comment(author=world.stranger)
    world.comment(text="Undecided")
    decide(world, first, reason="Reason one.")
    decide(world, other, reason="Reason three.")
    decide(world, second, outcome=Outcome.DEFERRED, reason="Reason two.")
    assert publish(world) == 3
    db.session.commit()
    mails = {mail.recipient: mail for mail in db.session.query(Mail)}
    assert set(mails) == {world.reviewer.email, world.stranger.email}
    body = mails[world.reviewer.email].body
    assert "Accepted: Reason one." in body
    assert "Deferred: Reason two." in body
    assert f"/contributions/{second.public_id}" in body
    assert "Reason three." not in body
    assert "ICT plan" in mails[world.stranger.email].subject


def test_tally_counts_what_is_decided(world: World) -> None:
    comments = [world.comment() for _ in range(4)]
    world.comment(author=world.stranger, parent=comments[0])
    decide(world, comments[0])
    publish(world)
    decide(world, comments[1])
    services.withdraw_contribution(contribution=comments[3])
    assert queries.tally(world.round) == queries.Tally(total=3, drafted=1, published=1, withdrawn=1)
    assert queries.tally(world.round).undecided == 1
    assert queries.count_outcomes(world.round) == {Outcome.ACCEPTED: 1}


def test_next_undecided_begins_anew_after_the_last(world: World) -> None:
    first, second, third = (world.comment() for _ in range(3))
    decide(world, second)
    assert queries.find_next_undecided(world.round, first) is third
    assert queries.find_next_undecided(world.round, third) is first
    decide(world, first)
    services.withdraw_contribution(contribution=third)
    assert queries.find_next_undecided(world.round, first) is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), {"published", "drafted", "open"}),
        (Filter(state=DecisionState.UNDECIDED), {"open"}),
        (Filter(state=DecisionState.DRAFTED), {"drafted"}),
        (Filter(state=DecisionState.PUBLISHED), {"published"}),
        (Filter(outcome=Outcome.DEFERRED), {"drafted"}),
        (Filter(kind=ItemKind.GOAL), {"drafted"}),
        (Filter(search="PUBL"), {"published"}),
        (Filter(search="because"), {"published"}),
        (Filter(search="%"), set()),
    ],
)
def test_desk_shows_what_is_asked_for(world: World, wanted: Filter, found: set[str]) -> None:
    published = world.comment(text="published")
    decide(world, published, reason="Because of it.")
    publish(world)
    decide(world, world.comment("goal", text="drafted"), outcome=Outcome.DEFERRED, reason="Because.")
    world.comment(author=world.stranger, text="open")
    services.withdraw_contribution(contribution=world.comment(text="withdrawn"))
    page = queries.list_comments_to_decide(world.round, wanted)
    assert {each.text for each in page.items} == found


def test_desk_and_register_can_be_narrowed_to_an_item_and_a_body(world: World) -> None:
    world.comment("goal", text="of the body")
    world.comment(author=world.stranger, text="of nobody")
    item = Filter(item=world.items["goal"].public_id)
    body = Filter(body=world.body.public_id)
    for wanted in (item, body):
        assert [each.text for each in queries.list_register(world.round, wanted).items] == ["of the body"]
    assert list(queries.list_register_bodies(world.round)) == [world.body]
    assert set(queries.list_commented_titles(world.round).values()) == {
        "Services for all",
        "Everything online",
    }


def test_changes_to_choose_from_are_those_since_the_comment(world: World) -> None:
    world.edit(text="Before the comment.")
    comment = world.comment()
    after = world.edit(text="After the comment.")
    below = world.edit("indicator", unit="services")
    world.edit("section", text="Elsewhere.")
    assert list(queries.list_changes_since(comment)) == [below, after]


def test_version_that_holds_a_change(world: World) -> None:
    change = world.edit(text="Changed.")
    assert queries.find_version_with(change) is None
    world.plan.status = PlanStatus.CONSOLIDATION
    version = approve_plan(plan=world.plan, author=world.coordinator)
    assert queries.find_version_with(change) is version
