"""How templates show values."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask, render_template_string

from pspm.core.i18n import in_language

MOMENT = datetime(2026, 11, 7, 14, 4, 7, tzinfo=UTC)


@pytest.mark.parametrize(("language", "shown"), [("it", "7 nov 2026, 15:04"), ("en", "7 Nov 2026, 15:04")])
def test_moment_is_shown_to_the_minute_in_the_zone_of_the_site(app: Flask, language: str, shown: str) -> None:
    with app.test_request_context("/"), in_language(language):
        assert render_template_string("{{ moment | datetimeformat }}", moment=MOMENT) == shown


@pytest.mark.parametrize(
    ("size", "shown"), [(0, "0,1 kB"), (1536, "1,5 kB"), (20 * 1024**2, "20 MB"), (1_300_000, "1,2 MB")]
)
def test_size_of_a_file_is_shown_in_the_language_of_the_reader(app: Flask, size: int, shown: str) -> None:
    with app.test_request_context("/"), in_language("it"):
        assert render_template_string("{{ size | filesize }}", size=size) == shown
