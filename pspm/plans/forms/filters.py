"""What narrows the lists of plans and of their changes; read from the address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SearchField, SelectField
from wtforms.validators import NumberRange, Optional

from pspm.accounts.models import Body, User
from pspm.core.forms import BaseForm
from pspm.plans.models import ItemKind, PlanStatus
from pspm.plans.terms import term

WHOLE_PLAN = "plan"
"""The choice of history's `kind` for changes of the plan itself."""


def _states() -> list[tuple[str, str]]:
    return [("", _("All states")), *((status.value, term(status)) for status in PlanStatus)]


def _parts() -> list[tuple[str, str]]:
    kinds = [(kind.value, term(kind)) for kind in ItemKind]
    return [("", _("All parts")), (WHOLE_PLAN, _("The plan itself")), *kinds]


class FilterForm(BaseForm):
    """A form that is read from the address. A value that it does not know counts as none."""

    class Meta(BaseForm.Meta):
        csrf = False

    def __init__(self) -> None:
        super().__init__(formdata=request.args)
        self.validate()

    def chosen(self, name: str) -> Any:
        """The field's value, or None where it is empty or wrong."""
        field = self[name]
        return None if field.errors or not field.data else field.data


class ApprovedPlanFilter(FilterForm):
    q = SearchField(_l("Words in title, summary or body"))
    body = SelectField(_l("Body"), default="", validate_choice=False)
    year = IntegerField(
        _l("Year that the plan covers"),
        validators=[Optional(), NumberRange(1990, 2100, message=_l("Type a year between 1990 and 2100."))],
    )

    def offer(self, bodies: Iterable[Body]) -> None:
        self.body.choices = [("", _("All bodies")), *((body.public_id, body.name) for body in bodies)]


class OwnPlanFilter(FilterForm):
    q = SearchField(_l("Words in the title"))
    status = SelectField(_l("State"), choices=_states, default="")

    @property
    def wanted(self) -> PlanStatus | None:
        value = self.chosen("status")
        return PlanStatus(value) if value else None


class HistoryFilter(FilterForm):
    author = SelectField(_l("Person"), default="", validate_choice=False)
    kind = SelectField(_l("Part of the plan"), choices=_parts, default="")

    def offer(self, authors: Iterable[User]) -> None:
        self.author.choices = [("", _("Everybody")), *((user.public_id, user.name) for user in authors)]

    @property
    def item_kind(self) -> ItemKind | None:
        value = self.chosen("kind")
        return ItemKind(value) if value and value != WHOLE_PLAN else None

    @property
    def whole_plan(self) -> bool:
        return bool(self.chosen("kind") == WHOLE_PLAN)


class CompareForm(FilterForm):
    """Two of a plan's versions; the latest two where none are chosen."""

    old = SelectField(_l("Earlier version"), coerce=int, validate_choice=False)
    new = SelectField(_l("Later version"), coerce=int, validate_choice=False)

    def __init__(self, numbers: Sequence[int]) -> None:
        """`numbers` are those of all versions, newest first."""
        super().__init__()
        choices = [(number, _("Version %(number)s", number=number)) for number in numbers]
        self.old.choices = self.new.choices = choices
        self.new.data = self.chosen("new") if self.chosen("new") in numbers else numbers[0]
        earlier = [number for number in numbers if number < self.new.data] or [self.new.data]
        self.old.data = self.chosen("old") if self.chosen("old") in numbers else earlier[0]

    @property
    def pair(self) -> tuple[int, int]:
        return self.old.data, self.new.data
