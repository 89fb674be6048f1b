"""Full-text search of published practices: words in, a query for SQLite's FTS5 or PostgreSQL out.

Each entry is kept as one line of normalised words: every word as it is written, without accents, and
its stem in the entry's language; the title and the keywords three times, so that they weigh more.
What the list can be filtered by stands among them as words of its own ("xlangxit"), so that a search
with filters is one walk through the index, however many entries there are.
"""

from __future__ import annotations

import math
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import Stemmer
from sqlalchemy import ColumnElement, Engine, Select, Table, column, event, func, select, table, text
from sqlalchemy.schema import DDL

from pspm.core.text import plain_text
from pspm.practices.models import Practice, SearchEntry

STEMMED = {"it": "italian", "en": "english", "es": "spanish"}
TEXTS = ("context", "solution", "results", "success_conditions", "lessons", "replication", "resources")
HEAVY = 3
"""How often the title's and keywords' words are counted."""
MAX_QUERY_WORDS = 12
MIN_PREFIX = 3
"""The last word of a query matches longer ones from this length on."""
MAX_WORD = 60

# Words that say nothing of the matter: a query passes over them, unless it has no others.
_PASSED_OVER = frozenset(
    re.findall(
        r"\w+",
        "a ad ai al alla alle allo agli che con da dal dalla dei del della delle dello degli di e ed gli i "
        "il in la le lo nei nel nella nelle o per su sui sul sulla tra un una uno "
        "an and at by for from of on or the to with de en el los las y para por",
    )
)
_WORD = re.compile(r"[^\W_]+")


@cache
def _stemmer(language: str) -> Any:
    return Stemmer.Stemmer(STEMMED[language])


@lru_cache(maxsize=50_000)
def _stem(word: str, language: str) -> str:
    return fold(_stemmer(language).stemWord(word))


