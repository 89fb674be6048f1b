"""The readable notation and the lines of actions, by themselves."""

from __future__ import annotations

from datetime import date

import pytest

from pspm.documents.stratml.lines import format_line, parse_line
from pspm.documents.stratml.notation import Entry, compose, parse_entries, split
from pspm.plans.models import ItemKind
from pspm.plans.snapshot import ItemSnapshot


def action(title: str, **values: object) -> ItemSnapshot:
    return ItemSnapshot(kind=ItemKind.ACTION, title=title, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Gennaio 2024 - Avviso - (DTD) - CAP1.12",
            action("Avviso", code="CAP1.12", responsible="DTD", fields={"end_date": date(2024, 1, 31)}),
        ),
        (
            "Da marzo 2024 - Le PA - propongono - CAP1.PA.01",
            action("Le PA - propongono", code="CAP1.PA.01", fields={"start_date": date(2024, 3, 1)}),
        ),
        ("Entro giugno 2025 - Guida", action("Guida", fields={"end_date": date(2025, 6, 30)})),
        ("February 2024 - Guide", action("Guide", fields={"end_date": date(2024, 2, 29)})),
        (
            "From March 2024 to May 2025 - Trial - (Lab)",
            action(
                "Trial",
                responsible="Lab",
                fields={"start_date": date(2024, 3, 1), "end_date": date(2025, 5, 31)},
            ),
        ),
        (
            "Giugno 2026 - Indice -(AGID) - CAP1.26",
            action("Indice", code="CAP1.26", responsible="AGID", fields={"end_date": date(2026, 6, 30)}),
        ),
        ("(AGID) - CAP1.23", action("CAP1.23", code="CAP1.23", responsible="AGID")),
        ("CAP3.PA.02", action("CAP3.PA.02", code="CAP3.PA.02")),
        ("Prose that tells of nothing.", None),
        ("Some prose - with a dash (and brackets)", None),
        ("Gennaio 2024 - ", None),
        ("", None),
        ("x" * 1600 + " - CAP1.1", None),
    ],
)
def test_line_of_an_action(line: str, expected: ItemSnapshot | None) -> None:
    assert parse_line(line) == expected


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("it", "Da gennaio 2024 a marzo 2025 - X - (Y) - A1"),
        ("it", "Gennaio 2024 - X"),
        ("en", "From January 2024 - X"),
        ("lv", "By"),
    ],
)
def test_line_is_written_in_the_language_of_the_plan(language: str, line: str) -> None:
    found = parse_line(line)
    assert found is None or format_line(found, language) == line


@pytest.mark.parametrize(
    "item",
    [
        action("X"),
        action("X", text="more", code="A1"),
        action("X", code="A1", fields={"end_date": date(2024, 1, 30)}),
        action("X - (y)", code="A1"),
    ],
)
def test_what_a_line_cannot_hold_has_none(item: ItemSnapshot) -> None:
    assert format_line(item, "it") is None


def test_notation_is_readable() -> None:
    entries = [Entry("Section", "Contesto", [Entry("Text", "First\n\nthird"), Entry("Code", "S1")])]
    assert compose("Words.", ["Gennaio 2024 - X"], entries).split("\n") == [
        "Words.",
        "Gennaio 2024 - X",
        "=== PSPM fields ===",
        "Section: Contesto",
        "  Text:",
        "  | First",
        "  | ",
        "  | third",
        "  Code: S1",
    ]


def test_notation_reads_what_an_editor_left_of_it() -> None:
    text = "Words.\n=== PSPM fields ===\nA: 1\n|\n  B:\n  |two\n  |\nnonsense\n        C: too deep\n\n"
    lines, entries, unreadable = split(text)
    assert lines == ["Words."]
    assert entries == [Entry("A", "1\n", [Entry("B", "two\n")])] or entries[0].key == "A"
    assert unreadable == ["nonsense", "        C: too deep"]


def test_notation_has_a_depth() -> None:
    lines = [f"{'  ' * depth}A: {depth}" for depth in range(40)]
    _entries, unreadable = parse_entries(lines)
    assert len(unreadable) == 14
