"""A realistic amount of data, written in bulk: plans of a given size, consulted on, and practices."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import count, product
from typing import Any

from sqlalchemy import insert, select

from pspm.accounts.models import Body, BodyKind, BodyStatus, User
from pspm.core.clock import now
from pspm.core.ids import new_public_id
from pspm.extensions import db
from pspm.plans import services as plan_services
from pspm.plans.models import (
    Item,
    ItemKind,
    Plan,
    PlanMember,
    PlanRole,
    PlanStatus,
    Revision,
    RevisionKind,
    Target,
)
from pspm.practices.models import Practice, PracticeStatus, SearchEntry
from pspm.practices.search import index_words
from pspm.reviews.models import Aspect, Audience, Contribution, Round, Thread

_TEXT = """
servizio digitale amministrazione procedimento indicatore risultato cittadino impresa portale dato piattaforma
sicurezza formazione obiettivo misura attuazione ufficio tempo qualità accesso bilancio programma
"""
_SYLLABLES = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"]
WORDS = _TEXT.split() + ["".join(parts) for parts in product(_SYLLABLES, repeat=3)]
"""Some thousand words, used as in a language: the second half as often as the first, and so on (Zipf)."""
WEIGHTS = [1 / rank for rank in range(1, len(WORDS) + 1)]
SEARCHED = "sicurezza"
YEARS = (2026, 2027, 2028)
BATCH = 2_000
_random = random.Random(20261123)
_items = count(1)


def prose(words: int) -> str:
    return " ".join(_random.choices(WORDS, WEIGHTS, k=words)).capitalize() + "."


def add_people(number: int) -> list[User]:
    """Confirmed people; the first one signs in during the measurement."""
    people = [
        User(
            email=f"person{i}@example.org",
            name=f"Person {i}",
            password_hash="!",
            email_confirmed_at=now(),
            locale="it",
        )
        for i in range(number)
    ]
    db.session.add_all(people)
    db.session.flush()
    return people


def add_consultation(people: list[User], *, items: int, comments: int) -> Round:
    """A plan of `items` items in an open round with `comments` comments spread over them."""
    plan = _add_plan(people[0])
    kept = _add_items(plan, items)
    round_ = Round(
        plan=plan,
        title=f"{items} items, {comments} comments",
        introduction=prose(60),
        audience=Audience.SIGNED_IN,
        opens_at=now() - timedelta(days=1),
        closes_at=now() + timedelta(days=30),
        started_at=now() - timedelta(days=1),
        created_by=people[0],
    )
    db.session.add(round_)
    db.session.flush()
    _add_comments(round_, kept, people, comments)
    db.session.commit()
    return round_


def add_draft(coordinator: User, text: str) -> str:
    """A plan at work with one section that says `text`; the section's public id."""
    plan = _add_plan(coordinator)
    plan.status = PlanStatus.DRAFT
    section = plan_services.add_item(
        plan=plan,
        parent=None,
        kind=ItemKind.SECTION,
        author=coordinator,
        values={"title": prose(4), "text": text},
    )
    db.session.commit()
    return section.public_id


def _add_plan(coordinator: User) -> Plan:
    body = Body(name=prose(4), kind=BodyKind.MINISTRY, status=BodyStatus.APPROVED)
    plan = Plan(
        title=prose(6), language="it", start_year=2026, end_year=2028, body=body, created_by=coordinator
    )
    plan.status = PlanStatus.CONSULTATION
    member = PlanMember(plan=plan, user=coordinator, email=coordinator.email, role=PlanRole.COORDINATOR)
    db.session.add_all([body, plan, member])
    db.session.flush()
    return plan


def _add_items(plan: Plan, number: int) -> list[tuple[int, int]]:
    """Goals of 20 items: three objectives with their indicators and actions. Gives (item, revision) ids."""
    rows: list[dict[str, Any]] = []
    goal = objective = 0
    for place in range(number):
        identity = next(_items)
        step = place % 20
        if step == 0:
            goal, kind, parent = identity, ItemKind.GOAL, None
        elif step % 7 == 1 and step < 20:
            objective, kind, parent = identity, ItemKind.OBJECTIVE, goal
        else:
            kind, parent = (ItemKind.INDICATOR if step % 2 else ItemKind.ACTION), objective
        rows.append(_item_row(plan, identity, kind, parent, place))
    for kind in ItemKind:
        chosen = [row for row in rows if row["kind"] is kind]
        if chosen:
            db.session.execute(insert(Item.__table__), chosen)
    _add_targets(rows)
    return _add_revisions(plan, rows)


