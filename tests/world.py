"""A small world with one of everything and a person in each role, for the rules that go over all views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pspm.accounts.models import Body, BodyRole, Invitation, User
from pspm.core.jobs import Job
from pspm.core.mail import Mail
from pspm.documents.services import imports
from pspm.extensions import db
from pspm.plans import services as plan_services
from pspm.plans.models import PlanMember, PlanRole, Revision
from pspm.practices import services as practice_services
from pspm.reviews.models import Decision, Outcome
from tests import factories as make


@dataclass(frozen=True)
class World:
    """`people` by role, and the `values` that addresses are built from, by name of the parameter."""

    people: dict[str, User]
    values: dict[str, Any]


def build_world() -> World:
    body, elsewhere = make.make_body(), make.make_body()
    people = {
        "person": make.make_user(),
        "member": make.make_user(body=body, role=BodyRole.MEMBER),
        "planner": make.make_user(body=body, role=BodyRole.PLANNER),
        "manager": make.make_user(body=body, role=BodyRole.MANAGER),
        "coordinator": make.make_user(body=body, role=BodyRole.MEMBER),
        "drafter": make.make_user(body=elsewhere, role=BodyRole.MEMBER),
        "reviewer": make.make_user(body=elsewhere, role=BodyRole.MEMBER),
        "curator": make.make_user(is_curator=True),
        "admin": make.make_user(is_admin=True),
    }
    values = _accounts(body, people) | _plan(body, people) | _practice(body, people)
    db.session.commit()
    return World(people, values)


def _accounts(body: Body, people: dict[str, User]) -> dict[str, Any]:
    invitation = Invitation(
        email=people["person"].email, body=body, role=BodyRole.MEMBER, invited_by=people["manager"]
    )
    mail = Mail(recipient="a@example.org", subject="Subject", body="Text")
    db.session.add_all([invitation, mail])
    db.session.flush()
    return {
        "body": body.public_id,
        "user": people["member"].public_id,
        "invitation": invitation.public_id,
        "mail": mail.public_id,
        "token": "not-a-token",
    }


def _plan(body: Body, people: dict[str, User]) -> dict[str, Any]:
    """A plan in consultation with an earlier version, an open round and a decided contribution."""
    plan = make.make_plan(body=body, coordinator=people["coordinator"])
    make.make_plan_member(plan, people["drafter"], PlanRole.DRAFTER)
    make.make_plan_member(plan, people["reviewer"], PlanRole.REVIEWER)
    invited = PlanMember(plan_id=plan.id, email=people["person"].email, role=PlanRole.REVIEWER)
    tree = make.make_tree(plan)
    version = plan_services.approve_plan(plan=plan, author=people["coordinator"], note="")
    round_ = make.make_round(plan)
    contribution = make.make_contribution(round_, tree["objective"], people["reviewer"])
    decision = Decision(
        contribution=contribution,
        outcome=Outcome.ACCEPTED,
        reason="It is right.",
        decided_by=people["coordinator"],
    )
    db.session.add_all([invited, decision])
    db.session.flush()
    revision = db.session.query(Revision).filter_by(item_id=tree["objective"].id).one()
    return {
        "plan": plan.public_id,
        "item": tree["objective"].public_id,
        "member": invited.public_id,
        "revision": revision.public_id,
        "number": version.number,
        "round": round_.public_id,
        "contribution": contribution.public_id,
    }


def _practice(body: Body, people: dict[str, User]) -> dict[str, Any]:
    practice = make.make_practice(body=body, author=people["planner"])
    attachment = practice_services.add_attachment(
        practice=practice, author=people["planner"], filename="figures.csv", data=b"year,value\n2026,3\n"
    )
    address = f"/practices/{practice.public_id}"
    job = Job(kind="documents.practice_pdf", args={"practice": practice.public_id, "address": address})
    db.session.add(job)
    upload = imports.receive_file(
        data=b"<StrategicPlan><Name>P</Name></StrategicPlan>", author=people["planner"]
    )
    return {
        "practice": practice.public_id,
        "attachment": attachment.public_id,
        "job": job.public_id,
        "upload": upload.public_id,
    }
