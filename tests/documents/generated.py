"""Plans of every shape, made up by hypothesis."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from pspm.plans.models import (
    ActionStatus,
    Frequency,
    IndicatorType,
    ItemKind,
    Polarity,
    SectionRole,
)
from pspm.plans.snapshot import BodySnapshot, ItemSnapshot, PlanSnapshot, TargetSnapshot

_letters = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"))
_tricky = st.sampled_from(
    [
        "=== PSPM fields ===",
        "Text: no",
        "| bar",
        "Gennaio 2024 - x - (y) - CAP1.1",
        "# Titolo\n\n- **uno**\n- _due_\n\n    codice",
        "Āčē & <b>x</b> ΑΩ ñ €",
        "a - b - (c) - D1",
        "CAP1.1",
        "Order: 2 1",
    ]
)


def _clean(text: str) -> str:
    return text.strip()


@cache
def lines(most: int = 40) -> st.SearchStrategy[str]:
    """One line of text, not empty."""
    return (
        (st.text(_letters, min_size=1, max_size=most) | _tricky.map(lambda t: t.split("\n")[0]))
        .map(lambda text: " ".join(text.split()))
        .filter(bool)
    )


@cache
def texts() -> st.SearchStrategy[str]:
    """Text of several lines as forms leave it, or none."""
    piece = st.text(_letters | st.sampled_from("\n\t "), max_size=60) | _tricky
    return st.lists(piece, max_size=3).map(lambda pieces: _clean("\n".join(pieces)))


def maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


def decimals(places: int = 6) -> st.SearchStrategy[Decimal]:
    return st.decimals(-(10**13), 10**13, places=places, allow_nan=False)


_days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
_years = st.integers(1990, 2100)


def _fields(**strategies: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    """Some of the fields; the empty ones left out, as in snapshots."""
    drawn = st.fixed_dictionaries({name: maybe(strategy) for name, strategy in strategies.items()})
    return drawn.map(lambda d: {name: value for name, value in d.items() if value not in (None, "")})


FIELDS = {
    ItemKind.SECTION: _fields(section_role=st.sampled_from(SectionRole)),
    ItemKind.GOAL: st.just({}),
    ItemKind.OBJECTIVE: st.just({}),
    ItemKind.ACTION: _fields(
        start_date=_days | st.just(date(2024, 3, 1)),
        end_date=_days | st.just(date(2024, 12, 31)),
        action_status=st.sampled_from(ActionStatus),
        budget=st.decimals(0, 10**13, places=2),
    )
    | st.just({}),
    ItemKind.INDICATOR: _fields(
        indicator_type=st.sampled_from(IndicatorType),
        unit=lines(),
        formula=texts(),
        source=texts(),
        polarity=st.sampled_from(Polarity),
        frequency=st.sampled_from(Frequency),
        weight=st.decimals(0, 100, places=2),
        baseline_value=decimals(),
        baseline_year=_years,
        baseline_text=texts(),
    ),
}
_targets = st.dictionaries(_years, st.tuples(maybe(decimals()), texts()), max_size=4).map(
    lambda found: tuple(
        TargetSnapshot(year=year, value=value, text=text) for year, (value, text) in sorted(found.items())
    )
)
_BELOW = {
    ItemKind.SECTION: [ItemKind.SECTION],
    ItemKind.GOAL: [ItemKind.OBJECTIVE, ItemKind.ACTION, ItemKind.INDICATOR],
    ItemKind.OBJECTIVE: [ItemKind.OBJECTIVE, ItemKind.ACTION, ItemKind.INDICATOR],
    ItemKind.ACTION: [ItemKind.INDICATOR],
    ItemKind.INDICATOR: [],
}
_extras = (
    st.just({})
    | st.just({})
    | st.dictionaries(lines(10).filter(lambda k: k != "stratml"), texts(), max_size=2)
)


@st.composite
def items(draw: st.DrawFn, kind: ItemKind, depth: int = 0) -> ItemSnapshot:
    kinds = _BELOW[kind] if depth < 4 else []
    below = draw(st.lists(st.sampled_from(kinds), max_size=4 - depth)) if kinds else []
    return ItemSnapshot(
        kind=kind,
        title=draw(lines()),
        code=draw(st.just("") | lines(12)),
        text=draw(texts()),
        responsible=draw(st.just("") | lines()),
        fields=draw(FIELDS[kind]),
        targets=draw(_targets) if kind is ItemKind.INDICATOR else (),
        extras=draw(_extras),
        children=tuple(draw(items(child, depth + 1)) for child in below),
    )


@st.composite
def plans(draw: st.DrawFn) -> PlanSnapshot:
    start = draw(_years)
    kinds = draw(st.lists(st.sampled_from([ItemKind.SECTION, ItemKind.GOAL]), max_size=5))
    return PlanSnapshot(
        title=draw(lines()),
        language=draw(st.sampled_from(["it", "en", "es", "lv", "el"])),
        start_year=start,
        end_year=start + draw(st.integers(0, 5)),
        body=BodySnapshot(
            name=draw(lines()),
            acronym=draw(st.just("") | lines(8)),
            ipa_code=draw(st.just("") | lines(8)),
            country=draw(st.sampled_from(["", "IT", "LV"])),
            website=draw(st.just("") | lines()),
        ),
        summary=draw(texts()),
        labels=draw(st.dictionaries(st.sampled_from([kind.value for kind in ItemKind]), lines(), max_size=2)),
        items=tuple(draw(items(kind)) for kind in kinds),
        extras=draw(_extras),
    )
