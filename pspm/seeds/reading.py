"""Reads the files of the sample data."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "data"
Entry = dict[str, Any]

_BEGINS_A_LINE = re.compile(r"[-*>] |\||#+ |\d+\. ")


def read(name: str) -> Any:
    """The content of the data file `name`; its texts keep no line breaks that are only the file's."""
    with (FOLDER / name).open(encoding="utf-8") as file:
        # The C loader is some ten times quicker than the one in Python.
        return _unwrapped(yaml.load(file, Loader=yaml.CSafeLoader))


def read_all(pattern: str) -> list[Any]:
    """The content of all data files that fit `pattern`, in the order of their names."""
    return [read(str(path.relative_to(FOLDER))) for path in sorted(FOLDER.glob(pattern))]


def number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _unwrapped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _unwrapped(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_unwrapped(entry) for entry in value]
    return unwrap(value) if isinstance(value, str) else value


def unwrap(text: str) -> str:
    """Markdown with each paragraph and list entry on one line, as a person types it into a form."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if lines and lines[-1] and line and not _BEGINS_A_LINE.match(line):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line)
    return "\n".join(lines)
