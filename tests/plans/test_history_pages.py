"""What was changed, when and by whom; going back to an earlier text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from lxml import html as lxml_html
from sqlalchemy import select

from pspm.accounts.models import User
from pspm.core.errors import StateConflict
from pspm.extensions import db
from pspm.plans import queries
from pspm.plans import services as plan_services
from pspm.plans.models import ActionStatus, Item, ItemKind, Plan, PlanRole, Revision
from pspm.plans.snapshot import TargetSnapshot
from tests.client import CheckedClient
from tests.factories import make_plan, make_plan_member, make_user

SignIn = Callable[[User], CheckedClient]
Add = Callable[..., Item]


def save(item: Item, author: User, **values: Any) -> Revision:
    saved = plan_services.save_item(
        item=item, author=author, expected_revision=item.revision_number, values=values
    )
    assert saved.revision is not None
    return saved.revision


def latest(item: Item) -> Revision:
    statement = select(Revision).where(Revision.item_id == item.id).order_by(Revision.number.desc())
    return db.session.scalars(statement).first()  # type: ignore[return-value]


def test_item_history_shows_every_field_in_words(plan: Plan, author: User, add: Add, sign_in: SignIn) -> None:
    goal = add(ItemKind.GOAL, title="Digital services")
    action = add(ItemKind.ACTION, goal, title="Build it")
    save(
        action,
        author,
        title="Build and open it",
        start_date=date(2026, 3, 1),
        action_status=ActionStatus.RUNNING,
        budget=Decimal("1500.00"),
    )
    page = sign_in(author).get(f"/plans/{plan.public_id}/items/{action.public_id}/history").text
    for words in ("Start", "1 Mar 2026", "Under way", "€1,500", "Change 2", "Digital services"):
        assert words in page
    assert "and open" in page.split("<ins>")[1]


def test_item_history_shows_targets_by_year(plan: Plan, author: User, add: Add, sign_in: SignIn) -> None:
    goal = add(ItemKind.GOAL)
    indicator = add(
        ItemKind.INDICATOR, goal, unit="%", targets=(TargetSnapshot(year=2026, value=Decimal(80)),)
    )
    save(indicator, author, targets=(TargetSnapshot(year=2026, value=Decimal("82.5"), text="of all"),))
    page = sign_in(author).get(f"/plans/{plan.public_id}/items/{indicator.public_id}/history").text
    assert "Target for 2026" in page
    assert "82.5" in page


def test_item_history_is_kept_for_deleted_items(plan: Plan, author: User, add: Add, sign_in: SignIn) -> None:
    goal = add(ItemKind.GOAL)
    plan_services.delete_item(item=goal, author=author)
    page = sign_in(author).get(f"/plans/{plan.public_id}/items/{goal.public_id}/history").text
    assert "Deleted" in page
    assert "Restore this text" in page


def test_earlier_text_is_restored_as_a_new_change(
    plan: Plan, author: User, add: Add, sign_in: SignIn
) -> None:
    goal = add(ItemKind.GOAL, title="First words")
    first = latest(goal)
    save(goal, author, title="Second words")
    client = sign_in(author)
    path = f"/plans/{plan.public_id}/revisions/{first.public_id}"
    assert "First words" in client.get(path).text
    answer = client.post(f"{path}/restore", data={"expected": goal.revision_number})
    assert answer.status_code == 303
    assert (goal.title, goal.revision_number) == ("First words", 3)


def test_deleted_item_comes_back_with_the_text(plan: Plan, author: User, add: Add) -> None:
    goal = add(ItemKind.GOAL, title="First words")
    first = latest(goal)
    plan_services.delete_item(item=goal, author=author)
    plan_services.restore_revision(revision=first, author=author, expected_revision=goal.revision_number)
    assert (goal.deleted_at, goal.title) == (None, "First words")


def test_text_that_is_there_already_is_not_restored(plan: Plan, author: User, add: Add) -> None:
    goal = add(ItemKind.GOAL)
    with pytest.raises(StateConflict, match="already"):
        plan_services.restore_revision(revision=latest(goal), author=author, expected_revision=1)


def test_restoring_does_not_lose_what_another_wrote_meanwhile(plan: Plan, author: User, add: Add) -> None:
    goal = add(ItemKind.GOAL, title="First words", text="One")
    first = latest(goal)
    save(goal, author, title="Second words")
    seen = goal.revision_number
    save(goal, make_user(), responsible="Office II")
    plan_services.restore_revision(revision=first, author=author, expected_revision=seen)
    assert (goal.title, goal.responsible) == ("First words", "Office II")


def test_revision_belongs_to_its_plan(plan: Plan, author: User, add: Add, sign_in: SignIn) -> None:
    revision = latest(add(ItemKind.GOAL))
    other = make_plan(coordinator=author)
    client = sign_in(author)
    assert client.get(f"/plans/{other.public_id}/revisions/{revision.public_id}").status_code == 404
    assert client.get(f"/plans/{plan.public_id}/revisions/zzzzzzzzzzzz").status_code == 404


def test_reviewer_reads_history_but_restores_nothing(
    plan: Plan, author: User, add: Add, sign_in: SignIn
) -> None:
    goal = add(ItemKind.GOAL)
    first = latest(goal)
    save(goal, author, title="Other")
    reviewer = make_user()
    make_plan_member(plan, reviewer, PlanRole.REVIEWER)
    client, path = sign_in(reviewer), f"/plans/{plan.public_id}/revisions/{first.public_id}"
    assert "Restore" not in client.get(path).text
    assert client.post(f"{path}/restore").status_code == 403
    stranger = sign_in(make_user())
    assert stranger.get(path).status_code == 404
    assert stranger.get(f"/plans/{plan.public_id}/items/{goal.public_id}/history").status_code == 404


def test_history_offers_no_change_while_the_text_is_frozen(
    plan: Plan, author: User, add: Add, sign_in: SignIn
) -> None:
    goal = add(ItemKind.GOAL)
    first = latest(goal)
    save(goal, author, title="Other")
    client = sign_in(author)
    pages = (
        f"/plans/{plan.public_id}/items/{goal.public_id}/history",
        f"/plans/{plan.public_id}/revisions/{first.public_id}",
    )
    assert all("/restore" in client.get(page).text for page in pages)
    plan_services.start_consultation(plan=plan, author=author)
    for page in pages:
        text = client.get(page).text
        assert "/restore" not in text
        assert f"/items/{goal.public_id}/edit" not in text


def test_plan_history_mixes_items_and_plan_and_is_filtered(
    plan: Plan, author: User, add: Add, sign_in: SignIn
) -> None:
    goal = add(ItemKind.GOAL, title="The goal")
    add(ItemKind.SECTION, title="The section")
    other = make_user(name="Second author")
    make_plan_member(plan, other, PlanRole.DRAFTER)
    save(goal, other, title="The goal, changed")
    plan_services.approve_plan(plan=plan, author=author)
    client, path = sign_in(author), f"/plans/{plan.public_id}/history"

    def titles(query: str = "") -> list[str]:
        tree = lxml_html.fromstring(client.get(path + query).text)
        headings = tree.xpath("//h2[@class='entry__title']")
        return [" ".join(heading.text_content().split()) for heading in headings]

    everything = titles()
    assert everything == [
        "State of the plan: Approved",
        "Edited: The goal, changed",
        "Added: The section",
        "Added: The goal, changed",
    ]
    assert titles("?kind=plan") == ["State of the plan: Approved"]
    assert titles("?kind=section") == ["Added: The section"]
    assert titles(f"?author={other.public_id}") == ["Edited: The goal, changed"]
    assert titles(f"?author={other.public_id}&kind=plan") == []
    assert titles("?kind=nonsense") == everything


def test_history_of_an_untouched_plan_says_so(plan: Plan, author: User, sign_in: SignIn) -> None:
    assert "Nothing has changed yet" in sign_in(author).get(f"/plans/{plan.public_id}/history").text


def test_change_without_words_says_so(plan: Plan, author: User, add: Add, sign_in: SignIn) -> None:
    goal = add(ItemKind.GOAL)
    plan_services.delete_item(item=goal, author=author)
    path = f"/plans/{plan.public_id}/revisions/{latest(goal).public_id}"
    assert "No words changed." in sign_in(author).get(path).text


@pytest.mark.parametrize("page", ["history", "items/{item}/history"])
def test_history_costs_the_same_with_many_changes(
    plan: Plan, author: User, add: Add, sign_in: SignIn, count_queries: Callable[[], Any], page: str
) -> None:
    goal = add(ItemKind.GOAL)
    other = add(ItemKind.GOAL)
    address = f"/plans/{plan.public_id}/" + page.format(item=goal.public_id)
    plan_services.start_consultation(plan=plan, author=author)
    plan_services.end_consultation(plan=plan, author=author)
    client = sign_in(author)
    with count_queries() as few:
        client.get(address)
    for number in range(30):
        save(goal, make_user(), title=f"Title {number}")
        objective = add(ItemKind.OBJECTIVE, goal)
        plan_services.move_item(item=objective, parent=other, position=0, author=author)
    db.session.commit()
    with count_queries() as many:
        assert "Page 1 of" in client.get(address).text
    assert len(many) == len(few)


def test_places_are_named_by_title(plan: Plan, author: User, add: Add) -> None:
    goal, other = add(ItemKind.GOAL, title="From here"), add(ItemKind.GOAL, title="To there")
    objective = add(ItemKind.OBJECTIVE, goal)
    plan_services.move_item(item=objective, parent=other, position=0, author=author)
    revision = latest(objective)
    titles = queries.titles_of_places(plan, [revision.before, revision.after, None])
    assert sorted(titles.values()) == ["From here", "To there"]
