"""The language of a plan, by its small words; and the titles of sections that have none of their own."""

from __future__ import annotations

import re
from collections import Counter

from pspm.plans.models import SectionRole

_SMALL_WORDS = {
    "it": "il lo la gli le di del della dei delle che per con una nel nella sono e alla dal",
    "en": "the of and to in that for with is are on by be as from this will which their an",
    "es": "el los las de del que para con una en por y se su como más al es son la",
    "lv": "un ir par no uz ar kas tiek kā lai vai pie pēc tās to šī līdz gan arī būs",
}
_WORD = re.compile(r"\w+")

SECTION_TITLES = {
    "it": {SectionRole.VISION: "Visione", SectionRole.MISSION: "Missione", SectionRole.VALUES: "Valori"},
    "en": {SectionRole.VISION: "Vision", SectionRole.MISSION: "Mission", SectionRole.VALUES: "Values"},
    "es": {SectionRole.VISION: "Visión", SectionRole.MISSION: "Misión", SectionRole.VALUES: "Valores"},
    "lv": {SectionRole.VISION: "Redzējums", SectionRole.MISSION: "Misija", SectionRole.VALUES: "Vērtības"},
}


def guess_language(text: str) -> str:
    """The language whose small words are the most frequent in `text`; English if there are none."""
    words = Counter(_WORD.findall(text.lower()))
    counts = {
        language: sum(words[word] for word in small.split()) for language, small in _SMALL_WORDS.items()
    }
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] else "en"


def section_title(role: SectionRole, language: str) -> str:
    return SECTION_TITLES.get(language, SECTION_TITLES["en"])[role]
