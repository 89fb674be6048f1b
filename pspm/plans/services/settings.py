"""Changes of what holds for a whole plan: its title, summary, language, years and level labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pspm.accounts.models import User
from pspm.core.columns import JsonDict
from pspm.core.errors import InvalidInput
from pspm.core.i18n import gettext as _
from pspm.plans import queries
from pspm.plans.models import ItemKind, Plan, PlanChange, PlanChangeKind
from pspm.plans.services.lifecycle import record_change
from pspm.plans.services.merging import merge_fields
from pspm.plans.services.plans import check_years
from pspm.plans.services.revisions import open_plan
from pspm.plans.terms import value_text

PLAIN = ("title", "summary", "language", "start_year", "end_year")


def settings_of(plan: Plan) -> JsonDict:
    """All settings by name, each level label as one of its own."""
    labels = {f"labels.{kind.value}": plan.labels.get(kind.value, "") for kind in ItemKind}
    return {name: getattr(plan, name) for name in PLAIN} | labels


def save_settings(*, plan: Plan, author: User, expected: str, values: Mapping[str, Any]) -> PlanChange | None:
    """Save the settings in `values`, made on the basis of the change `expected` (a public id or "").

    What another person set meanwhile is kept; raises InvalidInput where both set the same one differently.
    None if nothing differs.
    """
    open_plan(plan)
    before = settings_of(plan)
    merge = merge_fields(base=_base(plan, expected, before), theirs=before, mine=values)
    if merge.conflicts:
        raise InvalidInput(
            _("Somebody else changed the settings while you were writing."),
            fields={conflict.name: _theirs(conflict.name, conflict.theirs) for conflict in merge.conflicts},
        )
    after = before | merge.fields
    check_years(after["start_year"], after["end_year"])
    if after == before:
        return None
    _assign(plan, after)
    return record_change(plan=plan, author=author, kind=PlanChangeKind.SETTINGS, before=before, after=after)


def _base(plan: Plan, expected: str, current: JsonDict) -> JsonDict:
    """The settings that the person's form was made from."""
    if expected:
        return queries.get_change(plan, expected).after
    first = queries.find_first_settings_change(plan)
    return first.before if first else current


def _theirs(name: str, value: Any) -> str:
    theirs = value_text(name, value)
    return _("Somebody else set this to “%(value)s” meanwhile. Save again to use yours.", value=theirs)


def _assign(plan: Plan, settings: JsonDict) -> None:
    for name in PLAIN:
        setattr(plan, name, settings[name])
    labels = {kind.value: settings[f"labels.{kind.value}"] for kind in ItemKind}
    plan.labels = {kind: label for kind, label in labels.items() if label}
