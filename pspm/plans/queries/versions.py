"""Approved versions, and the public list of plans that is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, undefer

from pspm.accounts.models import Body
from pspm.core.columns import MAX_INTEGER
from pspm.core.errors import NotFound
from pspm.core.paging import Page, paginate
from pspm.extensions import db
from pspm.plans.models import Plan, Version


def list_versions(plan: Plan, *, page: int = 1) -> Page[Version]:
    """Newest first, without their content."""
    return paginate(
        select(Version)
        .where(Version.plan_id == plan.id)
        .options(joinedload(Version.approved_by))
        .order_by(Version.number.desc()),
        number=page,
    )


def find_latest_version(plan: Plan) -> Version | None:
    return db.session.scalar(
        select(Version)
        .where(Version.plan_id == plan.id)
        .options(joinedload(Version.approved_by))
        .order_by(Version.number.desc())
        .limit(1)
    )


def get_version(plan_public_id: str, number: int) -> Version:
    """The version with its content and its plan; public."""
    if number > MAX_INTEGER:
        raise NotFound()
    version = db.session.scalar(
        select(Version)
        .join(Version.plan)
        .where(Plan.public_id == plan_public_id, Plan.deleted_at.is_(None), Version.number == number)
        .options(
            undefer(Version.content),
            contains_eager(Version.plan).joinedload(Plan.body),
            joinedload(Version.approved_by),
        )
    )
    if version is None:
        raise NotFound()
    return version


def list_version_numbers(plan: Plan) -> Sequence[int]:
    """Newest first."""
    return db.session.scalars(
        select(Version.number).where(Version.plan_id == plan.id).order_by(Version.number.desc())
    ).all()


def latest_numbers(plans: Iterable[Plan]) -> dict[int, int]:
    """The number of the latest version of each of `plans`, by the plan's number."""
    rows = db.session.execute(
        select(Version.plan_id, func.max(Version.number))
        .where(Version.plan_id.in_([plan.id for plan in plans]))
        .group_by(Version.plan_id)
    )
    return {plan_id: number for plan_id, number in rows}


def list_approved_plans(
    *, search: str = "", body: str = "", year: int | None = None, page: int = 1
) -> Page[Version]:
    """The latest version of every approved plan, newest first, with its plan and body."""
    statement = _latest().options(contains_eager(Version.plan).contains_eager(Plan.body))
    for word in search.split():
        statement = statement.where(
            or_(
                Version.title.icontains(word, autoescape=True),
                Version.summary.icontains(word, autoescape=True),
                Body.name.icontains(word, autoescape=True),
                Body.acronym.icontains(word, autoescape=True),
            )
        )
    if body:
        statement = statement.where(Body.public_id == body)
    if year:
        statement = statement.where(Version.start_year <= year, Version.end_year >= year)
    return paginate(statement.order_by(Version.created_at.desc(), Version.id.desc()), number=page)


def list_publishing_bodies() -> Sequence[Body]:
    """The bodies that have an approved plan, by name."""
    return db.session.scalars(
        select(Body)
        .where(Body.id.in_(_latest().with_only_columns(Plan.body_id)))
        .order_by(Body.name, Body.id)
    ).all()


def _latest() -> Select[Version]:
    newest = select(func.max(Version.id)).group_by(Version.plan_id)
    return (
        select(Version)
        .join(Version.plan)
        .join(Plan.body)
        .where(Version.id.in_(newest), Plan.deleted_at.is_(None))
    )
