"""Write, change and withdraw a contribution, and its permanent page."""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.core.clock import now
from pspm.core.errors import DomainError, NotFound, StateConflict
from pspm.core.web import Answer, is_htmx, require, see_other, sign_in_required, writes
from pspm.plans import policies as plan_policies
from pspm.plans import queries as plan_queries
from pspm.plans.changes import field_changes
from pspm.plans.fields import encode_fields, item_values
from pspm.plans.models import Item
from pspm.reviews import policies, queries, reading, services
from pspm.reviews.forms import CommentForm, ContributionEditForm
from pspm.reviews.models import Aspect, Contribution, Round, RoundState
from pspm.reviews.routes.access import get_readable_round, get_registered_round
from pspm.reviews.routes.blueprint import bp
from pspm.reviews.routes.reading import thread_page


@bp.post("/rounds/<round>/items/<item>")
@sign_in_required
@writes
def contribution_add(round: str, item: str) -> Answer:
    """A comment, or a reply where the form names its parent."""
    found = get_readable_round(round)
    is_reply = bool(request.form.get("parent"))
    allowed = policies.can_reply if is_reply else policies.can_comment
    require(allowed(current_user, found))
    row = plan_queries.get_item(found.plan, item)
    form = CommentForm(row, reply=is_reply)
    if form.validate():
        try:
            return _added(found, row, _add(found, row, form))
        except NotFound:
            raise
        except DomainError as error:  # also a round that has closed meanwhile: what was typed stays
            form.add_error(error)
    return thread_page(found, row, form=form), 422


@bp.get("/rounds/<round>/contributions/<contribution>")
def contribution_show(round: str, contribution: str) -> str:
    """From the comment to what became of it: decision, change, approved version. Public with the register."""
    found = get_registered_round(round)
    row = queries.get_contribution(found, contribution)
    decision = row.published_decision
    change = decision.revision if decision else None
    is_open = found.state_at(now()) is RoundState.OPEN
    # What the text has become since may be a draft, which the public register must not show.
    reads_round = policies.can_view(current_user, found)
    return render_template(
        "reviews/contribution_show.html",
        round=found,
        contribution=row,
        number=reading.item_numbers(found.plan).get(row.item.public_id, ""),
        earlier=_changes_since(row) if reads_round else [],
        decision=decision,
        change=change,
        changes=_word_changes(change.before, change.after) if change else [],
        version=queries.find_version_with(change) if change else None,
        may_change=is_open and decision is None and policies.can_change(current_user, row),
        reads_round=reads_round,
        reads_plan=plan_policies.can_view(current_user, found.plan),
    )


@bp.get("/rounds/<round>/contributions/<contribution>/edit")
@sign_in_required
def contribution_edit(round: str, contribution: str) -> str:
    found, row = _get_own(round, contribution)
    return _edit_page(found, row, ContributionEditForm(formdata=None, obj=row))


@bp.post("/rounds/<round>/contributions/<contribution>/edit")
@sign_in_required
@writes
def contribution_update(round: str, contribution: str) -> Answer:
    found, row = _get_own(round, contribution)
    form = ContributionEditForm(obj=row)
    if form.validate():
        try:
            services.edit_contribution(
                contribution=row, text=form.text.data or "", language=form.language.data
            )
        except StateConflict as error:
            form.add_error(error)
        else:
            flash(_("Your contribution is changed. The earlier text can still be read."), "success")
            return _to_thread(found, row)
    return _edit_page(found, row, form), 422


@bp.post("/rounds/<round>/contributions/<contribution>/withdraw")
@sign_in_required
@writes
def contribution_withdraw(round: str, contribution: str) -> Answer:
    found, row = _get_own(round, contribution)
    services.withdraw_contribution(contribution=row)
    flash(_("Your contribution is withdrawn."), "success")
    return _to_thread(found, row)


def _add(round: Round, item: Item, form: CommentForm) -> Contribution:
    is_reply = "aspect" not in form
    return services.add_contribution(
        round=round,
        item=item,
        revision=queries.get_revision(item, form.revision.data or ""),
        author=current_user,
        text=form.text.data or "",
        language=form.language.data,
        aspect=Aspect.GENERAL if is_reply else Aspect(form.aspect.data),
        quote="" if is_reply else form.quote.data or "",
        parent=queries.get_contribution(round, form.parent.data or "") if is_reply else None,
    )


def _added(round: Round, item: Item, contribution: Contribution) -> Answer:
    if is_htmx():
        return thread_page(round, item, page=queries.page_of(contribution))
    flash(_("Thank you. Your contribution is published."), "success")
    return _to_thread(round, contribution)


def _to_thread(round: Round, contribution: Contribution) -> Response:
    return see_other(
        "reviews.thread_show",
        anchor=f"c-{contribution.public_id}",
        round=round.public_id,
        item=contribution.item.public_id,
        page=queries.page_of(contribution),
    )


def _get_own(round_id: str, public_id: str) -> tuple[Round, Contribution]:
    found = get_readable_round(round_id)
    row = queries.get_contribution(found, public_id)
    require(policies.can_change(current_user, row))
    return found, row


def _edit_page(round: Round, contribution: Contribution, form: ContributionEditForm) -> str:
    back = url_for("reviews.contribution_show", round=round.public_id, contribution=contribution.public_id)
    return render_template(
        "reviews/contribution_edit.html", round=round, contribution=contribution, form=form, back=back
    )


def _changes_since(contribution: Contribution) -> list[object]:
    """What is different now from the text that the comment was made on."""
    item = contribution.item
    if contribution.revision.number == item.revision_number:
        return []
    return _word_changes(contribution.revision.after, encode_fields(item.kind, item_values(item)))


def _word_changes(before: dict[str, object] | None, after: dict[str, object]) -> list[object]:
    """Changes of what readers read; an item's place is not among them."""
    places = ("parent", "position")
    old, new = ({k: v for k, v in (side or {}).items() if k not in places} for side in (before, after))
    return list(field_changes(old, new))
