"""Full-text search of practices, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import text

from pspm.practices import queries, services
from pspm.practices.models import Practice, PracticeStatus
from pspm.practices.queries import published
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


@pytest.mark.parametrize("query", ["nowhere", "digitalizzazione nowhere", "xq"])
def test_all_words_must_match(app: Flask, query: str) -> None:
    publish(title="Digitalizzazione dei servizi")
    assert find(query) == []


@pytest.mark.parametrize("query", ["", "  ", "?!", "dei"])
def test_query_without_words_of_its_own_finds_by_what_it_has(app: Flask, query: str) -> None:
    practice = publish(title="Digitalizzazione dei servizi")
    assert find(query) == [practice]


def test_small_words_are_passed_over(app: Flask) -> None:
    practice = publish(title="Digitalizzazione nei comuni")
    assert find("la digitalizzazione dei comuni") == [practice]


def test_only_the_last_word_is_a_beginning(app: Flask) -> None:
    practice = publish(title="Digitalizzazione dei servizi")
    assert find("servizi digital") == [practice]
    assert find("digitali servizi") == []
    assert find("di") == [], "too short to be the beginning of all sorts of words"


@pytest.mark.parametrize(
    ("language", "title", "query"),
    [
        ("en", "Connected services", "connecting service"),
        ("es", "Planificaciones anuales", "planificación anual"),
        ("lv", "Pakalpojumu kvalitāte", "kvalitate"),
        ("el", "Δημόσιες υπηρεσίες", "δημοσιες"),
        ("it", "Piani 2026-2028", "2028"),
    ],
)
def test_each_language_finds_its_words(app: Flask, language: str, title: str, query: str) -> None:
    practice = publish(title=title, language=language)
    assert find(query) == [practice]


def test_match_in_the_title_comes_first(app: Flask) -> None:
    in_title = publish(title="Bilancio partecipativo", context="Testo di altre cose molto diverse.")
    in_text = publish(title="Altro", context="Si parla anche di bilancio, tra le altre cose.")
    assert find("bilancio") == [in_title, in_text]
    assert find("bilancio", newest=True) == [in_text, in_title]


def test_without_words_the_newest_come_first(app: Flask) -> None:
    first, second = publish(), publish()
    assert find() == [second, first]


@pytest.mark.parametrize(
    "filters",
    [
        {"sector": "09"},
        {"sector": "09.4"},
        {"sdg": 4},
        {"country": "LV"},
        {"language": "lv"},
        {"sector": "09.4", "sdg": 17, "country": "LV", "language": "lv"},
    ],
)
def test_filters_narrow_with_and_without_words(app: Flask, filters: dict[str, Any]) -> None:
    wanted = publish(title="Studies", sector="09.4", sdgs=[4, 17], country="LV", language="lv")
    publish(title="Studies", sector="09.5", sdgs=[1], country="IT", language="it")
    publish(title="Studies", sector="01", sdgs=[14], country="FR", language="en")
    wanted_too = [wanted]
    if filters == {"sector": "09"}:
        assert len(find(**filters)) == 2
        return
    assert find(**filters) == wanted_too
    assert find("studies", **filters) == wanted_too
    assert find("other", **filters) == []


@pytest.mark.parametrize("filters", [{"sector": "'; --"}, {"country": '" OR x'}, {"language": "-"}])
def test_filter_that_is_no_word_is_passed_over(app: Flask, filters: dict[str, Any]) -> None:
    practice = publish()
    assert find(**filters) == [practice]


def test_only_published_practices_are_found(app: Flask) -> None:
    make_practice(title="Bilancio", status=PracticeStatus.SUBMITTED)
    assert find("bilancio") == []


def test_changed_words_replace_the_old_ones(app: Flask) -> None:
    practice = publish(title="Zanzara")
    services.save_practice(practice=practice, expected_revision=1, values={"title": "Lucertola"})
    assert find("zanzara") == []
    assert find("lucertola") == [practice]


def test_words_that_are_no_words_are_left_out_of_the_index(app: Flask) -> None:
    practice = publish(title="½ of " + "a" * 100)
    assert find("½") == [practice], "nothing to search for, so all are found"
    assert find("a" * 100) == [practice]
    assert find("of") == [practice]


@pytest.fixture
def small_window(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(published, "WINDOW", 4)
    return 4


def test_many_matches_come_in_windows_that_lead_on(app: Flask, small_window: int) -> None:
    practices = [publish(title="Bilancio") for _ in range(6)][::-1]
    seen: list[Practice] = []
    before = None
    for number in (1, 2):
        found = queries.search_published(
            query="bilancio", filters=Filters(), before=before, page=number, per_page=2
        )
        assert found.is_capped
        assert found.page.total == small_window
        seen += found.page.items
    last = queries.search_published(query="bilancio", filters=Filters(), before=found.older, per_page=2)
    assert not last.is_capped
    assert last.older is None
    assert [*seen, *last.page.items] == practices


def test_page_out_of_range_is_the_last(app: Flask) -> None:
    practice = publish()
    assert list(queries.search_published(filters=Filters(), page=99).page.items) == [practice]
    assert list(queries.search_published(filters=Filters(), page=-1).page.items) == [practice]


@given(query=text(max_size=60))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_breaks_the_search(app: Flask, query: str) -> None:
    find(query)
