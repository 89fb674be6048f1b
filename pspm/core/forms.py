"""The base of all forms: CSRF, trimmed text, labels, and messages of services shown at their field."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.fields.core import UnboundField
from wtforms.validators import InputRequired, StopValidation

from pspm.core.errors import DomainError

OWN_WORDS: dict[str, Any] = {
    "This field is required.": _l("Fill this in."),
    "Not a valid integer value.": _l("Type a whole number."),
    "Not a valid date value.": _l("Choose a day."),
    "Not a valid datetime value.": _l("Choose a day and a time."),
    "Not a valid choice.": _l("Choose one of the list."),
    "Invalid Choice: could not coerce.": _l("Choose one of the list."),
    "Field cannot be longer than %(max)d characters.": _l("Use at most %(max)d characters."),
}
"""What a field of WTForms says by itself, in words that say what would be right and in all languages."""


class OwnWords:
    """The translations of WTForms, from the catalogues of this app."""

    def gettext(self, message: str) -> str:
        return str(OWN_WORDS.get(message, message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(plural)


def strip(value: Any) -> Any:
    """Input filter: no spaces around, and line ends as everywhere else in the app."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


class Filled(InputRequired):
    """The field must not come empty; spaces alone are nothing, since they are not kept."""

    def __call__(self, form: Any, field: Any) -> None:
        if field.raw_data and strip(field.raw_data[0]):
            return
        field.errors[:] = []
        raise StopValidation(self.message or _("Fill this in."))


class BaseForm(FlaskForm):  # type: ignore[misc]
    """Every text field is stripped; `add_error` shows what a service refused."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            filters = [strip, *unbound_field.kwargs.get("filters", ())]
            bound: Field = unbound_field.bind(form=form, filters=filters, **options)
            return bound

        def get_translations(self, form: Any) -> OwnWords:
            return OwnWords()

    @classmethod
    def label_of(cls, name: str) -> str:
        """What people know the field as; empty for one that they do not see or that is not there."""
        field = getattr(cls, name, None)
        if not isinstance(field, UnboundField) or issubclass(field.field_class, HiddenField):
            return ""
        if (field.kwargs.get("render_kw") or {}).get("hidden"):
            return ""
        return str(field.args[0] if field.args else field.kwargs.get("label", ""))

    def add_error(self, error: DomainError) -> None:
        """Put the error's messages at the fields that it names, the rest above the form."""
        for name, message in error.fields.items():
            self[name].errors = [*self[name].errors, message]
        if not error.fields:
            self.form_errors.append(error.message)
