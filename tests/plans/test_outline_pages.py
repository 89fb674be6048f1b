"""The outline: its tools, its moves, what is deleted from it and what it warns of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pspm.accounts.models import User
from pspm.plans import queries
from pspm.plans.models import Item, ItemKind, Plan, PlanRole, PlanStatus
from pspm.plans.snapshot import TargetSnapshot
from tests.client import CheckedClient
from tests.factories import make_plan_member, make_user
from tests.plans.addresses import item_url, url

SECTION, GOAL, OBJECTIVE, ACTION, INDICATOR = ItemKind


SignIn = Callable[[User], CheckedClient]


def test_outline_shows_numbers_tools_and_warnings(editor: CheckedClient, plan: Plan, tree: Any) -> None:
    text = editor.get(url(plan, "edit")).text
    for part in (
        "Longer hours",
        "I1.1.1",
        "A1.1.1",
        "add up to 40",
        "only indicators are financial",
        "no baseline",
    ):
        assert part in text
    assert "3 warnings" in text
    assert f'name="indent" value="{tree["indicator"].public_id}"' in text


def test_outline_of_an_empty_plan_says_how_to_begin(editor: CheckedClient, plan: Plan) -> None:
    assert "Nothing is written yet" in editor.get(url(plan, "edit")).text


def test_outline_can_be_searched(editor: CheckedClient, plan: Plan, tree: Any, add: Any) -> None:
    add(GOAL, title="Other goal")
    text = editor.get(url(plan, "edit") + "?q=PORTERS").text
    assert "Hire porters" in text
    assert "Longer hours" in text
    assert "Other goal" not in text
    assert "1 item found" in text
    assert "data-reorder" not in text


def test_a_large_outline_begins_folded(editor: CheckedClient, plan: Plan, tree: Any, add: Any) -> None:
    for _number in range(60):
        add(ACTION, tree["objective"])
    folded = editor.get(url(plan, "edit")).text
    assert folded.count("tree__branch") == 2
    assert folded.count('<details class="tree__branch" open>') == 1
    for query in ("?open=1", f"?at={tree['objective'].public_id}"):
        assert editor.get(url(plan, "edit") + query).text.count('<details class="tree__branch" open>') == 2
    assert editor.get(url(plan, "edit") + "?at=nothing").status_code == 200


def test_outline_costs_the_same_queries_for_any_size(
    editor: CheckedClient, plan: Plan, tree: Any, add: Any, count_queries: Any
) -> None:
    with count_queries() as few:
        editor.get(url(plan, "edit"))
    for _number in range(97):
        add(INDICATOR, tree["objective"], targets=(TargetSnapshot(year=2026, text="x"),))
    with count_queries() as many:
        editor.get(url(plan, "edit"))
    assert len(many) == len(few)
    with count_queries() as warned:
        editor.get(url(plan, "warnings"))
    assert len(warned) <= len(few)


def test_a_viewer_reads_the_outline_without_tools(plan: Plan, tree: Any, sign_in: SignIn) -> None:
    reviewer = make_user()
    make_plan_member(plan, reviewer, PlanRole.REVIEWER)
    client = sign_in(reviewer)
    assert "Move up" not in client.get(url(plan, "edit")).text
    assert "Move up" not in client.get(item_url(tree["goal"])).text
    assert client.get(item_url(tree["goal"], "edit")).status_code == 403
    assert client.post(item_url(tree["goal"], "delete")).status_code == 403


def test_a_stranger_finds_nothing(plan: Plan, tree: Any, sign_in: SignIn) -> None:
    client = sign_in(make_user())
    for path in (url(plan, "edit"), url(plan, "warnings"), url(plan, "deleted"), item_url(tree["goal"])):
        assert client.get(path).status_code == 404


def test_a_frozen_plan_offers_no_tools(editor: CheckedClient, plan: Plan, tree: Any) -> None:
    plan.status = PlanStatus.CONSULTATION
    text = editor.get(url(plan, "edit")).text
    assert "in consultation" in text
    assert "Move up" not in text
    answer = editor.get(item_url(tree["goal"], "edit"))
    assert (answer.status_code, answer.location) == (303, item_url(tree["goal"]))


def titles(plan: Plan) -> list[str]:
    return [item.title for item in queries.list_items(plan)]


def test_move_by_steps(editor: CheckedClient, plan: Plan, add: Any) -> None:
    one, two = add(GOAL, title="1"), add(GOAL, title="2")
    objective = add(OBJECTIVE, one, title="a")
    second = add(OBJECTIVE, one, title="b")

    def step(direction: str, item: Item) -> list[str]:
        assert editor.post(url(plan, "move"), data={direction: item.public_id}).status_code == 303
        return titles(plan)

    assert step("up", two) == ["2", "1", "a", "b"]
    assert step("down", two) == ["1", "a", "b", "2"]
    assert step("indent", second) == ["1", "a", "b", "2"]
    assert second.parent_id == objective.id
    assert step("outdent", second) == ["1", "a", "b", "2"]
    assert second.parent_id == one.id
    answer = editor.post(url(plan, "move"), data={"up": one.public_id}, follow_redirects=True)
    assert "It stands there already" in answer.text


def test_sections_move_in_and_out(editor: CheckedClient, plan: Plan, add: Any) -> None:
    first, second = add(SECTION, title="1"), add(SECTION, title="2")
    editor.post(url(plan, "move"), data={"indent": second.public_id})
    assert second.parent_id == first.id
    editor.post(url(plan, "move"), data={"outdent": second.public_id})
    assert second.parent_id is None


def test_move_to_a_parent_and_by_drop(editor: CheckedClient, plan: Plan, add: Any) -> None:
    one, two = add(GOAL, title="1"), add(GOAL, title="2")
    a, b = add(OBJECTIVE, one, title="a"), add(OBJECTIVE, two, title="b")
    editor.post(url(plan, "move"), data={"item": a.public_id, "parent": two.public_id})
    assert titles(plan) == ["1", "2", "b", "a"]
    editor.post(url(plan, "move"), data={"item": a.public_id, "parent": two.public_id, "position": "0"})
    assert titles(plan) == ["1", "2", "a", "b"]
    answer = editor.post(
        url(plan, "move"), data={"item": b.public_id, "parent": "", "position": "0"}, follow_redirects=True
    )
    assert "can&#39;t stand there" in answer.text


def test_a_move_keeps_the_view(editor: CheckedClient, plan: Plan, tree: Any) -> None:
    answer = editor.post(
        url(plan, "move"), data={"up": tree["indicator"].public_id, "open": "1", "q": "hours"}
    )
    assert "open=1" in answer.location
    assert "q=hours" in answer.location


def test_delete_asks_and_says_what_goes(editor: CheckedClient, plan: Plan, tree: Any, add: Any) -> None:
    for _number in range(10):
        add(ACTION, tree["objective"])
    page = editor.get(item_url(tree["goal"], "delete")).text
    assert "The 13 items below it go too" in page
    assert "and 3 more" in page
    answer = editor.post(item_url(tree["goal"], "delete"), follow_redirects=True)
    assert "14 items" in answer.text
    page = editor.get(url(plan, "deleted")).text
    assert "Open library" in page
    assert "Longer hours" not in page
    answer = editor.post(item_url(tree["goal"], "restore"), follow_redirects=True)
    assert "14 items" in answer.text
    assert "Nothing is deleted" in editor.get(url(plan, "deleted")).text


def test_warnings_are_listed_and_counted(editor: CheckedClient, plan: Plan, tree: Any) -> None:
    text = editor.get(url(plan, "warnings")).text
    assert text.count("entry__title") == 3
    assert editor.get(url(plan, "warnings") + "?kind=weights").text.count("entry__title") == 1


def test_no_warnings_is_said(editor: CheckedClient, plan: Plan) -> None:
    assert "No warnings" in editor.get(url(plan, "warnings")).text
