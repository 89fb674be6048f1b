"""The cache of rendered text: bounded, keyed, emptied."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pspm.core import cache


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_keep_makes_a_value_once() -> None:
    made: list[int] = []

    def make() -> str:
        made.append(1)
        return "text"

    assert cache.keep(("a", 1), make) == "text"
    assert cache.keep(("a", 1), make) == "text"
    assert len(made) == 1
    assert cache.keep(("a", 2), make) == "text"
    assert len(made) == 2


def test_oldest_entries_fall_out_when_room_is_short() -> None:
    large = "x" * (cache.MAX_BYTES // 3)
    for number in range(4):
        cache.put(number, large)
    assert cache.find(0) is None
    assert cache.find(3) == large


def test_value_larger_than_all_room_is_not_kept() -> None:
    cache.put("small", "y")
    cache.put("key", "x" * (cache.MAX_BYTES + 1))
    assert cache.find("key") is None
    assert cache.find("small") == "y"


def test_size_counts_what_is_inside() -> None:
    text = "x" * 1000
    assert cache.size_of((text, {"key": text})) > 2000
    assert cache.size_of(7) < 100
