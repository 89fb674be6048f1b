"""Full-text search of practices, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from pspm.practices import queries, services
from pspm.practices.models import Practice, PracticeStatus
from pspm.practices.search import Filters
from tests.factories import make_practice

NO_FILTERS = Filters()


def publish(**values: Any) -> Practice:
    practice = make_practice(status=PracticeStatus.SUBMITTED, **values)
    services.publish_practice(practice=practice)
    return practice


def find(query: str = "", *, newest: bool = False, **filters: Any) -> list[Practice]:
    found = queries.search_published(query=query, filters=Filters(**filters), newest=newest)
    return list(found.page.items)


@pytest.mark.parametrize(
    "query",
    [
        "digitalizzazione",
        "DIGITALIZZAZIONI",
        "digitaliz",
        "qualità",
        "qualita",
        "Qualità dei servizi",
        "servizio",
        "cittadino anziano",
        "'; drop table practice; --qualità",
        '"qualità"',
        "qualità*",
        "qualità -",
    ],
)
def test_search_finds_inflected_and_unaccented_words(app: Flask, query: str) -> None:
    wanted = publish(
        title="Digitalizzazione dei servizi",
        context="La **qualità** dei servizi ai cittadini anziani; drop table practice.",
        language="it",
    )
    publish(title="Something else", language="en")
    assert find(query) == [wanted]
