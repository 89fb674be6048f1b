"""Items and their fields as entries of the readable notation, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from pspm.core.columns import JsonDict, holds
from pspm.documents.stratml.notation import Entry
from pspm.plans.fields import MODELS, OWN, decode, encode, plain_decimal
from pspm.plans.models import Item, ItemKind, Target
from pspm.plans.snapshot import ItemSnapshot, TargetSnapshot

_KEYS = {kind: kind.value.capitalize() for kind in ItemKind}
KINDS = {key: kind for kind, key in _KEYS.items()}
_TARGET = re.compile(r"Target (\d{1,4})")
ORDER = "Order"
EXTRAS = "Extras"


def field_key(name: str) -> str:
    """The key of a model's attribute: baseline_value is "Baseline value"."""
    return name.replace("_", " ").capitalize()


def item_entry(item: ItemSnapshot) -> Entry:
    """An item that has no element, whole, with all below it."""
    entry = Entry(_KEYS[item.kind], item.title)
    entry.add_if("Code", item.code)
    entry.add_if("Responsible", item.responsible)
    entry.entries += field_entries(item, item.fields)
    entry.add_if("Text", item.text)
    for target in item.targets:
        entry.entries.append(target_entry(target))
    entry.entries += extras_entries(item.extras)
    entry.entries += [item_entry(child) for child in item.children]
    return entry


def field_entries(item: ItemSnapshot, names: Iterable[str]) -> list[Entry]:
    """The named fields of the item, in the order of the model."""
    wanted = set(names)
    return [
        Entry(field_key(name), str(encode(item.fields[name])))
        for name in OWN[item.kind]
        if name in wanted and name in item.fields
    ]


def target_entry(target: TargetSnapshot) -> Entry:
    value = "" if target.value is None else plain_decimal(target.value)
    entry = Entry(f"Target {target.year}", value)
    entry.add_if("Text", target.text)
    return entry


def extras_entries(extras: JsonDict) -> list[Entry]:
    """What other programs left with the item, as JSON."""
    return [Entry(EXTRAS, json.dumps(extras, ensure_ascii=False, sort_keys=True))] if extras else []


def order_entries(actual: list[ItemSnapshot], natural: list[ItemSnapshot]) -> list[Entry]:
    """How to put `natural`, the order in which children are read, into their actual order."""
    places = {id(child): place for place, child in enumerate(natural, 1)}
    order = [places[id(child)] for child in actual]
    if order == sorted(order):
        return []
    return [Entry(ORDER, " ".join(str(place) for place in order))]


def apply_order(natural: list[Any], order: str) -> list[Any]:
    """`natural` in the order that `order_entries` wrote; unchanged if that does not fit."""
    places = [int(word) for word in order.split() if word.isdecimal()]
    if sorted(places) != list(range(1, len(natural) + 1)):
        return natural
    return [natural[place - 1] for place in places]


class EntryReader:
    """Reads entries; `unreadable` collects what could not be understood."""

    def __init__(self) -> None:
        self.unreadable: list[str] = []

    def item(self, entry: Entry) -> ItemSnapshot:
        kind = KINDS[entry.key]
        values: dict[str, Any] = {}
        fields: JsonDict = {}
        extras: JsonDict = {}
        children, targets = [], []
        for sub in entry.entries:
            if sub.key in KINDS:
                children.append(self.item(sub))
            elif sub.key in ("Code", "Responsible", "Text"):
                values[sub.key.lower()] = self._fitting(sub, MODELS[kind], sub.key.lower())
            elif sub.key == EXTRAS:
                extras = self.extras(sub)
            elif target := self.target(sub):
                targets.append(target)
            else:
                fields |= self.field(sub, kind)
        return ItemSnapshot(
            kind=kind,
            title=self._fitting(entry, MODELS[kind], "title"),
            fields=fields,
            targets=tuple(targets),
            extras=extras,
            children=tuple(children),
            **values,
        )

    def field(self, entry: Entry, kind: ItemKind) -> JsonDict:
        """The field as {attribute: value}, or {} if it cannot be read."""
        name = entry.key.lower().replace(" ", "_")
        try:
            value = decode(OWN[kind][name], entry.value)
        except (KeyError, ValueError, InvalidOperation):
            return self._give_up(entry)
        return {name: value} if holds(getattr(MODELS[kind], name), value) else self._give_up(entry)

    def target(self, entry: Entry) -> TargetSnapshot | None:
        match = _TARGET.fullmatch(entry.key)
        if match is None:
            return None
        try:
            value = Decimal(entry.value) if entry.value else None
        except InvalidOperation:
            value = Decimal("NaN")
        if not holds(Target.value, value):
            self._give_up(entry)
            return None
        return TargetSnapshot(year=int(match[1]), value=value, text=entry.value_of("Text"))

    def extras(self, entry: Entry) -> JsonDict:
        try:
            extras = json.loads(entry.value)
        except (ValueError, RecursionError):
            return self._give_up(entry)
        # PostgreSQL's JSON takes every character but NUL.
        readable = isinstance(extras, dict) and "\\u0000" not in entry.value
        return extras if readable else self._give_up(entry)

    def _fitting(self, entry: Entry, model: type[Item], name: str) -> str:
        """The entry's value, cut where the column has less room; the whole of it is reported then."""
        if holds(getattr(model, name), entry.value):
            return entry.value
        self._give_up(entry)
        return entry.value[: getattr(model, name).type.length]

    def _give_up(self, entry: Entry) -> JsonDict:
        self.unreadable.append(f"{entry.key}: {entry.value}")
        return {}
