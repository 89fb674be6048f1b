"""The form of an item, by kind. A field's description says what a good answer is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from pspm.core.forms import BaseForm
from pspm.plans.fields import field_names
from pspm.plans.forms.fields import ChoiceField, DayField, FigureField
from pspm.plans.models import (
    ActionStatus,
    Frequency,
    IndicatorType,
    ItemKind,
    Polarity,
    SectionRole,
)
from pspm.plans.snapshot import TargetSnapshot
from pspm.plans.terms import FIELD_LABELS

LONG = 50_000
SHORT = 5_000
_FIGURE: dict[str, Any] = {"places": 6, "most": Decimal(10**13)}
_WHICH_TITLE = {
    ItemKind.SECTION: _l("What the section is about, for example “Context”."),
    ItemKind.GOAL: _l(
        "The change for people or businesses that the whole period works towards, "
        "for example “Services that work at the first attempt”."
    ),
    ItemKind.OBJECTIVE: _l(
        "A result that can be reached within the plan's years and that somebody can check, for example "
        "“Halve the time to issue a permit”."
    ),
    ItemKind.ACTION: _l(
        "What will be done, beginning with a verb, for example “Train the help desks of 12 local offices”."
    ),
    ItemKind.INDICATOR: _l(
        "What is counted or measured, not the value wanted, for example “Median days to issue a permit”."
    ),
}
_WHICH_TEXT = {
    ItemKind.SECTION: _l("Short paragraphs in plain words. Say where the figures come from."),
    ItemKind.GOAL: _l("Why it matters, for whom, and how its objectives bring it about."),
    ItemKind.OBJECTIVE: _l(
        "The problem today, with a figure; what will be different, and for whom; what it depends on."
    ),
    ItemKind.ACTION: _l(
        "The steps, what will exist at the end, who must take part, and what could go wrong."
    ),
    ItemKind.INDICATOR: _l("Why this measure shows the result, and what it does not show."),
}
_TARGET_FIELD = re.compile(r"target_(\d+)_(value|text)")
_TARGET_LABELS: dict[str, Callable[[object], Any]] = {
    "value": lambda year: _l("Value for %(year)s", year=year),
    "text": lambda year: _l("Target for %(year)s in words", year=year),
}


def _at_most(count: int) -> Length:
    return Length(max=count, message=_l("Use at most %(max)d characters."))


def _words(name: str, most: int, hint: Any, rows: int = 3) -> TextAreaField:
    return TextAreaField(
        FIELD_LABELS[name], validators=[_at_most(most)], description=hint, render_kw={"rows": rows}
    )


class ItemForm(BaseForm):
    """What every kind has. `expected_revision` is the revision that the form was made from."""

    expected_revision = IntegerField(
        # Not of type hidden: a draft that the browser keeps must remember what it was made from.
        render_kw={"hidden": True, "aria-label": _l("Revision")},
        validators=[Optional()],
    )
    restore = HiddenField()
    """Set where the item was deleted meanwhile, and saving brings it back."""
    title = StringField(
        FIELD_LABELS["title"], validators=[DataRequired(_l("Give it a title.")), _at_most(500)]
    )
    text = _words("text", LONG, None, rows=10)
    code: Any = StringField(
        FIELD_LABELS["code"],
        validators=[_at_most(60)],
        description=_l(
            "Your body's own code, for example that of the budget or of the performance cycle. "
            "The number in the plan comes by itself."
        ),
    )
    responsible: Any = StringField(
        FIELD_LABELS["responsible"],
        validators=[_at_most(300)],
        description=_l("The office that answers for it, for example “Directorate for digital services”."),
    )

    def values(self, kind: ItemKind) -> dict[str, Any]:
        """What was typed, by the names of the item's fields."""
        return {name: self[name].data for name in field_names(kind) if name in self}


class SectionForm(ItemForm):
    section_role = ChoiceField(
        FIELD_LABELS["section_role"],
        SectionRole,
        description=_l("Mission and vision have places of their own in the files that other systems read."),
    )
    responsible = None
    code = None


class ActionForm(ItemForm):
    start_date = DayField(FIELD_LABELS["start_date"], description=_l("The day on which work begins."))
    end_date = DayField(
        FIELD_LABELS["end_date"], description=_l("The day by which what you describe is there.")
    )
    action_status = ChoiceField(
        FIELD_LABELS["action_status"], ActionStatus, description=_l("How it stands today.")
    )
    budget = FigureField(
        FIELD_LABELS["budget"],
        places=2,
        least=Decimal(0),
        most=Decimal(10**13),
        description=_l("In euro, for the whole period, all sources together; for example 250000."),
    )

    def validate_end_date(self, field: DayField) -> None:
        if field.data and self.start_date.data and field.data < self.start_date.data:
            raise ValidationError(_("The end is before the start."))