def fold(word: str) -> str:
    """Lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _words(value: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", value).lower())


def _forms(word: str, languages: Iterable[str]) -> Iterator[str]:
    """The word without accents and its stems, each once; a form that is no plain word is left out."""
    found = dict.fromkeys((fold(word), *(_stem(word, language) for language in languages)))
    return (form for form in found if _WORD.fullmatch(form) and len(form) <= MAX_WORD)


def index_words(practice: Practice) -> str:
    """The line of words under which `practice` is found."""
    heavy = _words(f"{practice.title} {' '.join(practice.keywords)}")
    light = _words(" ".join((practice.summary, practice.body.name, practice.body.acronym)))
    for name in TEXTS:
        light += _words(plain_text(getattr(practice, name)))
    languages = [practice.language] if practice.language in STEMMED else []
    forms = [form for word in heavy * HEAVY + light for form in _forms(word, languages)]
    return " ".join((*_filter_words(practice), *forms))


@dataclass(frozen=True)
class Filters:
    """What a list of practices is narrowed by; empty values leave it open."""

    sector: str = ""
    sdg: int | None = None
    country: str = ""
    language: str = ""


def _filter_words(practice: Practice) -> Iterator[str]:
    for sdg in practice.sdgs:
        yield f"xsdgx{sdg}"
    if practice.sector:
        division = practice.sector.partition(".")[0]
        yield from dict.fromkeys((_sector_word(division), _sector_word(practice.sector)))
    yield f"xcountryx{practice.country.lower()}"
    yield f"xlangx{practice.language.lower()}"


def _sector_word(code: str) -> str:
    return f"xsectorx{code.replace('.', 'x')}"


def _wanted_words(filters: Filters) -> Iterator[str]:
    if filters.sdg:
        yield f"xsdgx{filters.sdg}"
    if filters.sector:
        yield _sector_word(filters.sector)
    if filters.country:
        yield f"xcountryx{filters.country.lower()}"
    if filters.language:
        yield f"xlangx{filters.language.lower()}"


@dataclass(frozen=True)
class Terms:
    """A parsed query: all groups must match, each by any of its forms; `prefix` begins a word."""

    groups: tuple[tuple[str, ...], ...]
    prefix: str = ""

    def __bool__(self) -> bool:
        return bool(self.groups)


def parse(query: str, filters: Filters) -> Terms:
    """The terms of what a person typed: each word, its stems in every language, the last as a prefix.

    Filters come first, so that the last group is that of the last word.
    """
    typed = _words(query)
    words = ([word for word in typed if word not in _PASSED_OVER] or typed)[:MAX_QUERY_WORDS]
    groups = [forms for word in words if (forms := tuple(_forms(word, STEMMED)))]
    last = groups[-1][0] if groups and len(groups[-1][0]) >= MIN_PREFIX else ""
    wanted = [(word,) for word in _wanted_words(filters) if _WORD.fullmatch(word)]
    return Terms((*wanted, *groups), last)


def _fts5(terms: Terms) -> str:
    groups = [" OR ".join(f'"{form}"' for form in group) for group in terms.groups]
    if terms.prefix:
        groups[-1] += f' OR "{terms.prefix}" *'
    return " AND ".join(f"({group})" for group in groups)


def _tsquery(terms: Terms) -> str:
    groups = [" | ".join(f"'{form}'" for form in group) for group in terms.groups]
    if terms.prefix:
        groups[-1] += f" | '{terms.prefix}':*"
    return " & ".join(f"({group})" for group in groups)


_fts = table("practice_fts", column("rowid"), column("practice_fts"))


def newest_first(terms: Terms, *, before: int | None, postgresql: bool) -> Select[Any]:
    """The ids of matching entries, the last published first; with `before`, of those published before it."""
    ids = _matching(terms, postgresql)
    number = ids.selected_columns[0]
    if before is not None:
        ids = ids.where(number < before)
    return ids.order_by(number.desc())


def _matching(terms: Terms, postgresql: bool) -> Select[Any]:
    if not terms:
        return select(SearchEntry.id)
    if not postgresql:
        return select(_fts.c.rowid).where(_fts.c.practice_fts.match(_fts5(terms)))
    # Materialized, so that the planner does not walk back through the entries and read the words of each.
    found = select(SearchEntry.id).where(SearchEntry.words.bool_op("@@")(_tsquery_of(terms)))
    return select(found.cte("hits").prefix_with("MATERIALIZED").c.id)


# PostgreSQL thinks that reading the words of an entry costs nothing, and would read those of all entries.
USE_THE_INDEX = text("SET LOCAL enable_seqscan = off")


def best_first(terms: Terms, ids: Sequence[int], *, postgresql: bool) -> Select[Any]:
    """These entries in the order of how well they answer. It reads the words of each, so let them be few.

    (FTS5's own bm25 reads every entry that has one of the words, even where few have all of them.)
    """
    if postgresql:
        answers = func.ts_rank(SearchEntry.words, _tsquery_of(terms))
    else:
        answers = func.practice_rank(SearchEntry.words, _rank_terms(terms))
    matching = select(SearchEntry.id).where(SearchEntry.id.in_(ids))
    return matching.order_by(answers.desc(), SearchEntry.id.desc())


def _tsquery_of(terms: Terms) -> ColumnElement[Any]:
    return func.to_tsquery("simple", _tsquery(terms))


def _rank_terms(terms: Terms) -> str:
    return " ".join("|".join(group) for group in terms.groups)


def rank(words: str, terms: str) -> float:
    """How well a line of words answers: each word of the query counts, its repetitions ever less."""
    found = (sum(words.count(f" {form}") for form in group.split("|")) for group in terms.split())
    return sum(math.log1p(count) for count in found)


@event.listens_for(Engine, "connect")
def _teach_sqlite_to_rank(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.create_function("practice_rank", 2, rank, deterministic=True)


# Made with the table on SQLite. The index holds no text of its own ("external content"); its
# triggers are those of SQLite's documentation, §4.4.3 of "SQLite FTS5 Extension".
FTS5_DDL = (
    "CREATE VIRTUAL TABLE practice_fts USING fts5(words, content='practice_search', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2', prefix='3 4')",
    "CREATE TRIGGER practice_fts_insert AFTER INSERT ON practice_search BEGIN "
    "INSERT INTO practice_fts(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER practice_fts_delete AFTER DELETE ON practice_search BEGIN "
    "INSERT INTO practice_fts(practice_fts, rowid, words) VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER practice_fts_update AFTER UPDATE ON practice_search BEGIN "
    "INSERT INTO practice_fts(practice_fts, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO practice_fts(rowid, words) VALUES (new.id, new.words); END",
)


def _listen(target: Table) -> None:
    for statement in FTS5_DDL:
        event.listen(target, "after_create", _on_sqlite(statement))
    event.listen(target, "after_drop", _on_sqlite("DROP TABLE IF EXISTS practice_fts"))


def _on_sqlite(statement: str) -> DDL:
    return DDL(statement).execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]


_listen(SearchEntry.__table__)  # type: ignore[arg-type]
