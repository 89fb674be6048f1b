"""Practices in any number, with words as unevenly frequent as in real texts, and queries to search them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate

from sqlalchemy import insert

from pspm.accounts.models import Body, BodyKind, BodyStatus, User
from pspm.core.clock import now
from pspm.core.columns import JsonDict
from pspm.core.ids import new_public_id
from pspm.extensions import db
from pspm.practices import search, vocabulary
from pspm.practices.models import Practice, PracticeStatus, SearchEntry

BATCH = 2_000
DISTINCT_WORDS = 20_000
WORDS_IN_TEXT = 40
TEXTS = ("context", "solution", "results")
_SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi zo tra gli que sta pre con".split()  # noqa: SIM905
_ENDINGS = ("o", "a", "i", "e", "are", "zione", "zioni", "mente", "ità")


class Words:
    """Draws words by Zipf's law: the n-th most frequent is about n times rarer than the first."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        stems = [self._stem() for _ in range(DISTINCT_WORDS)]
        self._words = [stem + self._chance.choice(_ENDINGS) for stem in stems]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(DISTINCT_WORDS)))

    def _stem(self) -> str:
        return "".join(self._chance.choices(_SYLLABLES, k=self._chance.randint(2, 4)))

    def draw(self, number: int) -> str:
        return " ".join(self._chance.choices(self._words, cum_weights=self._weights, k=number))

    def at_rank(self, rank: int) -> str:
        return self._words[rank]


def queries(words: Words, number: int, seed: int = 2) -> Iterator[str]:
    """Queries as people type them: one to three words, frequent and rare, the last often unfinished."""
    chance = random.Random(seed)
    for _ in range(number):
        typed = [
            words.at_rank(min(int(chance.paretovariate(0.35)), 5_000)) for _ in range(chance.randint(1, 3))
        ]
        if chance.random() < 0.3:
            typed[-1] = typed[-1][:4]
        yield " ".join(typed)


def add_practices(number: int, words: Words) -> None:
    """`number` published practices of twenty bodies, with their search entries. Commits."""
    chance = random.Random(3)
    author, bodies = _make_owners()
    for first in range(0, number, BATCH):
        rows = [_practice(words, chance, author, bodies) for _ in range(min(BATCH, number - first))]
        ids = db.session.scalars(insert(Practice).returning(Practice.id, sort_by_parameter_order=True), rows)
        entries = [
            {"practice_id": id, "words": search.index_words(_as_practice(row, bodies))}
            for id, row in zip(ids.all(), rows, strict=True)
        ]
        db.session.execute(insert(SearchEntry), entries)
        db.session.commit()


def _make_owners() -> tuple[User, dict[int, Body]]:
    author = User(email=f"{new_public_id()}@example.org", name="Bench", password_hash="!")
    bodies = [Body(name=f"Ente {n}", kind=BodyKind.LOCAL, status=BodyStatus.APPROVED) for n in range(20)]
    db.session.add_all([author, *bodies])
    db.session.commit()
    return author, {body.id: body for body in bodies}


def _practice(words: Words, chance: random.Random, author: User, bodies: dict[int, Body]) -> JsonDict:
    moment = now() - timedelta(minutes=chance.randint(0, 10**6))
    return {
        "public_id": new_public_id(),
        "title": words.draw(8).capitalize(),
        "summary": words.draw(25),
        "body_id": chance.choice(list(bodies)),
        "created_by_id": author.id,
        "status": PracticeStatus.PUBLISHED,
        "published_at": moment,
        "updated_at": moment,
        "language": chance.choices(["it", "en", "es", "fr"], [70, 20, 5, 5])[0],
        "country": chance.choices(["IT", "LV", "ES", "FR"], [80, 5, 5, 10])[0],
        "sector": chance.choice(list(vocabulary.sectors("en"))),
        "sdgs": chance.sample(range(1, 18), k=2),
        "keywords": words.draw(3).split(),
        **{name: words.draw(WORDS_IN_TEXT) for name in TEXTS},
    }


def _as_practice(row: JsonDict, bodies: dict[int, Body]) -> Practice:
    """The row as the search's index reads it; never added to a session."""
    return Practice(**{**dict.fromkeys(search.TEXTS, ""), **row}, body=bodies[row["body_id"]])