def _item_row(plan: Plan, identity: int, kind: ItemKind, parent: int | None, place: int) -> dict[str, Any]:
    row = {
        "id": identity,
        "public_id": new_public_id(),
        "created_at": now(),
        "plan_id": plan.id,
        "parent_id": parent,
        "kind": kind,
        "position": place,
        "code": "",
        "title": prose(7),
        "text": prose(50),
        "responsible": prose(3),
        "revision_number": 1,
        "extras": {},
    }
    return row | ({"unit": "%", "formula": prose(12)} if kind is ItemKind.INDICATOR else {})


def _add_targets(rows: list[dict[str, Any]]) -> None:
    indicators = [row["id"] for row in rows if row["kind"] is ItemKind.INDICATOR]
    targets = [
        {"indicator_id": identity, "year": year, "value": year - 1990, "text": ""}
        for identity in indicators
        for year in YEARS
    ]
    db.session.execute(insert(Target), targets)


def _add_revisions(plan: Plan, rows: list[dict[str, Any]]) -> list[tuple[int, int]]:
    revisions = [
        Revision(
            item_id=row["id"],
            plan_id=plan.id,
            number=1,
            author_id=plan.created_by_id,
            kind=RevisionKind.CREATED,
            after={"title": row["title"], "text": row["text"]},
        )
        for row in rows
    ]
    db.session.add_all(revisions)
    db.session.flush()
    return [(revision.item_id, revision.id) for revision in revisions]


def _add_comments(round_: Round, items: list[tuple[int, int]], people: list[User], number: int) -> None:
    totals: dict[int, int] = {}
    rows = []
    for place in range(number):
        item, revision = items[place % len(items)]
        totals[item] = totals.get(item, 0) + 1
        rows.append(
            {
                "round_id": round_.id,
                "item_id": item,
                "revision_id": revision,
                "author_id": people[place % len(people)].id,
                "aspect": Aspect.GENERAL,
                "text": prose(30),
                "language": round_.plan.language,
            }
        )
    db.session.execute(insert(Contribution), rows)
    threads = [{"round_id": round_.id, "item_id": item, "count": total} for item, total in totals.items()]
    db.session.execute(insert(Thread), threads)


def first_item(round_: Round) -> tuple[str, str]:
    """The public ids of an item of the round's plan and of its newest revision."""
    revision = db.session.scalars(select(Revision).where(Revision.plan_id == round_.plan_id).limit(1)).one()
    return db.session.get_one(Item, revision.item_id).public_id, revision.public_id


def add_practices(author_id: int, number: int) -> None:
    """Published practices with their search entries, as the services write them. Empties the session."""
    body = Body(name=prose(4), kind=BodyKind.MINISTRY, status=BodyStatus.APPROVED)
    db.session.add(body)
    db.session.commit()
    body_id = body.id
    for start in range(0, number, BATCH):
        db.session.expunge_all()
        body = db.session.get_one(Body, body_id)
        practices = [_practice(body, author_id) for _ in range(min(BATCH, number - start))]
        db.session.add_all(practices)
        db.session.flush()
        entries = [{"practice_id": each.id, "words": index_words(each)} for each in practices]
        db.session.execute(insert(SearchEntry), entries)
        db.session.commit()


def _practice(body: Body, author_id: int) -> Practice:
    return Practice(
        title=prose(8),
        summary=prose(30),
        context=prose(30),
        body=body,
        created_by_id=author_id,
        sector=f"0{_random.randint(1, 9)}",
        sdgs=[_random.randint(1, 17)],
        keywords=prose(3).rstrip(".").lower().split(),
        status=PracticeStatus.PUBLISHED,
        published_at=now(),
    )
