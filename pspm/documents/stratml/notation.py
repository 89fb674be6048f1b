"""The readable form of fields without an element of their own, at the end of OtherInformation.

    === PSPM fields ===
    Language: it
    Section: Contesto
      Section role: context
      Text:
      | First line.
      | Second line.

A field is `Key: value`; what belongs to it follows, indented by two spaces; text of several lines
follows as lines that begin with `|`, indented as the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

MARK = "=== PSPM fields ==="
MAX_DEPTH = 25
_LINE = re.compile(r"(?P<key>[^:|]+):(?: (?P<value>.*))?", re.DOTALL)


@dataclass
class Entry:
    """One field, and those that belong to it."""

    key: str
    value: str = ""
    entries: list[Entry] = field(default_factory=list)

    def add_if(self, key: str, value: str) -> None:
        if value:
            self.entries.append(Entry(key, value))

    def value_of(self, key: str) -> str:
        return next((entry.value for entry in self.entries if entry.key == key), "")


def compose(free_text: str, lines: Iterable[str], entries: Iterable[Entry]) -> str:
    """The text of an OtherInformation: what people wrote, lines of actions, then the fields."""
    parts = [free_text] if free_text else []
    parts += lines
    fields = write_entries(entries)
    if fields:
        parts += [MARK, *fields]
    return "\n".join(parts)


def split(text: str) -> tuple[list[str], list[Entry], list[str]]:
    """The lines before the mark, the fields after it, and lines among these that are none."""
    lines = text.split("\n")
    if MARK not in lines:
        return lines, [], []
    place = lines.index(MARK)
    entries, unreadable = parse_entries(lines[place + 1 :])
    return lines[:place], entries, unreadable


def write_entries(entries: Iterable[Entry], indent: str = "") -> list[str]:
    lines: list[str] = []
    for entry in entries:
        if "\n" in entry.value or entry.value != entry.value.strip():
            lines.append(f"{indent}{entry.key}:")
            lines += [f"{indent}| {line}" for line in entry.value.split("\n")]
        else:
            lines.append(f"{indent}{entry.key}: {entry.value}" if entry.value else f"{indent}{entry.key}:")
        lines += write_entries(entry.entries, indent + "  ")
    return lines


def parse_entries(lines: Iterable[str]) -> tuple[list[Entry], list[str]]:
    """The fields in `lines`, and the lines that are none."""
    root = Entry("")
    path, started, unreadable = [root], False, []
    for line in lines:
        content = line.lstrip(" ")
        depth = (len(line) - len(content)) // 2
        if content.startswith("|") and depth == len(path) - 2:
            _continue(path[-1], content, first=started)
            started = False
            continue
        match = _LINE.fullmatch(content)
        if match is None or depth >= len(path) or depth > MAX_DEPTH:
            unreadable += [line] if line.strip() else []
            continue
        entry = Entry(match["key"], match["value"] or "")
        path[depth].entries.append(entry)
        path, started = [*path[: depth + 1], entry], True
    return root.entries, unreadable


def _continue(entry: Entry, content: str, *, first: bool) -> None:
    line = content[2:] if content.startswith("| ") else content[1:]
    entry.value = line if first else f"{entry.value}\n{line}"
