"""Loads the tree of a plan: sections, goals, objectives, indicators with their targets, actions."""

from __future__ import annotations

from typing import Any

from pspm.accounts.models import User
from pspm.plans import queries as plan_queries
from pspm.plans import services as plan_services
from pspm.plans.models import (
    ActionStatus,
    Frequency,
    IndicatorType,
    Item,
    ItemKind,
    Polarity,
    Section,
    SectionRole,
)
from pspm.plans.snapshot import TargetSnapshot
from pspm.seeds.reading import Entry, number
from pspm.seeds.sample import SamplePlan

Values = dict[str, Any]


def write_sections(plan: SamplePlan, author: User, entries: list[Entry]) -> None:
    """Fill the template's sections, add those that it lacks, and delete what else it brought."""
    born = [item for item in plan_queries.list_items(plan.plan) if item.parent_id is None]
    for entry in entries:
        values = _words(entry) | {"section_role": SectionRole(entry["role"])}
        item = next((item for item in born if _is_about(item, values)), None)
        if item is None:
            _add(plan, author, None, ItemKind.SECTION, entry, values)
        else:
            born.remove(item)
            plan_services.save_item(
                item=item, author=author, expected_revision=item.revision_number, values=values
            )
            plan.items[entry["key"]] = item
    for item in born:
        plan_services.delete_item(item=item, author=author)


def _is_about(item: Item, values: Values) -> bool:
    if not isinstance(item, Section):
        return False
    role = values["section_role"]
    return item.title == values["title"] or (item.section_role is role and role is not SectionRole.OTHER)


def add_goal(plan: SamplePlan, author: User, entry: Entry) -> None:
    goal = _add(plan, author, None, ItemKind.GOAL, entry, _words(entry))
    for objective in entry["objectives"]:
        _add_objective(plan, author, goal, objective)


def _add_objective(plan: SamplePlan, author: User, parent: Item, entry: Entry) -> None:
    objective = _add(plan, author, parent, ItemKind.OBJECTIVE, entry, _words(entry))
    for indicator in entry.get("indicators", []):
        _add(plan, author, objective, ItemKind.INDICATOR, indicator, _indicator_values(indicator))
    for action in entry.get("actions", []):
        _add(plan, author, objective, ItemKind.ACTION, action, _action_values(action))
    for below in entry.get("objectives", []):
        _add_objective(plan, author, objective, below)


def _add(
    plan: SamplePlan, author: User, parent: Item | None, kind: ItemKind, entry: Entry, values: Values
) -> Item:
    item = plan_services.add_item(plan=plan.plan, parent=parent, kind=kind, author=author, values=values)
    plan.items[entry["key"]] = item
    return item


def _words(entry: Entry) -> Values:
    return {name: entry.get(name, "") for name in ("title", "text", "responsible")}


def _indicator_values(entry: Entry) -> Values:
    baseline = entry.get("baseline", {})
    return _words(entry) | {
        "indicator_type": IndicatorType(entry["type"]),
        "unit": entry["unit"],
        "formula": entry["formula"],
        "source": entry["source"],
        "polarity": Polarity(entry["polarity"]),
        "frequency": Frequency(entry["frequency"]),
        "weight": number(entry["weight"]),
        "baseline_value": number(baseline.get("value")),
        "baseline_year": baseline.get("year"),
        "targets": [TargetSnapshot(year=year, value=number(v)) for year, v in entry["targets"].items()],
    }


def _action_values(entry: Entry) -> Values:
    return _words(entry) | {
        "start_date": entry["start"],
        "end_date": entry["end"],
        "action_status": ActionStatus(entry["status"]),
        "budget": number(entry["budget"]),
    }
