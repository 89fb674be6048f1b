"""What holds for a whole plan, changed by several people."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from pspm.core.errors import InvalidInput, NotFound, StateConflict
from pspm.plans import queries
from pspm.plans import services as plan_services
from pspm.plans.models import Plan, PlanChange, PlanStatus
from tests.factories import make_plan


def save(plan: Plan, expected: str = "", **values: Any) -> PlanChange | None:
    return plan_services.save_settings(
        plan=plan,
        author=plan.created_by,
        expected=expected,
        values=plan_services.settings_of(plan) | values,
    )


def test_settings_are_saved_and_kept_in_the_history(app: Flask) -> None:
    plan = make_plan(title="Before")
    change = save(plan, title="After", **{"labels.goal": "Priorità politica"})
    assert change is not None
    assert (plan.title, plan.labels) == ("After", {"goal": "Priorità politica"})
    assert (change.before["title"], change.after["title"]) == ("Before", "After")
    assert queries.find_last_settings_change(plan) is change


def test_settings_that_do_not_differ_are_no_change(app: Flask) -> None:
    plan = make_plan()
    assert save(plan) is None
    assert queries.find_last_settings_change(plan) is None


def test_settings_of_two_people_are_merged(app: Flask) -> None:
    plan = make_plan(title="Title", summary="Summary")
    seen = plan_services.settings_of(plan)
    save(plan, summary="Other summary")
    plan_services.save_settings(
        plan=plan, author=plan.created_by, expected="", values=seen | {"title": "Other title"}
    )
    assert (plan.title, plan.summary) == ("Other title", "Other summary")


def test_same_setting_of_two_people_is_shown_and_can_be_saved_again(app: Flask) -> None:
    plan = make_plan(end_year=2028)
    seen = plan_services.settings_of(plan)
    theirs = save(plan, end_year=2029)
    assert theirs is not None
    mine = seen | {"end_year": 2030}
    with pytest.raises(InvalidInput) as conflict:
        plan_services.save_settings(plan=plan, author=plan.created_by, expected="", values=mine)
    assert "2029" in conflict.value.fields["end_year"]
    plan_services.save_settings(plan=plan, author=plan.created_by, expected=theirs.public_id, values=mine)
    assert plan.end_year == 2030


def test_years_must_be_in_order(app: Flask) -> None:
    plan = make_plan(start_year=2026)
    with pytest.raises(InvalidInput) as error:
        save(plan, end_year=2025)
    assert "end_year" in error.value.fields


def test_settings_from_an_unknown_change_are_refused(app: Flask) -> None:
    with pytest.raises(NotFound):
        save(make_plan(), expected="zzzzzzzzzzzz", title="Other")


@pytest.mark.parametrize("status", [PlanStatus.CONSULTATION, PlanStatus.APPROVED])
def test_settings_are_frozen_with_the_text(app: Flask, status: PlanStatus) -> None:
    with pytest.raises(StateConflict):
        save(make_plan(status=status), title="Other")
