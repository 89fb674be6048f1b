"""A plan as canonical JSON: the same plan always gives the same bytes, and so the same SHA-256.

After the idea of RFC 8785: UTF-8, no spaces, object keys sorted (by code point), no number that could
be written in two ways (decimals are strings in their shortest form, years are integers), dates as
ISO 8601, enumerations by their value. Lists keep the order of the plan. Fields that only one kind has
are left out where empty; all others are always present.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pspm.accounts.models import Body
from pspm.core.columns import JsonDict
from pspm.plans import queries
from pspm.plans.fields import OWN, decode, decode_targets, encode, encode_targets, item_values
from pspm.plans.models import Item, ItemKind, Plan
from pspm.plans.snapshot import SCHEMA, BodySnapshot, ItemSnapshot, PlanSnapshot
from pspm.plans.tree import Node, build_tree


def take_snapshot(plan: Plan) -> PlanSnapshot:
    """The plan as it is now, without what was deleted."""
    return PlanSnapshot(
        id=plan.public_id,
        title=plan.title,
        language=plan.language,
        start_year=plan.start_year,
        end_year=plan.end_year,
        body=_body(plan.body),
        summary=plan.summary,
        labels=dict(plan.labels),
        items=_items(build_tree(queries.list_items(plan))),
        extras=dict(plan.extras),
    )


def to_canonical_json(snapshot: PlanSnapshot) -> str:
    """The one text of this plan."""
    document = {
        "schema": SCHEMA,
        "id": snapshot.id,
        "title": snapshot.title,
        "language": snapshot.language,
        "start_year": snapshot.start_year,
        "end_year": snapshot.end_year,
        "body": asdict(snapshot.body),
        "summary": snapshot.summary,
        "labels": snapshot.labels,
        "items": [_item_to_json(item) for item in snapshot.items],
        "extras": snapshot.extras,
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def from_canonical_json(text: str) -> PlanSnapshot:
    """The plan that `to_canonical_json` wrote. Raises ValueError on text of another schema."""
    document = json.loads(text)
    if document.pop("schema", None) != SCHEMA:
        raise ValueError(f"not {SCHEMA}")
    body = BodySnapshot(**document.pop("body"))
    items = tuple(_item_from_json(item) for item in document.pop("items"))
    return PlanSnapshot(body=body, items=items, **document)


def sha256_of(text: str) -> str:
    """The SHA-256 of `text` in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _body(body: Body) -> BodySnapshot:
    return BodySnapshot(
        name=body.name,
        acronym=body.acronym,
        ipa_code=body.ipa_code or "",
        country=body.country,
        website=body.website,
    )


def _items(nodes: Sequence[Node[Item]]) -> tuple[ItemSnapshot, ...]:
    return tuple(_item(node) for node in nodes)


def _item(node: Node[Item]) -> ItemSnapshot:
    item, values = node.item, item_values(node.item)
    return ItemSnapshot(
        id=item.public_id,
        kind=item.kind,
        title=item.title,
        code=item.code,
        text=item.text,
        responsible=item.responsible,
        fields={name: values[name] for name in OWN[item.kind] if values[name] not in (None, "")},
        targets=values.get("targets", ()),
        extras=dict(item.extras),
        children=_items(node.children),
    )


def _item_to_json(item: ItemSnapshot) -> JsonDict:
    return {
        "id": item.id,
        "kind": item.kind.value,
        "title": item.title,
        "code": item.code,
        "text": item.text,
        "responsible": item.responsible,
        "fields": {name: encode(value) for name, value in item.fields.items()},
        "targets": encode_targets(item.targets),
        "extras": item.extras,
        "children": [_item_to_json(child) for child in item.children],
    }


def _item_from_json(document: dict[str, Any]) -> ItemSnapshot:
    kind = ItemKind(document["kind"])
    changed = {
        "kind": kind,
        "fields": {name: decode(OWN[kind][name], value) for name, value in document["fields"].items()},
        "targets": decode_targets(document["targets"], keep_empty=True),
        "children": tuple(_item_from_json(child) for child in document["children"]),
    }
    return ItemSnapshot(**(document | changed))
