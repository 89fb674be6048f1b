"""CSV: letters right in spreadsheets, formulas harmless."""

from __future__ import annotations

import csv

import pytest

from pspm.core.csvfile import csv_lines, safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=x"])
def test_text_that_looks_like_a_formula_is_made_harmless(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["a=1", "", "1-2", 5, -5, None])
def test_other_values_stay(value: object) -> None:
    assert safe_cell(value) == value


def test_file_follows_rfc_4180() -> None:
    text = "".join(csv_lines([["a", "b"], ['say "hi"', "two\nlines, one comma"]]))
    assert text == '\ufeffa,b\r\n"say ""hi""","two\nlines, one comma"\r\n'
    rows = list(csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True)))
    assert rows[1] == ['say "hi"', "two\nlines, one comma"]
