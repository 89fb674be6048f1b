"""Canonical JSON: one text for one plan, and the plan back from it."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pspm.extensions import db
from pspm.plans import services
from pspm.plans.canonical import from_canonical_json, sha256_of, take_snapshot, to_canonical_json
from pspm.plans.models import (
    ActionStatus,
    Frequency,
    IndicatorType,
    ItemKind,
    Plan,
    Polarity,
    SectionRole,
)
from pspm.plans.snapshot import BodySnapshot, ItemSnapshot, PlanSnapshot, TargetSnapshot
from pspm.plans.tree import kinds_under
from tests.factories import make_body, make_user

line = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
title = line.filter(bool)
money = st.decimals(-(10**12), 10**12, places=2, allow_nan=False)
figure = st.decimals(-(10**9), 10**9, places=6, allow_nan=False)
percent = st.decimals(0, 100, places=2, allow_nan=False)
FIELDS: dict[ItemKind, dict[str, Any]] = {
    ItemKind.SECTION: {"section_role": st.sampled_from(SectionRole)},
    ItemKind.GOAL: {},
    ItemKind.OBJECTIVE: {},
    ItemKind.ACTION: {
        "start_date": st.dates(date(1990, 1, 1), date(2100, 1, 1)),
        "end_date": st.dates(date(1990, 1, 1), date(2100, 1, 1)),
        "action_status": st.sampled_from(ActionStatus),
        "budget": money,
    },
    ItemKind.INDICATOR: {
        "indicator_type": st.sampled_from(IndicatorType),
        "unit": title,
        "formula": title,
        "source": title,
        "polarity": st.sampled_from(Polarity),
        "frequency": st.sampled_from(Frequency),
        "weight": percent,
        "baseline_value": figure,
        "baseline_year": st.integers(1990, 2100),
        "baseline_text": title,
    },
}


@st.composite
def targets(draw: st.DrawFn) -> tuple[TargetSnapshot, ...]:
    years = sorted(draw(st.sets(st.integers(2020, 2030), max_size=4)))
    return tuple(
        TargetSnapshot(year=year, value=draw(st.none() | figure), text=draw(title)) for year in years
    )


@st.composite
def items(draw: st.DrawFn, parent: ItemKind | None = None, depth: int = 0) -> tuple[ItemSnapshot, ...]:
    made = []
    kinds = kinds_under(parent)
    for _each in range(draw(st.integers(0, 3)) if kinds and depth < 4 else 0):
        kind = draw(st.sampled_from(kinds))
        made.append(
            ItemSnapshot(
                kind=kind,
                title=draw(title),
                code=draw(line),
                text=draw(line),
                responsible=draw(line),
                fields=draw(st.fixed_dictionaries({}, optional=FIELDS[kind])),
                targets=draw(targets()) if kind is ItemKind.INDICATOR else (),
                extras=draw(st.dictionaries(line, line, max_size=2)),
                children=draw(items(kind, depth + 1)),
            )
        )
    return tuple(made)


plans = st.builds(
    PlanSnapshot,
    title=title,
    language=st.sampled_from(["it", "en"]),
    start_year=st.just(2026),
    end_year=st.integers(2026, 2030),
    body=st.builds(BodySnapshot, name=title, acronym=line),
    summary=line,
    labels=st.dictionaries(st.sampled_from([kind.value for kind in ItemKind]), title),
    items=items(),
    extras=st.dictionaries(line, line, max_size=2),
)


@settings(deadline=None)
@given(plans)
def test_a_plan_comes_back_from_its_text(snapshot: PlanSnapshot) -> None:
    text = to_canonical_json(snapshot)
    assert from_canonical_json(text) == snapshot
    assert to_canonical_json(from_canonical_json(text)) == text


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans)
def test_a_plan_comes_back_from_the_database(app: Flask, snapshot: PlanSnapshot) -> None:
    author = make_user(body=make_body(name=snapshot.body.name, acronym=snapshot.body.acronym))
    plan = services.import_snapshot(snapshot=snapshot, body=author.memberships[0].body, author=author)
    db.session.expire_all()
    taken = json.loads(to_canonical_json(take_snapshot(plan)))
    assert _anonymous(taken) == _anonymous(json.loads(to_canonical_json(snapshot)))
    db.session.rollback()


def test_the_text_is_canonical(plan: Plan, add: Any) -> None:
    goal = add(ItemKind.GOAL, title="Città aperta")
    indicator = add(ItemKind.INDICATOR, goal, baseline_value=Decimal("1E+2"), weight=Decimal("50.00"))
    text = to_canonical_json(take_snapshot(plan))
    document = json.loads(text)
    assert text == json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert "Città" in text
    (item,) = document["items"][0]["children"]
    assert item["fields"] == {"baseline_value": "100", "weight": "50"}
    assert item["id"] == indicator.public_id
    assert sha256_of(text) == hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_text_of_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match="pspm-plan/1"):
        from_canonical_json('{"schema":"pspm-plan/9"}')


def _anonymous(document: Any) -> Any:
    """Without identifiers (the database gives new ones) and what the body adds of its own."""
    if isinstance(document, dict):
        return {
            key: _anonymous(value)
            for key, value in document.items()
            if key not in ("id", "ipa_code", "country")
        }
    return [_anonymous(value) for value in document] if isinstance(document, list) else document
