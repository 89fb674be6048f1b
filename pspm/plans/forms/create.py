"""The form that begins a plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, ValidationError

from pspm.accounts.models import Body
from pspm.core.forms import BaseForm, Filled
from pspm.core.i18n import LANGUAGES
from pspm.plans.forms.plans import title_field, year_field
from pspm.plans.services.plans import MAX_YEARS
from pspm.plans.templates import ORDER


class PlanForm(BaseForm):
    body = SelectField(
        _l("Body that leads the plan"),
        validators=[Filled(_l("Choose a body."))],
        description=_l("People of other bodies can write with you: invite them afterwards."),
    )
    template_key = RadioField(
        _l("Begin from"),
        choices=lambda: [(key, key) for key in ORDER],
        default=ORDER[0],
        validators=[Filled(_l("Choose one of the templates."))],
    )
    title = title_field(_l("For example “Three-year ICT strategic plan 2027-2029”."))
    language = SelectField(
        _l("Language of the text"),
        choices=lambda: list(LANGUAGES.items()),
        description=_l("The template's sections and guidance come in this language."),
    )
    start_year = year_field(_l("First year"))
    end_year = year_field(_l("Last year"))

    def offer(self, bodies: Iterable[Body]) -> None:
        """Let the person choose among the bodies that they write plans for."""
        choices: list[tuple[str, Any]] = [(body.public_id, body.name) for body in bodies]
        self.body.choices = choices if len(choices) == 1 else [("", _("Choose")), *choices]

    def validate_end_year(self, field: Any) -> None:
        first, last = self.start_year.data, field.data
        if first is None or last is None:  # told of already
            return
        if not first <= last < first + MAX_YEARS:
            raise ValidationError(
                _(
                    "The last year must be the first one or later, and within %(count)s years.",
                    count=MAX_YEARS,
                )
            )
