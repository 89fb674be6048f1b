"""Form fields for figures, days and choices, in the person's language."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, SelectField
from wtforms.widgets import TextInput

from pspm.core.i18n import current_language
from pspm.core.numbers import parse_day, parse_decimal
from pspm.plans.terms import term


class FigureField(Field):
    """A number, typed as the person's language writes it. What can't be read stays as it was typed."""

    widget = TextInput()

    def __init__(
        self, label: Any, *, places: int, least: Decimal | None = None, most: Decimal, **kwargs: Any
    ) -> None:
        kwargs.setdefault("render_kw", {}).setdefault("inputmode", "decimal")
        kwargs["render_kw"].setdefault("autocomplete", "off")
        super().__init__(label, **kwargs)
        self.places, self.least, self.most = places, -most if least is None else least, most

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else figure_text(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if typed:
            self.data = self._read(typed)

    def _read(self, typed: str) -> Decimal:
        try:
            number = parse_decimal(typed, current_language())
        except ValueError:
            example = figure_text(Decimal("1234.5"))
            raise ValueError(
                _("“%(typed)s” is not a number. Write it like %(example)s.", typed=typed, example=example)
            ) from None
        if not self.least <= number <= self.most:
            raise ValueError(
                _(
                    "Type a number from %(least)s to %(most)s.",
                    least=figure_text(self.least),
                    most=figure_text(self.most),
                )
            )
        if -number.normalize().as_tuple().exponent > self.places:  # type: ignore[operator]  # it is finite
            raise ValueError(_("Use at most %(count)s decimal places.", count=self.places))
        return number


class DayField(DateField):
    """A day; browsers send it in ISO form, a person without a date picker types it their way."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        try:
            self.data = parse_day(typed, current_language())
        except ValueError:
            raise ValueError(
                _("“%(typed)s” is not a day. Write day, month and year, for example 31/12/2026.", typed=typed)
            ) from None


class ChoiceField(SelectField):
    """One member of an enumeration, or nothing."""

    def __init__(self, label: Any, members: type[enum.Enum], **kwargs: Any) -> None:
        super().__init__(label, choices=lambda: _choices(members), coerce=_coerce(members), **kwargs)


def figure_text(number: Decimal) -> str:
    """The number as a person would type it: all digits, no thousands marked."""
    return format_decimal(
        number.normalize(), locale=current_language(), decimal_quantization=False, group_separator=False
    )


def _choices(members: type[enum.Enum]) -> Sequence[tuple[str, Any]]:
    return [("", _l("Not said")), *((member.value, term(member)) for member in members)]


def _coerce(members: type[enum.Enum]) -> Any:
    def coerce(value: Any) -> enum.Enum | None:
        return None if value in (None, "") else members(value)

    return coerce
