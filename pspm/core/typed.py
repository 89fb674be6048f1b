"""What was typed into a form, for people to read: under the labels that the form's page showed.

Only the names of a posted form's fields are known when it came too late for its view. The form whose
fields they are is found by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wtforms import BooleanField
from wtforms.fields.core import UnboundField

from pspm.core.forms import BaseForm
from pspm.core.i18n import gettext as _

FormClass = type[BaseForm]


def read_typed(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Labels and values of the filled fields that people see: hidden ones and buttons tell them nothing."""
    filled = [(_bare(name), value) for name, value in fields if value.strip()]
    form = _find_form({name for name, _value in filled})
    labelled = [(form.label_of(name), name, value) for name, value in filled]
    return [(label, _words(form, name, value)) for label, name, value in labelled if label]


def _bare(name: str) -> str:
    """The name without the prefix that a form has where its page shows several."""
    return name.rpartition("-")[2]


def _find_form(names: set[str]) -> FormClass:
    """The form that knows most of the names; of those that know as many, the one with the fewest fields."""

    def fit(form: FormClass) -> tuple[int, int]:
        own = set(_fields(form))
        return len([name for name in names if name in own or form.label_of(name)]), -len(own)

    return max(_all_forms(BaseForm), key=fit)


def _all_forms(form: FormClass) -> Iterator[FormClass]:
    yield form
    for each in form.__subclasses__():
        yield from _all_forms(each)


def _fields(form: FormClass) -> Iterator[str]:
    return (name for name in dir(form) if isinstance(getattr(form, name), UnboundField))


def _words(form: FormClass, name: str, value: str) -> str:
    """A choice as the list shows it, where the list is the same for everybody."""
    field = getattr(form, name, None)
    if not isinstance(field, UnboundField):
        return value
    if issubclass(field.field_class, BooleanField):
        return _("Yes")
    choices = field.kwargs.get("choices") or ()
    pairs = choices() if callable(choices) else choices
    labels: dict[str, Any] = dict(pair for pair in pairs if isinstance(pair, tuple))
    return str(labels.get(value, value))
