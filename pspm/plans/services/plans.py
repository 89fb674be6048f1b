"""New plans: from a template, or from plain data that a file brought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pspm.accounts.models import Body, BodyStatus, User
from pspm.core.errors import InvalidInput, StateConflict
from pspm.core.i18n import gettext as _
from pspm.extensions import db
from pspm.plans.models import Item, ItemKind, Plan, PlanMember, PlanRole, RevisionKind
from pspm.plans.services.items import build_item
from pspm.plans.services.revisions import write_revision
from pspm.plans.snapshot import ItemSnapshot, PlanSnapshot
from pspm.plans.templates import Part, get_template
from pspm.plans.tree import MAX_DEPTH, may_stand_under

MAX_YEARS = 20


def create_plan(
    *,
    body: Body,
    author: User,
    title: str,
    language: str,
    start_year: int,
    end_year: int,
    template_key: str = "blank",
    summary: str = "",
) -> Plan:
    """A draft plan of `body` with what the template brings; `author` becomes its coordinator."""
    try:
        template = get_template(template_key, language)
    except KeyError:
        message = _("Choose one of the templates.")
        raise InvalidInput(message, fields={"template_key": message}) from None
    plan = _new_plan(
        body=body,
        author=author,
        title=title,
        summary=summary,
        language=language,
        start_year=start_year,
        end_year=end_year,
        template_key=template_key,
        labels=dict(template.labels),
    )
    _add_levels(plan, author, [_from_part(part) for part in template.parts])
    return plan


def import_snapshot(*, snapshot: PlanSnapshot, body: Body, author: User) -> Plan:
    """A draft plan of `body` as the snapshot has it, under new identifiers; all of it or nothing."""
    _check_places(snapshot.items, None, 0)
    plan = _new_plan(
        body=body,
        author=author,
        title=snapshot.title,
        summary=snapshot.summary,
        language=snapshot.language,
        start_year=snapshot.start_year,
        end_year=snapshot.end_year,
        labels=dict(snapshot.labels),
        extras=dict(snapshot.extras),
    )
    _add_levels(plan, author, [_from_snapshot(item) for item in snapshot.items])
    return plan


def _new_plan(*, body: Body, author: User, start_year: int, end_year: int, **values: Any) -> Plan:
    check_new_plan(body, start_year, end_year)
    plan = Plan(body=body, created_by=author, start_year=start_year, end_year=end_year, stamp=1, **values)
    plan.members = [PlanMember(user=author, email=author.email, role=PlanRole.COORDINATOR)]
    db.session.add(plan)
    db.session.flush()
    return plan


def check_new_plan(body: Body, start_year: int, end_year: int) -> None:
    """Raises if `body` can't have a plan for these years."""
    if body.status is not BodyStatus.APPROVED:
        raise StateConflict(_("The body must be approved before it can have plans."))
    check_years(start_year, end_year)


def check_years(start_year: int, end_year: int) -> None:
    if not start_year <= end_year < start_year + MAX_YEARS:
        message = _(
            "The last year must be the first one or later, and within %(count)s years.", count=MAX_YEARS
        )
        raise InvalidInput(message, fields={"end_year": message})


class _Draft:
    """An item to be made, with the drafts of those below it."""

    def __init__(self, kind: ItemKind, values: dict[str, Any], below: list[_Draft], **others: Any) -> None:
        self.kind, self.values, self.below, self.others = kind, values, below, others


def _from_part(part: Part) -> _Draft:
    values: dict[str, Any] = {"title": part.title, "code": part.code}
    if part.role is not None:
        values["section_role"] = part.role
    return _Draft(part.kind, values, [_from_part(child) for child in part.children], template_part=part.key)


def _from_snapshot(item: ItemSnapshot) -> _Draft:
    common = {"title": item.title, "text": item.text, "code": item.code, "responsible": item.responsible}
    values = {**common, **item.fields, "targets": item.targets}
    below = [_from_snapshot(child) for child in item.children]
    return _Draft(item.kind, values, below, extras=dict(item.extras))


def _add_levels(plan: Plan, author: User, drafts: list[_Draft]) -> None:
    """Add the items level by level, so that a whole level goes to the database at once."""
    level: list[tuple[Item | None, list[_Draft]]] = [(None, drafts)]
    while level:
        made = [pair for parent, below in level for pair in _add_siblings(plan, parent, below)]
        db.session.flush()
        for item, _draft in made:
            write_revision(item=item, author=author, kind=RevisionKind.CREATED, before=None, flush=False)
        level = [(item, draft.below) for item, draft in made if draft.below]
    db.session.flush()


def _add_siblings(plan: Plan, parent: Item | None, drafts: Sequence[_Draft]) -> Iterator[tuple[Item, _Draft]]:
    for position, draft in enumerate(drafts):
        item = build_item(plan, parent, draft.kind, draft.values)
        item.position = position
        for name, value in draft.others.items():
            setattr(item, name, value)
        db.session.add(item)
        yield item, draft


def _check_places(items: Sequence[ItemSnapshot], parent: ItemKind | None, depth: int) -> None:
    if items and depth >= MAX_DEPTH:
        raise InvalidInput(_("A plan has at most %(count)s levels.", count=MAX_DEPTH))
    for item in items:
        if not may_stand_under(item.kind, parent):
            raise InvalidInput(_("“%(title)s” can't stand at this place of a plan.", title=item.title))
        _check_places(item.children, item.kind, depth + 1)
