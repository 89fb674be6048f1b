"""Rows for tests, each with sensible defaults; they add and flush, the client commits."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any, TypeVar

from pspm.accounts.models import Body, BodyKind, BodyRole, BodyStatus, Membership, MembershipStatus, User
from pspm.core.clock import now
from pspm.extensions import Model, db
from pspm.plans.canonical import sha256_of, take_snapshot, to_canonical_json
from pspm.plans.models import (
    Action,
    Goal,
    Indicator,
    Item,
    Objective,
    Plan,
    PlanMember,
    PlanRole,
    PlanStatus,
    Revision,
    RevisionKind,
    Section,
    Version,
)
from pspm.practices.models import Practice, PracticeStatus
from pspm.reviews.models import Aspect, Audience, Contribution, Round

_number = count(1)
PASSWORD = "a lantern above the harbour"


M = TypeVar("M", bound=Model)


def _save(row: M) -> M:
    db.session.add(row)
    db.session.flush()
    return row


def make_user(*, body: Body | None = None, role: BodyRole = BodyRole.PLANNER, **values: Any) -> User:
    """A confirmed person, with a role in `body` if one is given. Without a usable password."""
    number = next(_number)
    user = _save(
        User(
            **{
                "email": f"person{number}@example.org",
                "name": f"Person {number}",
                "password_hash": "!",
                "email_confirmed_at": now(),
                **values,
            }
        )
    )
    if body is not None:
        make_membership(user, body, role)
    return user


def make_membership(user: User, body: Body, role: BodyRole = BodyRole.PLANNER) -> Membership:
    membership = Membership(user=user, body=body, role=role, status=MembershipStatus.ACTIVE)
    return _save(membership)


def make_body(**values: Any) -> Body:
    number = next(_number)
    defaults = {"name": f"Body {number}", "kind": BodyKind.MINISTRY, "status": BodyStatus.APPROVED}
    return _save(Body(**{**defaults, **values}))


def make_plan(*, body: Body | None = None, coordinator: User | None = None, **values: Any) -> Plan:
    """A draft plan of `body`, with one coordinator."""
    body = body or make_body()
    coordinator = coordinator or make_user(body=body)
    defaults = {"title": f"Plan {next(_number)}", "language": "en", "start_year": 2026, "end_year": 2028}
    plan = _save(Plan(**{**defaults, "body": body, "created_by": coordinator, **values}))
    make_plan_member(plan, coordinator, PlanRole.COORDINATOR)
    return plan


def make_plan_member(plan: Plan, user: User, role: PlanRole) -> PlanMember:
    return _save(PlanMember(plan=plan, user=user, email=user.email, role=role))


def make_item(plan: Plan, kind: type[Item], parent: Item | None = None, **values: Any) -> Any:
    """An item with its first revision, last among its siblings."""
    number = next(_number)
    item = _save(
        kind(
            **{
                "plan": plan,
                "parent_id": parent.id if parent else None,
                "position": number,
                "title": f"{kind.__name__} {number}",
                "revision_number": 1,
                **values,
            }
        )
    )
    after = {"title": item.title, "text": item.text}
    _save(
        Revision(
            item_id=item.id,
            plan_id=plan.id,
            number=1,
            author_id=plan.created_by_id,
            kind=RevisionKind.CREATED,
            after=after,
        )
    )
    return item


def make_tree(plan: Plan) -> dict[str, Any]:
    """One item of each kind: section, goal > objective > action and indicator."""
    section = make_item(plan, Section)
    goal = make_item(plan, Goal)
    objective = make_item(plan, Objective, goal)
    return {
        "section": section,
        "goal": goal,
        "objective": objective,
        "action": make_item(plan, Action, objective),
        "indicator": make_item(plan, Indicator, objective),
    }


def make_round(plan: Plan, **values: Any) -> Round:
    """A round that is open now for everyone signed in; the plan is put in consultation."""
    plan.status = PlanStatus.CONSULTATION
    defaults = {
        "plan": plan,
        "title": f"Round {next(_number)}",
        "audience": Audience.SIGNED_IN,
        "opens_at": now() - timedelta(days=1),
        "closes_at": now() + timedelta(days=7),
        "started_at": now() - timedelta(days=1),
        "plan_title": plan.title,
        "created_by": plan.created_by,
    }
    return _save(Round(**{**defaults, **values}))


def make_contribution(round_: Round, item: Item, author: User, **values: Any) -> Contribution:
    revision = db.session.query(Revision).filter_by(item_id=item.id).order_by(Revision.number.desc()).first()
    defaults = {
        "round": round_,
        "item": item,
        "revision": revision,
        "author": author,
        "aspect": Aspect.GENERAL,
        "language": "en",
        "text": f"Remark {next(_number)}",
    }
    return _save(Contribution(**{**defaults, **values}))


def make_practice(*, body: Body | None = None, author: User | None = None, **values: Any) -> Practice:
    """A published entry."""
    body = body or make_body()
    author = author or make_user(body=body)
    number = next(_number)
    defaults = {
        "title": f"Practice {number}",
        "summary": f"What practice {number} is about.",
        "body": body,
        "created_by": author,
        "status": PracticeStatus.PUBLISHED,
        "published_at": now(),
    }
    return _save(Practice(**{**defaults, **values}))


def make_version(plan: Plan, **values: Any) -> Version:
    """The plan approved as it is now, the plan's own state left alone."""
    snapshot = take_snapshot(plan)
    content = to_canonical_json(snapshot)
    defaults = {
        "plan": plan,
        "number": 1 + db.session.query(Version).filter_by(plan_id=plan.id).count(),
        "title": plan.title,
        "summary": plan.summary,
        "language": plan.language,
        "start_year": plan.start_year,
        "end_year": plan.end_year,
        "content": content,
        "sha256": sha256_of(content),
        "approved_by": plan.created_by,
    }
    return _save(Version(**{**defaults, **values}))
