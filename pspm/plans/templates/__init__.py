"""Templates that plans begin from: level labels, sections, starting items, and guidance for authors.

Each is a YAML file beside this one. Words stand in it by language; a plan takes those of its own
language, English where there are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pspm.plans.models import ItemKind, SectionRole

FOLDER = Path(__file__).resolve().parent
ORDER = ("ict", "piao", "budget_note", "blank")
FALLBACK = "en"


@dataclass(frozen=True)
class Part:
    """An item that a new plan begins with. `guidance` tells its author what to write there."""

    key: str
    kind: ItemKind
    role: SectionRole | None
    code: str
    title: str
    guidance: str
    children: tuple[Part, ...]


@dataclass(frozen=True)
class PlanTemplate:
    """A template in one language. `years` is how many years such a plan covers."""

    key: str
    name: str
    description: str
    years: int
    labels: dict[str, str]
    guidance: dict[str, str]
    """What to write in an item that the template did not bring, by kind."""
    parts: tuple[Part, ...]

    def guidance_for(self, kind: ItemKind, part: str) -> str:
        """What to write in an item; empty where the template has nothing to say."""
        own = next((each.guidance for each in self.walk() if each.key == part), "")
        return own or self.guidance.get(kind.value, "")

    def walk(self) -> Iterator[Part]:
        yield from _walk(self.parts)


@cache
def get_template(key: str, language: str) -> PlanTemplate:
    """The template in `language`. Raises KeyError on a key that no template has."""
    if key not in ORDER:
        raise KeyError(key)
    data = _read(key)
    return PlanTemplate(
        key=key,
        name=_in(data["name"], language),
        description=_in(data["description"], language),
        years=data["years"],
        labels={kind: _in(words, language) for kind, words in data.get("labels", {}).items()},
        guidance={kind: _in(words, language) for kind, words in data.get("guidance", {}).items()},
        parts=tuple(_part(part, language) for part in data.get("parts", ())),
    )


@cache
def label_plurals() -> Mapping[str, str]:
    """What the level labels of all templates are called where there are several, by label."""
    levels = [(data.get("labels", {}), data.get("plurals", {})) for data in map(_read, ORDER)]
    return {
        label: plurals[kind][language]
        for labels, plurals in levels
        for kind, words in labels.items()
        for language, label in words.items()
    }


def list_templates(language: str) -> list[PlanTemplate]:
    return [get_template(key, language) for key in ORDER]


@cache
def _read(key: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load((FOLDER / f"{key}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return data


def _part(data: Mapping[str, Any], language: str) -> Part:
    return Part(
        key=data["key"],
        kind=ItemKind(data["kind"]),
        role=SectionRole(data["role"]) if "role" in data else None,
        code=data.get("code", ""),
        title=_in(data["title"], language),
        guidance=_in(data["guidance"], language),
        children=tuple(_part(child, language) for child in data.get("parts", ())),
    )


def _in(words: Mapping[str, str], language: str) -> str:
    return words.get(language, words[FALLBACK]).strip()


def _walk(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from _walk(part.children)
