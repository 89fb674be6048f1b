"""The plan as a round shows it, and the thread of one item."""

from __future__ import annotations

import secrets

from flask import render_template, request
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from pspm.core.clock import now
from pspm.core.web import is_htmx, page_number, sign_in_required
from pspm.plans import queries as plan_queries
from pspm.plans.models import Item
from pspm.plans.tree import Node
from pspm.reviews import policies, queries, reading
from pspm.reviews.forms import CommentForm
from pspm.reviews.models import Contribution, Round, RoundState
from pspm.reviews.routes.access import get_readable_round, may_comment_now, may_reply_now
from pspm.reviews.routes.blueprint import bp

_GAP = Markup("<!--{}-->").format(secrets.token_hex(8))
"""Where the frame of the reading page takes the plan's text; not to be guessed by those who write titles."""


@bp.get("/rounds/<round>")
@sign_in_required
def round_read(round: str) -> Response:
    """A part of the plan, or with `?all=1` the whole, with the first comments on each item."""
    found = get_readable_round(round)
    number = reading.WHOLE if request.args.get("all") else max(1, request.args.get("part", 1, type=int))
    part = reading.read_part(found, number, may_comment=may_comment_now(found))
    frame = render_template(
        "reviews/round_read.html",
        round=found,
        state=found.state_at(now()),
        part=part,
        text=_GAP,
        coordinates=policies.can_coordinate(current_user, found),
    )
    before, after = frame.split(_GAP)
    return Response(b"".join((before.encode(), part.text, after.encode())), mimetype="text/html")


@bp.get("/rounds/<round>/items/<item>")
@sign_in_required
def thread_show(round: str, item: str) -> str:
    """One item with all its comments and the form for one more; for htmx the thread alone."""
    found = get_readable_round(round)
    row = plan_queries.get_item(found.plan, item)
    return thread_page(found, row, page=page_number())


def thread_page(round: Round, item: Item, *, page: int = 1, form: CommentForm | None = None) -> str:
    comments = queries.list_comments(round, item, page=page)
    parent = _reply_to(comments.items) if may_reply_now(round) else None
    if form is None and (parent is not None or may_comment_now(round)):
        form = _new_form(item, parent)
    return render_template(
        "reviews/_thread.html" if is_htmx() else "reviews/thread_show.html",
        round=round,
        item=item,
        node=Node(item, reading.item_numbers(round.plan).get(item.public_id, ""), 0),
        page=comments,
        count=queries.list_marks(round).get(item.id, queries.UNTOUCHED).count,
        earlier=reading.earlier_texts(item, comments.items),
        form=form,
        parent=parent,
        may_reply=may_reply_now(round),
        moment=now(),
        open=round.state_at(now()) is RoundState.OPEN,
    )


def _new_form(item: Item, parent: Contribution | None) -> CommentForm:
    """With the text that it is made on, so that what the author read is known when it is sent."""
    revision = plan_queries.find_revision(item, item.revision_number)
    return CommentForm(
        item,
        formdata=None,
        reply=parent is not None,
        revision=revision.public_id if revision else "",
        parent=parent.public_id if parent else "",
    )


def _reply_to(comments: object) -> Contribution | None:
    """The comment to which one asked to reply, if it takes replies."""
    wanted = request.values.get("parent") or request.args.get("reply")
    return next(
        (each for each in comments if each.public_id == wanted and not each.withdrawn_at),  # type: ignore[attr-defined]
        None,
    )
