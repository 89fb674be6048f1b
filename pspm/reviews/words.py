"""The words of an item as a revision holds them, and quotes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pspm.core.columns import JsonDict
from pspm.core.text import plain_text

CONTEXT_LENGTH = 32
"""Characters kept before and after a quote, as the W3C's TextQuoteSelector suggests."""
MARKDOWN_FIELDS = ("text", "formula", "source", "baseline_text")
WORD_FIELDS = ("title", *MARKDOWN_FIELDS, "unit", "responsible")


@dataclass(frozen=True)
class Quote:
    """Words of an item and those around them."""

    exact: str
    prefix: str
    suffix: str


def item_words(fields: JsonDict) -> str:
    """All that can be quoted of an item, on one line: its fields and the words of its targets."""
    parts = [_plain(name, fields.get(name)) for name in WORD_FIELDS]
    parts += [
        _plain("text", target["text"]) for _year, target in sorted((fields.get("targets") or {}).items())
    ]
    return " ".join(part for part in parts if part)


def find_quote(words: str, quote: str) -> Quote | None:
    """Where `quote` stands in `words`, however its spaces, line ends and Markdown marks were copied."""
    for wanted in (" ".join(quote.split()), plain_text(quote)):
        start = words.find(wanted) if wanted else -1
        if start >= 0:
            end = start + len(wanted)
            return Quote(
                wanted, words[max(0, start - CONTEXT_LENGTH) : start], words[end : end + CONTEXT_LENGTH]
            )
    return None


def same_words(one: JsonDict, other: JsonDict) -> bool:
    """Whether a reader of both would have read the same (an item's place is not among its words)."""
    return _content(one) == _content(other)


def _content(fields: JsonDict) -> JsonDict:
    return {
        name: value for name, value in fields.items() if name not in _PLACE and value not in (None, "", {})
    }


_PLACE = {"parent", "position"}


def _plain(name: str, value: Any) -> str:
    if not value:
        return ""
    return plain_text(value) if name in MARKDOWN_FIELDS else " ".join(str(value).split())
