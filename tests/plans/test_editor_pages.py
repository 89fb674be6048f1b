"""The pages of an item in the editor: adding, editing, conflicts, previews."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from pspm.accounts.models import User
from pspm.plans import queries, services
from pspm.plans.models import Item, ItemKind, Plan, PlanStatus
from pspm.plans.snapshot import TargetSnapshot
from tests.client import CheckedClient
from tests.plans.addresses import form_of, item_url, url

SECTION, GOAL, OBJECTIVE, ACTION, INDICATOR = ItemKind
SignIn = Callable[[User], CheckedClient]


@pytest.mark.parametrize("kind", ["section", "goal"])
def test_add_to_the_plan_itself(editor: CheckedClient, plan: Plan, kind: str) -> None:
    path = url(plan, "items", "new") + f"?kind={kind}"
    assert editor.get(path).status_code == 200
    answer = editor.post(path, data={"title": "Added"})
    assert answer.status_code == 303
    (item,) = queries.list_items(plan)
    assert (item.title, item.kind.value) == ("Added", kind)
    assert f"at={item.public_id}#i-{item.public_id}" in answer.location


def test_add_every_kind_below_an_objective(editor: CheckedClient, plan: Plan, tree: Any) -> None:
    for kind in ("objective", "action", "indicator"):
        path = url(plan, "items", "new") + f"?kind={kind}&parent={tree['objective'].public_id}"
        assert editor.get(path).status_code == 200
        answer = editor.post(path, data={"title": f"New {kind}", "again": "1"})
        assert answer.location == path.replace(
            f"kind={kind}&parent={tree['objective'].public_id}", answer.location.split("?")[1]
        )
    assert {"New objective", "New action", "New indicator"} <= {i.title for i in queries.list_items(plan)}


def test_add_asks_for_a_title(editor: CheckedClient, plan: Plan) -> None:
    answer = editor.post(url(plan, "items", "new") + "?kind=goal", data={"title": " ", "text": "kept words"})
    assert answer.status_code == 422
    assert "kept words" in answer.text


@pytest.mark.parametrize("query", ["", "?kind=objective", "?kind=nothing"])
def test_add_in_no_place_is_not_found(editor: CheckedClient, plan: Plan, query: str) -> None:
    assert editor.get(url(plan, "items", "new") + query).status_code == 404


def test_add_to_a_frozen_plan_keeps_what_was_typed(editor: CheckedClient, plan: Plan) -> None:
    plan.status = PlanStatus.APPROVED
    answer = editor.post(url(plan, "items", "new") + "?kind=goal", data={"title": "Typed before"})
    assert answer.status_code == 409
    assert "Typed before" in answer.text


def test_edit_an_action(editor: CheckedClient, tree: Any) -> None:
    action = tree["action"]
    assert editor.get(item_url(action, "edit")).status_code == 200
    answer = editor.post(
        item_url(action, "edit"),
        data=form_of(
            action, start_date="2026-02-01", end_date="31/12/2027", budget="1,250.50", action_status="running"
        ),
    )
    assert answer.status_code == 303
    assert (str(action.start_date), str(action.end_date), action.budget) == (
        "2026-02-01",
        "2027-12-31",
        Decimal("1250.50"),
    )


def test_edit_an_indicator_keeps_targets_of_other_years(editor: CheckedClient, tree: Any) -> None:
    indicator = tree["indicator"]
    page = editor.get(item_url(indicator, "edit")).text
    assert 'name="target_2031_text"' in page
    assert 'value="1234.5"' in page
    editor.post(
        item_url(indicator, "edit"),
        data=form_of(indicator, target_2026_value="1,300", target_2031_text="later", unit="h", weight="40"),
    )
    found = queries.get_item(indicator.plan, indicator.public_id)
    assert [(t.year, t.value, t.text) for t in found.targets] == [  # type: ignore[attr-defined]
        (2026, Decimal(1300), ""),
        (2031, None, "later"),
    ]


def test_figures_are_read_in_the_language_of_the_person(editor: CheckedClient, tree: Any) -> None:
    action = tree["action"]
    with editor.session_transaction() as session:
        session["language"] = "it"
    editor.post(item_url(action, "edit"), data=form_of(action, budget="1.234,5"))
    assert action.budget == Decimal("1234.5")
    assert 'value="1234,5"' in editor.get(item_url(action, "edit")).text


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("budget", "lots", "“lots” is not a number"),
        ("budget", "-5", "from 0 to"),
        ("budget", "1.234", "decimal places"),
        ("start_date", "soon", "“soon” is not a day"),
    ],
)
def test_wrong_input_is_explained_and_stays(
    editor: CheckedClient, tree: Any, field: str, typed: str, message: str
) -> None:
    answer = editor.post(item_url(tree["action"], "edit"), data=form_of(tree["action"], **{field: typed}))
    assert answer.status_code == 422
    assert message in answer.text
    assert f'value="{typed}"' in answer.text


def test_an_end_before_the_start_is_refused(editor: CheckedClient, tree: Any) -> None:
    dates = {"start_date": "2027-01-01", "end_date": "2026-01-01"}
    answer = editor.post(item_url(tree["action"], "edit"), data=form_of(tree["action"], **dates))
    assert "The end is before the start" in answer.text


def test_saving_nothing_new_says_so(editor: CheckedClient, tree: Any) -> None:
    answer = editor.post(item_url(tree["goal"], "edit"), data=form_of(tree["goal"]), follow_redirects=True)
    assert "Nothing was changed" in answer.text
    assert tree["goal"].revision_number == 1


def other_saves(item: Item, author: User, **values: Any) -> None:
    services.save_item(item=item, author=author, expected_revision=item.revision_number, values=values)


def test_changes_of_others_are_merged_and_named(editor: CheckedClient, author: User, tree: Any) -> None:
    objective = tree["objective"]
    form = form_of(objective, title="Longer opening hours", responsible="")
    other_saves(objective, author, responsible="Director")
    answer = editor.post(item_url(objective, "edit"), data=form, follow_redirects=True)
    assert "Their changes are kept: Responsible" in answer.text
    assert (objective.title, objective.responsible) == ("Longer opening hours", "Director")


def test_a_conflict_shows_both_and_keeps_what_was_typed(
    editor: CheckedClient, author: User, tree: Any
) -> None:
    indicator = tree["indicator"]
    typed = form_of(
        indicator,
        title="Hours a day",
        weight="40",
        target_2026_value="50",
        target_2031_text="later",
        unit="hours",
    )
    other_saves(
        indicator,
        author,
        title="Hours a month",
        targets=(TargetSnapshot(year=2026, value=Decimal(60)), TargetSnapshot(year=2031, text="later")),
    )
    answer = editor.post(item_url(indicator, "edit"), data=typed)
    assert answer.status_code == 409
    for part in ('value="Hours a day"', "month", 'value="hours"', 'value="50"', "Target for 2026"):
        assert part in answer.text
    assert indicator.title == "Hours a month"
    again = {**typed, "expected_revision": indicator.revision_number, "take_theirs": "targets.2026.value"}
    assert editor.post(item_url(indicator, "edit"), data=again).status_code == 303
    found: Any = queries.get_item(indicator.plan, indicator.public_id)
    assert (found.title, found.unit, found.targets[0].value) == ("Hours a day", "hours", 60)


def test_an_item_deleted_meanwhile_can_be_brought_back_with_the_text(
    editor: CheckedClient, author: User, tree: Any
) -> None:
    goal = tree["goal"]
    form = form_of(goal, title="Typed meanwhile")
    services.delete_item(item=goal, author=author)
    answer = editor.post(item_url(goal, "edit"), data=form)
    assert answer.status_code == 409
    assert 'value="Typed meanwhile"' in answer.text
    assert "Bring back and save" in answer.text
    assert editor.post(item_url(goal, "edit"), data={**form, "restore": "1"}).status_code == 303
    assert (goal.title, goal.deleted_at) == ("Typed meanwhile", None)


def test_a_plan_frozen_meanwhile_keeps_what_was_typed(editor: CheckedClient, plan: Plan, tree: Any) -> None:
    plan.status = PlanStatus.CONSULTATION
    answer = editor.post(item_url(tree["goal"], "edit"), data=form_of(tree["goal"], title="Typed late"))
    assert answer.status_code == 409
    assert "Typed late" in answer.text


def test_item_page_shows_it_all(editor: CheckedClient, tree: Any) -> None:
    assert "Hours a week" in editor.get(item_url(tree["objective"])).text
    assert "1,234.5" in editor.get(item_url(tree["indicator"])).text
    assert editor.get(url(tree["goal"].plan, "items", "nothing")).status_code == 404


def test_preview_is_a_page_or_a_part(editor: CheckedClient, plan: Plan) -> None:
    path = url(plan, "preview")
    assert "<strong>now</strong>" in editor.post(path, data={"text": "**now**"}).text
    part = editor.post(path, data={"text": "**now**"}, headers={"HX-Request": "true"}).text
    assert part.startswith("<div")
    assert "no text yet" in editor.post(path, headers={"HX-Request": "true"}).text


def test_a_template_that_is_gone_leaves_the_form_without_guidance(
    editor: CheckedClient, plan: Plan, tree: Any
) -> None:
    plan.template_key = "withdrawn"
    assert "What to write" not in editor.get(item_url(tree["goal"], "edit")).text
