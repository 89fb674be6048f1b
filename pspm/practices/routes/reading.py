"""The public repository: the list with its search, and an entry."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_login import current_user

from pspm.core.columns import MAX_INTEGER
from pspm.core.web import page_number
from pspm.practices import policies, queries
from pspm.practices.forms import RemarkForm, SearchForm
from pspm.practices.models import Practice
from pspm.practices.routes.access import get_readable_practice
from pspm.practices.routes.blueprint import bp


@bp.get("/")
def practice_list() -> str:
    form = SearchForm(request.args)
    found = queries.search_published(
        query=form.q.data or "",
        filters=form.filters,
        newest=form.sort.data == "newest",
        before=_before(),
        page=page_number(),
    )
    return render_template(
        "practices/practice_list.html",
        form=form,
        found=found,
        older=_with(before=found.older),
        window=queries.WINDOW,
        may_propose=policies.can_propose(current_user),
        may_review=policies.can_review(current_user),
    )


def _before() -> int | None:
    """Where the window of entries ends, if the address says so."""
    number = request.args.get("before", type=int)
    return None if number is None or abs(number) > MAX_INTEGER else number


def _with(**changes: object) -> list[tuple[str, object]]:
    """The query of this address without its page, with `changes`."""
    gone = {"page", *changes}
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in gone]
    return [*kept, *changes.items()]


@bp.get("/<practice>")
def practice_show(practice: str) -> str:
    return entry_page(get_readable_practice(practice))


def entry_page(practice: Practice, form: RemarkForm | None = None) -> str:
    """The entry, with what this person can do with it."""
    may_edit = policies.can_edit(current_user, practice)
    may_review = policies.can_review(current_user)
    context: dict[str, Any] = {
        "practice": practice,
        "may_edit": may_edit,
        "may_review": may_review,
        "remarks": queries.list_remarks(practice) if may_edit or may_review else [],
        "linked": queries.list_linked_items(practice, current_user),
        "form": form or RemarkForm(formdata=None),
    }
    return render_template("practices/practice_show.html", **context)
