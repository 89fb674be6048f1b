"""The words of `practices` as people read them, in the language of the request."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pspm.core.i18n import current_language
from pspm.core.languages import language_names
from pspm.practices import vocabulary
from pspm.practices.models import PracticeStatus

STATUSES = {
    PracticeStatus.DRAFT: _l("Draft"),
    PracticeStatus.SUBMITTED: _l("Being checked"),
    PracticeStatus.RETURNED: _l("Returned with remarks"),
    PracticeStatus.PUBLISHED: _l("Published"),
}

SECTIONS = {
    "context": _l("Context and challenge"),
    "solution": _l("Solution"),
    "results": _l("Results and evidence"),
    "success_conditions": _l("Conditions for success"),
    "lessons": _l("Lessons learned"),
    "replication": _l("How to replicate it"),
    "resources": _l("Resources needed"),
}
"""The texts of an entry in the order of reading."""


def status_term(status: PracticeStatus) -> str:
    return str(STATUSES[status])


def sector_label(code: str) -> str:
    """The name of a COFOG division or group; empty where there is none."""
    return vocabulary.sectors(current_language()).get(code, "")


def sdg_label(number: int) -> str:
    return vocabulary.sdgs(current_language())[number]


def language_label(code: str) -> str:
    return language_names(current_language()).get(code, code)


def country_label(code: str) -> str:
    return vocabulary.countries(current_language()).get(code, code)


def licence_name(identifier: str) -> str:
    return vocabulary.LICENCES[identifier][0]


def licence_address(identifier: str) -> str:
    return vocabulary.LICENCES[identifier][1]


def period(start_year: int | None, end_year: int | None) -> str:
    """The years as "2021–2024", "since 2021", "until 2024", or nothing."""
    if start_year and end_year:
        return str(start_year) if start_year == end_year else f"{start_year}–{end_year}"
    if start_year:
        return str(_l("since %(year)s", year=start_year))
    return str(_l("until %(year)s", year=end_year)) if end_year else ""
