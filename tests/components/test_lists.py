"""Components that show lists, states and changes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pspm.core.paging import Page
from tests.components.conftest import Render


def page_number(number: int, total: int) -> Page[int]:
    return Page(items=[], number=number, per_page=10, total=total)


def test_pagination_keeps_the_filters_of_the_address(render: Render) -> None:
    page = render(
        "pagination",
        "{{ pagination(page) }}",
        path="/list?q=a%20b&tag=x&tag=y&page=2",
        page=page_number(2, 30),
    )
    assert page.xpath("//a/@href") == [f"/list?q=a+b&tag=x&tag=y&page={number}" for number in (1, 1, 2, 3, 3)]
    assert page.xpath("//a[@aria-current='page']/@href") == ["/list?q=a+b&tag=x&tag=y&page=2"]


def test_pagination_takes_no_orders_from_the_address(render: Render) -> None:
    page = render(
        "pagination",
        "{{ pagination(page) }}",
        path="/list?_external=1&_scheme=javascript",
        page=page_number(1, 11),
    )
    assert all(href.startswith("/list?") for href in page.xpath("//a/@href"))


def test_pagination_leaves_gaps_in_long_lists(render: Render) -> None:
    page = render("pagination", "{{ pagination(page) }}", page=page_number(50, 1000))
    assert len(page.xpath("//li[@class='pages__gap']")) == 2
    assert len(page.xpath("//li")) == 11


def test_pagination_is_silent_on_a_single_page(render: Render) -> None:
    assert len(render("pagination", "{{ pagination(page) }}", page=page_number(1, 10))) == 0


def test_diff_says_in_words_what_colours_show(render: Render) -> None:
    chunks = [("equal", "by "), ("delete", "half"), ("insert", "<third>")]
    page = render("diff", "{{ diff(chunks) }}", chunks=chunks)
    assert page.text_content().strip() == "by [removed: half][added: <third>]"
    assert [element.tag for element in page.xpath("//ins|//del")] == ["del", "ins"]


def test_definition_list_leaves_out_empty_values(render: Render) -> None:
    page = render("definition_list", "{{ definition_list(rows) }}", rows=[("A", 0), ("B", None), ("C", "")])
    assert page.xpath("//dt/text()") == ["A"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("accepted", "state state--success"),
        ("not-accepted", "state state--danger"),
        ("neutral", "state state--neutral"),
    ],
)
def test_badge_takes_colour_and_sign_from_a_state(render: Render, kind: str, expected: str) -> None:
    (state,) = render("badge", "{{ badge('Word', kind) }}", kind=kind).xpath("//span")
    assert state.get("class") == expected
    assert len(state.xpath("./svg")) == (kind != "neutral")


def test_steps_marks_what_is_done_and_where_we_are(render: Render) -> None:
    source = "{{ steps([('a', 'A'), ('b', 'B'), ('c', 'C')], 'b') }}"
    page = render("steps", source)
    assert [item.get("aria-current") for item in page.xpath("//li")] == [None, "step", None]
    assert len(page.xpath("//li[1]//svg[@role='img']")) == 1


@pytest.mark.parametrize("when", [date(2026, 11, 23), datetime(2026, 11, 23, 9, 30, tzinfo=UTC)])
def test_meta_gives_the_moment_to_machines_too(render: Render, when: date) -> None:
    page = render("meta", "{{ meta('Ada', when) }}", when=when)
    assert page.xpath("//time/@datetime") == [when.isoformat()]


def test_progress_of_nothing_is_still_a_valid_bar(render: Render) -> None:
    (bar,) = render("progress", "{{ progress(0, 0, 'Decided') }}").xpath("//progress")
    assert (bar.get("max"), bar.get("value")) == ("1", "0")
