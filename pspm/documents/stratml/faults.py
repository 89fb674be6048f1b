"""What is wrong in a file that was read all the same, and what was done about it."""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass, field

from flask_babel import gettext


class FaultKind(enum.Enum):
    NAMESPACE = "namespace"
    OLD_NAME = "old_name"
    UNKNOWN_ELEMENT = "unknown_element"
    MISPLACED = "misplaced"
    ORDER = "order"
    TOO_MANY = "too_many"
    MISSING = "missing"
    STRAY_TEXT = "stray_text"
    UNKNOWN_ATTRIBUTE = "unknown_attribute"
    MISSING_ATTRIBUTE = "missing_attribute"
    BAD_CHOICE = "bad_choice"
    EMPTY_CHOICE = "empty_choice"
    BAD_DATE = "bad_date"
    ODD_DATE = "odd_date"
    EMPTY_DATE = "empty_date"
    BAD_NUMBER = "bad_number"
    BAD_ADDRESS = "bad_address"
    ODD_ADDRESS = "odd_address"
    BAD_IDENTIFIER = "bad_identifier"
    DIGIT_LED_IDENTIFIER = "digit_led_identifier"
    EMPTY_IDENTIFIER = "empty_identifier"
    DOUBLE_IDENTIFIER = "double_identifier"
    NO_GOAL = "no_goal"
    NO_NAME = "no_name"
    NO_YEARS = "no_years"
    NO_TARGET_YEAR = "no_target_year"
    DOUBLE_TARGET = "double_target"
    EMPTY_TARGET = "empty_target"
    TOO_LONG = "too_long"
    UNREADABLE_FIELD = "unreadable_field"
    UNKNOWN_PARENT = "unknown_parent"


@dataclass(frozen=True)
class Fault:
    """One fault. `where` is a path such as "Goal 2 / Objective 1"; `values` fill in its message."""

    kind: FaultKind
    line: int
    where: str
    values: dict[str, str] = field(default_factory=dict)

    @property
    def problem(self) -> str:
        """What is wrong, in the reader's language."""
        return _say(_MESSAGES[self.kind][0], self.values)

    @property
    def remedy(self) -> str:
        """What was done about it."""
        return _say(_MESSAGES[self.kind][1], self.values)

    def as_json(self) -> str:
        """On one line, to be kept until somebody reads it, in whatever language."""
        return json.dumps([self.kind.value, self.line, self.where, self.values])

    @classmethod
    def from_json(cls, text: str) -> Fault:
        kind, line, where, values = json.loads(text)
        return cls(FaultKind(kind), line, where, values)


def _say(message: str, values: dict[str, str]) -> str:
    return str(gettext(message)) % values


def N_(message: str) -> str:  # noqa: N802 - the name that message extraction looks for
    return message


_KEPT = N_("It is kept and goes along in exports as text.")
_READ_AS = N_("It is read as “%(new)s”.")
_MESSAGES: dict[FaultKind, tuple[str, str]] = {
    FaultKind.NAMESPACE: (
        N_("The namespace “%(name)s” is not one of StratML's."),
        N_("The file is read as StratML all the same."),
    ),
    FaultKind.OLD_NAME: (
        N_("“%(old)s” is a name that the standard does not have (any more)."),
        _READ_AS,
    ),
    FaultKind.UNKNOWN_ELEMENT: (N_("“%(name)s” has no place in “%(parent)s”."), _KEPT),
    FaultKind.MISPLACED: (
        N_("“%(name)s” may not stand in “%(parent)s”."),
        N_("It is read where it stands; an export puts it where the standard allows."),
    ),
    FaultKind.ORDER: (
        N_("“%(name)s” stands after “%(after)s”; the standard wants it before."),
        N_("It is put in order."),
    ),
    FaultKind.TOO_MANY: (N_("There is more than one “%(name)s” in “%(parent)s”."), _KEPT),
    FaultKind.MISSING: (N_("“%(name)s” is missing in “%(parent)s”."), N_("It is taken as empty.")),
    FaultKind.STRAY_TEXT: (N_("There is text between the elements of “%(parent)s”: “%(text)s”."), _KEPT),
    FaultKind.UNKNOWN_ATTRIBUTE: (N_("“%(parent)s” has no attribute “%(name)s”."), _KEPT),
    FaultKind.MISSING_ATTRIBUTE: (
        N_("The attribute “%(name)s” is missing."),
        N_("It is taken as “%(value)s”."),
    ),
    FaultKind.BAD_CHOICE: (N_("“%(value)s” is not one of the values of “%(name)s”."), _KEPT),
    FaultKind.EMPTY_CHOICE: (N_("“%(name)s” is empty; it must have a value or be absent."), N_("Left out.")),
    FaultKind.BAD_DATE: (N_("“%(value)s” is not a date (YYYY-MM-DD)."), _KEPT),
    FaultKind.ODD_DATE: (N_("“%(value)s” is not written as YYYY-MM-DD."), _READ_AS),
    FaultKind.EMPTY_DATE: (N_("“%(name)s” is empty; it must be a date or be absent."), N_("Left out.")),
    FaultKind.BAD_NUMBER: (
        N_("“%(value)s” is not a plain number."),
        N_("It is put before the description of the result."),
    ),
    FaultKind.BAD_ADDRESS: (N_("“%(value)s” is not a web address."), _KEPT),
    FaultKind.ODD_ADDRESS: (N_("“%(value)s” has characters that a web address may not have."), _READ_AS),
    FaultKind.BAD_IDENTIFIER: (
        N_("“%(value)s” cannot be an identifier: only letters, digits, “.”, “-” and “_” may be in it."),
        _KEPT,
    ),
    FaultKind.DIGIT_LED_IDENTIFIER: (
        N_("The identifier “%(value)s” begins with a digit or a mark."),
        N_("“_” is put before it."),
    ),
    FaultKind.EMPTY_IDENTIFIER: (N_("The identifier is empty."), N_("Left out.")),
    FaultKind.DOUBLE_IDENTIFIER: (
        N_("The identifier “%(value)s” is used more than once."),
        N_("The first one has it; this one gets a new one."),
    ),
    FaultKind.NO_GOAL: (N_("The plan has no goal."), N_("It is read without.")),
    FaultKind.NO_NAME: (N_("“%(name)s” has no name."), N_("It is called “%(title)s”.")),
    FaultKind.NO_YEARS: (
        N_("The file does not say from when to when the plan runs."),
        N_("The years %(start)s–%(end)s are taken; change them if they are wrong."),
    ),
    FaultKind.NO_TARGET_YEAR: (
        N_("The target “%(text)s” has no date, so its year is not known."),
        N_("It goes along in exports; enter it by hand to see it in the plan."),
    ),
    FaultKind.DOUBLE_TARGET: (
        N_("There is a second target for %(year)s."),
        N_("The first one is in the plan, this one goes along in exports."),
    ),
    FaultKind.EMPTY_TARGET: (
        N_("The target for %(year)s says nothing."),
        N_("The year stands in the plan without a value."),
    ),
    FaultKind.TOO_LONG: (
        N_("“%(name)s” is longer than %(limit)s characters."),
        N_("It is cut; the whole of it stands in the description."),
    ),
    FaultKind.UNREADABLE_FIELD: (N_("“%(text)s” cannot be read as a field."), _KEPT),
    FaultKind.UNKNOWN_PARENT: (
        N_("The objective says that it is part of “%(value)s”, which does not come before it."),
        N_("It is put directly under its goal."),
    ),
}
