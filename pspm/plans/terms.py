"""The words of the domain as people read them: kinds, states, roles, fields and their values."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from flask_babel import format_currency, format_date, get_locale, ngettext
from flask_babel import lazy_gettext as _l

from pspm.core.i18n import LANGUAGES
from pspm.core.i18n import gettext as _
from pspm.plans.models import (
    ActionStatus,
    Frequency,
    IndicatorType,
    ItemKind,
    PlanChangeKind,
    PlanRole,
    PlanStatus,
    Polarity,
    RevisionKind,
    SectionRole,
)
from pspm.plans.templates import label_plurals

TERMS: dict[enum.Enum, Any] = {
    ItemKind.SECTION: _l("Section"),
    ItemKind.GOAL: _l("Goal"),
    ItemKind.OBJECTIVE: _l("Objective"),
    ItemKind.ACTION: _l("Action"),
    ItemKind.INDICATOR: _l("Indicator"),
    PlanStatus.DRAFT: _l("Draft"),
    PlanStatus.CONSULTATION: _l("Consultation"),
    PlanStatus.CONSOLIDATION: _l("Consolidation"),
    PlanStatus.APPROVED: _l("Approved"),
    PlanRole.COORDINATOR: _l("Coordinator"),
    PlanRole.DRAFTER: _l("Drafter"),
    PlanRole.REVIEWER: _l("Reviewer"),
    SectionRole.MISSION: _l("Mission"),
    SectionRole.VISION: _l("Vision"),
    SectionRole.VALUES: _l("Values"),
    SectionRole.CONTEXT: _l("Context"),
    SectionRole.METHOD: _l("Method"),
    SectionRole.OTHER: _l("Other text"),
    ActionStatus.PLANNED: _l("Planned"),
    ActionStatus.RUNNING: _l("Under way"),
    ActionStatus.COMPLETED: _l("Completed"),
    ActionStatus.SUSPENDED: _l("Suspended"),
    ActionStatus.DROPPED: _l("Dropped"),
    IndicatorType.OUTPUT: _l("Physical output"),
    IndicatorType.RESULT: _l("Result"),
    IndicatorType.IMPACT: _l("Impact"),
    IndicatorType.FINANCIAL: _l("Financial"),
    IndicatorType.OTHER: _l("Other type"),
    Polarity.HIGHER: _l("Higher is better"),
    Polarity.LOWER: _l("Lower is better"),
    Polarity.NEUTRAL: _l("Neither higher nor lower is better"),
    Frequency.MONTHLY: _l("Every month"),
    Frequency.QUARTERLY: _l("Every three months"),
    Frequency.HALF_YEARLY: _l("Every six months"),
    Frequency.YEARLY: _l("Every year"),
    Frequency.FINAL: _l("At the end of the plan"),
    RevisionKind.CREATED: _l("Added"),
    RevisionKind.EDITED: _l("Edited"),
    RevisionKind.MOVED: _l("Moved"),
    RevisionKind.DELETED: _l("Deleted"),
    RevisionKind.RESTORED: _l("Brought back"),
    PlanChangeKind.SETTINGS: _l("Settings of the plan"),
    PlanChangeKind.STATUS: _l("State of the plan"),
    PlanChangeKind.DELETED: _l("Plan deleted"),
}

FIELD_LABELS: dict[str, Any] = {
    "title": _l("Title"),
    "text": _l("Text"),
    "code": _l("Code"),
    "responsible": _l("Responsible"),
    "section_role": _l("What the section is about"),
    "start_date": _l("Start"),
    "end_date": _l("End"),
    "action_status": _l("State"),
    "budget": _l("Budget"),
    "indicator_type": _l("Type of indicator"),
    "unit": _l("Unit of measurement"),
    "formula": _l("How it is calculated"),
    "source": _l("Source of the data"),
    "polarity": _l("Which values are better"),
    "frequency": _l("How often it is measured"),
    "weight": _l("Weight (%)"),
    "baseline_value": _l("Baseline value"),
    "baseline_year": _l("Year of the baseline"),
    "baseline_text": _l("Baseline in words"),
    "parent": _l("Stands under"),
    "position": _l("Place in the order"),
    "summary": _l("Summary"),
    "language": _l("Language"),
    "start_year": _l("First year"),
    "end_year": _l("Last year"),
    "status": _l("State"),
    "version": _l("Version"),
    "body": _l("Body"),
    "note": _l("Note"),
}

_ENUMS: dict[str, type[enum.Enum]] = {
    "section_role": SectionRole,
    "action_status": ActionStatus,
    "indicator_type": IndicatorType,
    "polarity": Polarity,
    "frequency": Frequency,
    "status": PlanStatus,
}
_DATES = frozenset({"start_date", "end_date"})
_DECIMALS = frozenset({"weight", "baseline_value"})


def term(member: enum.Enum) -> str:
    """What people call a kind, state, role or choice."""
    return str(TERMS[member])


def kind_term(kind: ItemKind, labels: Mapping[str, str]) -> str:
    """What this plan calls items of `kind`: its own label, else the standard term."""
    return labels.get(kind.value) or term(kind)


def counted_term(kind: ItemKind, labels: Mapping[str, str], count: int) -> str:
    """What stands beside the figure `count`: the plan's own label if that is known, else the standard term.

    The plural of a label that somebody typed cannot be known: it stands in brackets then.
    """
    own = labels.get(kind.value, "")
    if own and count == 1:
        return own
    if own in label_plurals():
        return label_plurals()[own]
    standard = _standard_term(kind, count)
    return _("%(kinds)s (%(label)s)", kinds=standard, label=own) if own else standard


def _standard_term(kind: ItemKind, count: int) -> str:
    terms = {
        ItemKind.SECTION: ngettext("Section", "Sections", count),
        ItemKind.GOAL: ngettext("Goal", "Goals", count),
        ItemKind.OBJECTIVE: ngettext("Objective", "Objectives", count),
        ItemKind.ACTION: ngettext("Action", "Actions", count),
        ItemKind.INDICATOR: ngettext("Indicator", "Indicators", count),
    }
    return str(terms[kind])


def field_label(name: str) -> str:
    """The label of an item's or plan's field; targets by year and level labels have names of two parts."""
    part, _dot, key = name.partition(".")
    if part == "targets":
        return _("Target for %(year)s", year=key)
    if part == "labels":
        return _("Label for “%(kind)s”", kind=term(ItemKind(key)))
    return str(FIELD_LABELS[name])


def value_text(name: str, value: Any) -> str:
    """A field's value in words, from Python or from the JSON of a revision; empty for nothing."""
    if value is None or value == "":
        return ""
    if name in _ENUMS:
        return term(_ENUMS[name](value))
    if name in _DATES:
        return str(format_date(date.fromisoformat(value) if isinstance(value, str) else value))
    if name in _DECIMALS:
        return decimal_text(value)
    if name == "language":
        return LANGUAGES.get(str(value), str(value))
    if name == "budget":
        return euro_text(Decimal(value))
    return str(value)


def euro_text(value: Decimal) -> str:
    """An amount as the reader's language writes it; without cents where there are none."""
    whole = value == value.to_integral_value()
    pattern = get_locale().currency_formats["standard"].pattern
    return str(
        format_currency(
            value, "EUR", format=pattern.replace("0.00", "0") if whole else None, currency_digits=not whole
        )
    )


def decimal_text(value: Decimal | str) -> str:
    """A figure with all its digits, written as the reader's language does."""
    number = Decimal(value).normalize()  # the database adds zeros
    return format_decimal(number, locale=get_locale(), decimal_quantization=False)


def target_text(value: Decimal | str | None, text: str, unit: str = "") -> str:
    """A target as a figure with its unit, words, or both."""
    figure = "" if value is None else f"{decimal_text(value)} {unit}".strip()
    return " – ".join(part for part in (figure, text) if part)
