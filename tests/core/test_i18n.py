"""The language of a page, and how it writes days."""

from __future__ import annotations

from datetime import date

from flask import Flask, render_template_string

from pspm.core.i18n import current_language, in_language
from tests.client import CheckedClient


def test_english_is_written_as_in_europe_and_is_still_called_en(app: Flask) -> None:
    with app.test_request_context("/", headers={"Accept-Language": "en-US"}):
        shown = render_template_string(
            "{{ day | date('short') }}, {{ day | date('long') }}", day=date(2026, 3, 9)
        )
        assert (shown, current_language()) == ("09/03/2026, 9 March 2026", "en")


def test_page_says_its_language_and_the_way_its_dates_are_written(client: CheckedClient) -> None:
    assert '<html lang="en" data-locale="en-GB">' in client.get("/", headers={"Accept-Language": "en"}).text
    assert '<html lang="it" data-locale="it">' in client.get("/", headers={"Accept-Language": "it"}).text


def test_forced_language_brings_its_catalogue_and_its_dates(app: Flask) -> None:
    with app.test_request_context("/", headers={"Accept-Language": "it"}), in_language("en"):
        assert (
            render_template_string("{{ _('Save') }} {{ day | date }}", day=date(2026, 3, 9))
            == "Save 9 Mar 2026"
        )
