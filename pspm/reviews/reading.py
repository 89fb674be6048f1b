"""The reading page's text with its threads, rendered once and kept.

A plan's text does not change while people comment on it, and a comment changes one thread only. So
the text of a part is kept as pieces with a gap for each item's thread, each thread by its own stamp,
and the whole joined by the round's stamp. Nothing personal is in what is kept.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from typing import NamedTuple

from flask import render_template
from markupsafe import Markup

from pspm.core import cache
from pspm.core.i18n import current_language
from pspm.plans import queries as plan_queries
from pspm.plans.fields import encode_fields, item_values
from pspm.plans.models import Item, Plan
from pspm.plans.tree import Node, build_tree, walk
from pspm.reviews import parts, queries
from pspm.reviews.models import Contribution, Round
from pspm.reviews.queries import UNTOUCHED, Mark
from pspm.reviews.words import same_words

WHOLE = 0
"""Instead of a part's number: all parts on one page."""
MAX_PARTS = 999


class Slot(NamedTuple):
    """The gap for one item's thread."""

    item_id: int
    public_id: str


class Text(NamedTuple):
    """A part of a plan without its threads: `pieces` stand before, between and after `slots`."""

    number: int
    titles: tuple[str, ...]
    """What each part begins with."""
    contents: str
    pieces: tuple[str, ...]
    slots: tuple[Slot, ...]


class Reading(NamedTuple):
    """A part of a plan with its threads."""

    number: int
    titles: tuple[str, ...]
    contents: Markup
    text: bytes
    """HTML as it is sent: a whole plan is a megabyte, not to be joined and encoded for every reader."""


def read_part(round: Round, number: int, *, may_comment: bool) -> Reading:
    """The part with this number or the nearest one; `may_comment`: with links to do so."""
    number = min(max(number, WHOLE), MAX_PARTS)
    plan = round.plan
    key = ("reading", round.public_id, round.stamp, plan.stamp, current_language(), number, may_comment)
    return cache.keep(key, lambda: _join(round, number, may_comment))


def item_numbers(plan: Plan) -> dict[str, str]:
    """The numbers of the plan's items (1.1, A1.1.1) by public id, in the order of reading."""

    def make() -> dict[str, str]:
        return {node.item.public_id: node.number for node in walk(_tree(plan))}

    return cache.keep(("numbers", plan.public_id, plan.stamp), make)


def earlier_texts(item: Item, comments: Collection[Contribution]) -> set[int]:
    """Internal numbers of the comments whose authors read other words than the item has now."""
    if all(comment.revision.number == item.revision_number for comment in comments):
        return set()
    words = encode_fields(item.kind, item_values(item))
    return {comment.id for comment in comments if not same_words(comment.revision.after, words)}


def _tree(plan: Plan) -> list[Node[Item]]:
    return build_tree(plan_queries.list_items(plan))


def _join(round: Round, number: int, may_comment: bool) -> Reading:
    plan = round.plan
    text = cache.keep(
        ("text", round.public_id, plan.public_id, plan.stamp, current_language(), number),
        lambda: _render_text(round, number),
    )
    threads = _threads(round, text.slots, may_comment)
    joined = [text.pieces[0]]
    for slot, piece in zip(text.slots, text.pieces[1:], strict=True):
        joined += (threads[slot.item_id], piece)
    contents = Markup(text.contents)  # noqa: S704 - a template's own output
    return Reading(text.number, text.titles, contents, "".join(joined).encode())


def _render_text(round: Round, number: int) -> Text:
    """Threads are put where the plan's own template asks for the margin of an item."""
    plan = round.plan
    tree = _tree(plan)
    split = parts.split(tree)
    number = min(number, len(split))
    nodes = tree if number == WHOLE else split[number - 1]
    # Not to be guessed, so that no text of a plan can hold a gap of its own.
    token = secrets.token_hex(8)
    html = render_template("reviews/_text.html", plan=plan, nodes=nodes, token=token)
    pieces = re.split(rf"<!--{token}:(\d+):(\w+)-->", html)
    slots = [Slot(int(item_id), key) for item_id, key in zip(pieces[1::3], pieces[2::3], strict=True)]
    return Text(
        number,
        tuple(part[0].item.title if part else "" for part in split),
        _render_contents(round, tree, split, number),
        tuple(pieces[::3]),
        tuple(slots),
    )


def _render_contents(round: Round, tree: list[Node[Item]], split: list[list[Node[Item]]], number: int) -> str:
    """Entries of other parts lead to the page of theirs."""
    addresses = {
        node.item.public_id: page
        for page, part in enumerate(split, start=1)
        for node in walk(part)
        if number not in (WHOLE, page)
    }
    return render_template("reviews/_contents.html", round=round, nodes=tree, pages=addresses)


def _threads(round: Round, slots: Collection[Slot], may_comment: bool) -> dict[int, str]:
    """The threads of a part; those that changed are read and rendered together."""
    marks = queries.list_marks(round)
    found: dict[int, str] = {}
    missing: dict[int, Mark] = {}
    for slot in slots:
        mark = marks.get(slot.item_id, UNTOUCHED)
        kept = cache.find(_thread_key(round, slot.public_id, mark, may_comment))
        if kept is None:
            missing[slot.item_id] = mark
        else:
            found[slot.item_id] = kept
    return found | _render_threads(round, missing, may_comment)


def _thread_key(round: Round, item: str, mark: Mark, may_comment: bool) -> tuple[object, ...]:
    return ("thread", round.public_id, item, mark.stamp, round.plan.stamp, current_language(), may_comment)


def _render_threads(round: Round, missing: dict[int, Mark], may_comment: bool) -> dict[int, str]:
    if not missing:
        return {}
    comments = queries.list_first_comments(round, [item_id for item_id in missing if missing[item_id].stamp])
    rendered = {}
    for item_id, item in queries.list_items(missing).items():
        mark, first = missing[item_id], comments.get(item_id, [])
        html = render_template(
            "reviews/_margin.html",
            round=round,
            item=item,
            count=mark.count,
            comments=first,
            earlier=earlier_texts(item, first),
            may_comment=may_comment,
        )
        cache.put(_thread_key(round, item.public_id, mark, may_comment), html)
        rendered[item_id] = html
    return rendered
