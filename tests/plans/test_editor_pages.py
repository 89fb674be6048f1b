"""The drafting pages: outline, items, moves, warnings, deleted items, beginning a plan."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from pspm.accounts.models import BodyRole, BodyStatus, User
from pspm.extensions import db
from pspm.plans import queries, services
from pspm.plans.models import IndicatorType, Item, ItemKind, Plan, PlanRole, PlanStatus
from pspm.plans.snapshot import TargetSnapshot
from tests.client import CheckedClient
from tests.factories import make_body, make_plan_member, make_user

SECTION, GOAL, OBJECTIVE, ACTION, INDICATOR = ItemKind
SignIn = Callable[[User], CheckedClient]


@pytest.fixture
def editor(author: User, plan: Plan, sign_in: SignIn) -> CheckedClient:
    return sign_in(author)


@pytest.fixture
def tree(add: Any) -> dict[str, Any]:
    goal = add(GOAL, title="Open library")
    objective = add(OBJECTIVE, goal, title="Longer hours")
    action = add(ACTION, objective, title="Hire porters")
    indicator = add(
        INDICATOR,
        objective,
        title="Hours a week",
        indicator_type=IndicatorType.FINANCIAL,
        weight=Decimal(40),
        targets=(TargetSnapshot(year=2026, value=Decimal("1234.5")), TargetSnapshot(year=2031, text="later")),
    )
    return {"goal": goal, "objective": objective, "action": action, "indicator": indicator}


def url(plan: Plan, *parts: str) -> str:
    return "/".join([f"/plans/{plan.public_id}", *parts])


def item_url(item: Item, *parts: str) -> str:
    return url(item.plan, "items", item.public_id, *parts)


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


def form_of(item: Item, **changes: Any) -> dict[str, Any]:
    return {"title": item.title, "expected_revision": item.revision_number, **changes}


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


def test_preview_is_a_page_or_a_part(editor: CheckedClient, plan: Plan) -> None:
    path = url(plan, "preview")
    assert "<strong>now</strong>" in editor.post(path, data={"text": "**now**"}).text
    part = editor.post(path, data={"text": "**now**"}, headers={"HX-Request": "true"}).text
    assert part.startswith("<div")
    assert "no text yet" in editor.post(path, headers={"HX-Request": "true"}).text


def new_plan(leader: Any, **changes: Any) -> dict[str, Any]:
    return {
        "body": leader.public_id,
        "template_key": "ict",
        "title": "Plan 2027-2029",
        "language": "it",
        "start_year": "2027",
        "end_year": "2029",
        **changes,
    }


def test_begin_a_plan_from_a_template(sign_in: SignIn, app: Any) -> None:
    body = make_body()
    client = sign_in(make_user(body=body, role=BodyRole.PLANNER))
    assert "Three-year ICT strategic plan" in client.get("/plans/new").text
    answer = client.post("/plans/new", data=new_plan(body))
    assert answer.status_code == 303
    plan = db.session.query(Plan).one()
    assert (plan.language, plan.template_key, plan.start_year) == ("it", "ict", 2027)
    assert plan.members[0].role is PlanRole.COORDINATOR
    assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"end_year": "2020"},
        {"end_year": "2099"},
        {"end_year": "soon"},
        {"body": "x"},
        {"template_key": "x"},
    ],
)
def test_wrong_beginnings_are_refused(sign_in: SignIn, app: Any, changes: dict[str, str]) -> None:
    body = make_body()
    client = sign_in(make_user(body=body))
    answer = client.post("/plans/new", data=new_plan(body, **changes))
    assert answer.status_code == 422
    assert db.session.query(Plan).count() == 0


def test_members_of_no_body_do_not_begin_plans(sign_in: SignIn, app: Any) -> None:
    body = make_body()
    client = sign_in(make_user(body=body, role=BodyRole.MEMBER))
    assert client.get("/plans/new").status_code == 403
    assert client.post("/plans/new", data=new_plan(body)).status_code == 403


def test_a_body_that_waits_for_approval_begins_no_plan(sign_in: SignIn, app: Any) -> None:
    body = make_body(status=BodyStatus.REQUESTED)
    client = sign_in(make_user(body=body))
    answer = client.post("/plans/new", data=new_plan(body))
    assert answer.status_code in (403, 409)
    assert db.session.query(Plan).count() == 0


def test_a_template_that_is_gone_leaves_the_form_without_guidance(
    editor: CheckedClient, plan: Plan, tree: Any
) -> None:
    plan.template_key = "withdrawn"
    assert "What to write" not in editor.get(item_url(tree["goal"], "edit")).text
