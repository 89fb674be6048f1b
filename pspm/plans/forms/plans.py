"""Forms of a plan as a whole: its settings and its approval."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange

from pspm.core.errors import DomainError, InvalidInput
from pspm.core.forms import BaseForm, Filled
from pspm.core.i18n import LANGUAGES

_YEARS = NumberRange(min=1990, max=2100, message=_l("Type a year between 1990 and 2100."))


def title_field(description: Any = "") -> StringField:
    return StringField(
        _l("Title"),
        validators=[
            Filled(_l("Type the title of the plan.")),
            Length(max=300, message=_l("Use at most 300 characters.")),
        ],
        description=description,
    )


def year_field(label: Any) -> IntegerField:
    return IntegerField(label, validators=[Filled(_l("Type a year of four digits.")), _YEARS])


def _label(standard: Any) -> StringField:
    return StringField(standard, validators=[Length(max=60, message=_l("Use at most 60 characters."))])


def _languages() -> list[tuple[str, str]]:
    return list(LANGUAGES.items())


class SettingsForm(BaseForm):
    """`expected` is the change of the settings that the form was made from."""

    expected = HiddenField()
    title = title_field()
    summary = TextAreaField(
        _l("Summary"),
        validators=[Length(max=5000, message=_l("Use at most 5,000 characters."))],
        description=_l("What the plan is about, in a few sentences. It stands in the public list of plans."),
        render_kw={"rows": 5},
    )
    language = SelectField(
        _l("Language of the text"),
        choices=_languages,
        description=_l("Screen readers speak it so."),
    )
    start_year = year_field(_l("First year"))
    end_year = year_field(_l("Last year"))
    labels_goal = _label(_l("Instead of “Goal”"))
    labels_objective = _label(_l("Instead of “Objective”"))
    labels_action = _label(_l("Instead of “Action”"))
    labels_indicator = _label(_l("Instead of “Indicator”"))
    labels_section = _label(_l("Instead of “Section”"))

    @property
    def settings(self) -> dict[str, Any]:
        """What was typed, under the names of the settings."""
        return {
            name.replace("_", ".", 1) if name.startswith("labels_") else name: value
            for name, value in self.data.items()
            if name not in ("expected", "csrf_token")
        }

    def add_error(self, error: DomainError) -> None:
        """The service names level labels `labels.goal`, the form `labels_goal`."""
        fields = {name.replace(".", "_"): message for name, message in error.fields.items()}
        super().add_error(InvalidInput(error.message, fields=fields))


def form_values(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings under the names of the form's fields."""
    return {name.replace(".", "_"): value for name, value in settings.items()}


class ApprovalForm(BaseForm):
    note = TextAreaField(
        _l("Note on this version"),
        validators=[Length(max=2000, message=_l("Use at most 2,000 characters."))],
        description=_l(
            "The act that approves it, what is new since the last version. Everybody can read it."
        ),
        render_kw={"rows": 4},
    )