class IndicatorForm(ItemForm):
    """An indicator without its targets; `make_form` adds a row for each year."""

    target_years: tuple[int, ...] = ()

    indicator_type = ChoiceField(
        FIELD_LABELS["indicator_type"],
        IndicatorType,
        description=_l(
            "Physical output: what is produced. Result: what changes for the users. Impact: what changes in "
            "society, also through others. Financial: money, only beside another type "
            "(DPCM 18 September 2012, article 6)."
        ),
    )
    unit = StringField(
        FIELD_LABELS["unit"],
        validators=[_at_most(100)],
        description=_l("For example: days, per cent, services, euro."),
    )
    formula = _words(
        "formula", SHORT, _l("For example: permits issued within 30 days ÷ all permits issued × 100.")
    )
    source = _words(
        "source",
        SHORT,
        _l("The register or survey that gives the data, and who keeps it; a link if there is one."),
    )
    polarity = ChoiceField(
        FIELD_LABELS["polarity"], Polarity, description=_l("For days of waiting, lower is better.")
    )
    frequency = ChoiceField(FIELD_LABELS["frequency"], Frequency)
    weight = FigureField(
        FIELD_LABELS["weight"],
        places=2,
        least=Decimal(0),
        most=Decimal(100),
        description=_l(
            "Its share in judging the objective; the weights of one objective's indicators make 100."
        ),
    )
    baseline_value = FigureField(
        FIELD_LABELS["baseline_value"],
        **_FIGURE,
        description=_l("The last value measured before the plan begins."),
    )
    baseline_year = IntegerField(
        FIELD_LABELS["baseline_year"],
        validators=[Optional(), NumberRange(1900, 2100, message=_l("Type a year of four digits."))],
        description=_l("The year of that value, for example 2025."),
    )
    baseline_text = _words(
        "baseline_text", SHORT, _l("Where there is no figure, or one needs explaining."), rows=2
    )

    @classmethod
    def label_of(cls, name: str) -> str:
        target = _TARGET_FIELD.fullmatch(name)
        return str(_TARGET_LABELS[target[2]](target[1])) if target else super().label_of(name)

    def target_rows(self) -> list[tuple[int, Any, Any]]:
        """The fields of each year: value and words."""
        return [
            (year, self[f"target_{year}_value"], self[f"target_{year}_text"]) for year in self.target_years
        ]

    def values(self, kind: ItemKind) -> dict[str, Any]:
        targets = tuple(
            TargetSnapshot(year=year, value=value.data, text=text.data or "")
            for year, value, text in self.target_rows()
            if value.data is not None or text.data
        )
        return super().values(kind) | {"targets": targets}


_FORMS: dict[ItemKind, type[ItemForm]] = {
    ItemKind.SECTION: SectionForm,
    ItemKind.GOAL: ItemForm,
    ItemKind.OBJECTIVE: ItemForm,
    ItemKind.ACTION: ActionForm,
    ItemKind.INDICATOR: IndicatorForm,
}


def make_form(
    kind: ItemKind, years: Iterable[int], values: dict[str, Any], *, posted: bool = True, **hidden: Any
) -> Any:
    """The form of an item of `kind` with what was posted, or (also with `posted` off) with `values`.

    `years` are those of the plan; targets of other years (an import brought them) have rows too.
    """
    targets = {target.year: target for target in values.get("targets", ())}
    form_class: Any = _FORMS[kind]
    data = {**values, **hidden}
    if kind is ItemKind.INDICATOR:
        all_years = tuple(sorted({*years, *targets}))
        form_class = _with_targets(all_years)
        for year, target in targets.items():
            data |= {f"target_{year}_value": target.value, f"target_{year}_text": target.text}
    form = form_class(data=data) if posted else form_class(formdata=None, data=data)
    form.title.description = _WHICH_TITLE[kind]
    form.text.description = _WHICH_TEXT[kind]
    return form


def _with_targets(years: tuple[int, ...]) -> type[IndicatorForm]:
    fields: dict[str, Any] = {"target_years": years}
    for year in years:
        fields[f"target_{year}_value"] = FigureField(_TARGET_LABELS["value"](year), **_FIGURE)
        fields[f"target_{year}_text"] = TextAreaField(
            _TARGET_LABELS["text"](year), validators=[_at_most(SHORT)], render_kw={"rows": 2}
        )
    return type("IndicatorFormWithTargets", (IndicatorForm,), fields)
