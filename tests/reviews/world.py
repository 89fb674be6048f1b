"""A plan with its people, in an open round."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

from pspm.accounts.models import Body, User
from pspm.plans import queries as plan_queries
from pspm.plans import services as plan_services
from pspm.plans.models import Item, ItemKind, Plan, PlanRole, PlanStatus, Revision
from pspm.reviews import services
from pspm.reviews.models import Contribution, Round
from tests.factories import make_body, make_plan, make_plan_member, make_round, make_user

_number = count(1)
TEXT = "All services are **online** by 2028.\n\nNobody fills in a form twice."


@dataclass
class World:
    """Who and what a round is about. `reviewer` belongs to `body`, `stranger` to no body at all."""

    plan: Plan
    round: Round
    items: dict[str, Item]
    body: Body
    coordinator: User
    drafter: User
    reviewer: User
    stranger: User

    def comment(self, item: str = "objective", author: User | None = None, **values: Any) -> Contribution:
        row = self.items[item]
        defaults = {
            "round": self.round,
            "item": row,
            "revision": current_revision(row),
            "author": author or self.reviewer,
            "text": f"A remark {next(_number)}.",
        }
        return services.add_contribution(**{**defaults, **values})

    def edit(self, item: str = "objective", **values: Any) -> Revision:
        """Change an item's words as if the round were over, and go back to the round."""
        row = self.items[item]
        status, self.plan.status = self.plan.status, PlanStatus.CONSOLIDATION
        saved = plan_services.save_item(
            item=row, author=self.drafter, expected_revision=row.revision_number, values=values
        )
        self.plan.status = status
        assert saved.revision is not None
        return saved.revision

    def url(self, rest: str = "") -> str:
        return f"/rounds/{self.round.public_id}{rest}"


def make_world(**round_values: Any) -> World:
    plan = make_plan(title="ICT plan")
    coordinator = plan.created_by
    items = _make_items(plan, coordinator)
    body = make_body(name="Agency for digital things", acronym="ADT")
    drafter = make_user()
    make_plan_member(plan, drafter, PlanRole.DRAFTER)
    return World(
        plan=plan,
        round=make_round(plan, **round_values),
        items=items,
        body=body,
        coordinator=coordinator,
        drafter=drafter,
        reviewer=make_user(body=body, name="Rita Reviewer"),
        stranger=make_user(name="Sam Stranger"),
    )


def current_revision(item: Item) -> Revision:
    revision = plan_queries.find_revision(item, item.revision_number)
    assert revision is not None
    return revision


def _make_items(plan: Plan, author: User) -> dict[str, Item]:
    def add(kind: ItemKind, parent: Item | None, **values: Any) -> Item:
        return plan_services.add_item(plan=plan, parent=parent, kind=kind, author=author, values=values)

    goal = add(ItemKind.GOAL, None, title="Services for all")
    objective = add(ItemKind.OBJECTIVE, goal, title="Everything online", text=TEXT)
    return {
        "section": add(ItemKind.SECTION, None, title="Context", text="How things stand."),
        "goal": goal,
        "objective": objective,
        "action": add(ItemKind.ACTION, objective, title="Rewrite the portal"),
        "indicator": add(ItemKind.INDICATOR, objective, title="Share online", unit="%", formula="a / b"),
    }
