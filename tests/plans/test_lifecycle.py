"""draft → consultation → consolidation → approved → (revise) draft, and nothing else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from pspm.core.errors import NotFound, StateConflict
from pspm.extensions import db
from pspm.plans import queries
from pspm.plans import services as plan_services
from pspm.plans.canonical import from_canonical_json, sha256_of, take_snapshot, to_canonical_json
from pspm.plans.guards import VersionIsFrozen
from pspm.plans.models import Plan, PlanChange, PlanChangeKind, PlanStatus, Version
from pspm.plans.services.lifecycle import NEXT
from tests.factories import make_plan, make_tree, make_version

STEPS = {
    PlanStatus.CONSULTATION: plan_services.start_consultation,
    PlanStatus.CONSOLIDATION: plan_services.end_consultation,
    PlanStatus.APPROVED: plan_services.approve_plan,
    PlanStatus.DRAFT: plan_services.revise_plan,
}


@pytest.mark.parametrize("status", PlanStatus)
@pytest.mark.parametrize("wanted", PlanStatus)
def test_plan_takes_only_the_steps_of_its_life(app: Flask, status: PlanStatus, wanted: PlanStatus) -> None:
    plan = make_plan(status=status)
    make_tree(plan)
    stamp = plan.stamp
    if wanted in NEXT[status]:
        STEPS[wanted](plan=plan, author=plan.created_by)
        assert (plan.status, plan.stamp) == (wanted, stamp + 1)
    else:
        with pytest.raises(StateConflict) as refusal:
            STEPS[wanted](plan=plan, author=plan.created_by)
        assert refusal.value.message
        assert (plan.status, plan.stamp) == (status, stamp)


def test_plan_is_not_approved_during_a_consultation(app: Flask) -> None:
    plan = make_plan(status=PlanStatus.CONSULTATION)
    make_tree(plan)
    with pytest.raises(StateConflict, match="Close it before"):
        plan_services.approve_plan(plan=plan, author=plan.created_by)


def test_empty_plan_is_not_approved(app: Flask) -> None:
    plan = make_plan()
    with pytest.raises(StateConflict, match="empty plan"):
        plan_services.approve_plan(plan=plan, author=plan.created_by)


def test_approval_freezes_the_plan_into_a_version(app: Flask) -> None:
    plan = make_plan(title="Three years of ICT", summary="All of it.")
    make_tree(plan)
    version = plan_services.approve_plan(plan=plan, author=plan.created_by, note="Decree 12")
    assert (version.number, version.title, version.summary) == (1, "Three years of ICT", "All of it.")
    assert (version.note, version.approved_by) == ("Decree 12", plan.created_by)
    assert version.sha256 == sha256_of(version.content)
    assert from_canonical_json(version.content) == take_snapshot(plan)
    change = db.session.scalars(select(PlanChange)).one()
    assert change.kind is PlanChangeKind.STATUS
    assert change.before == {"status": "draft"}
    assert change.after == {"status": "approved", "version": 1}


def test_two_approvals_at_once_give_one_version(app: Flask) -> None:
    plan = make_plan()
    make_tree(plan)
    plan_id, begin = plan.public_id, Barrier(2)
    db.session.commit()

    def approve() -> str:
        with app.app_context():
            begin.wait()
            found = queries.get_plan(plan_id)
            try:
                plan_services.approve_plan(plan=found, author=found.created_by)
                db.session.commit()
            except StateConflict as refusal:
                return refusal.message
            finally:
                db.session.rollback()
            return "approved"

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(done.result() for done in [threads.submit(approve), threads.submit(approve)])
    assert answers == ["The plan is approved already.", "approved"]
    assert queries.list_version_numbers(plan) == [1]


def test_versions_are_numbered_in_order(app: Flask) -> None:
    plan = make_plan()
    tree = make_tree(plan)
    plan_services.approve_plan(plan=plan, author=plan.created_by)
    plan_services.revise_plan(plan=plan, author=plan.created_by)
    tree["goal"].title = "Another goal"
    second = plan_services.approve_plan(plan=plan, author=plan.created_by)
    assert second.number == 2
    assert queries.list_version_numbers(plan) == [2, 1]


def test_same_content_gives_the_same_hash(app: Flask) -> None:
    plan = make_plan()
    make_tree(plan)
    make_tree(plan)
    public_id, first = plan.public_id, to_canonical_json(take_snapshot(plan))
    db.session.commit()
    db.session.expunge_all()
    again = to_canonical_json(take_snapshot(queries.get_plan(public_id)))
    assert sha256_of(first) == sha256_of(again)
    assert to_canonical_json(from_canonical_json(first)) == first


def test_version_never_changes(app: Flask) -> None:
    plan = make_plan()
    make_tree(plan)
    version = make_version(plan)
    version.note = "Changed afterwards"
    with pytest.raises(VersionIsFrozen):
        db.session.flush()
    db.session.rollback()


def test_version_is_never_deleted(app: Flask) -> None:
    version = make_version(make_plan())
    db.session.delete(version)
    with pytest.raises(VersionIsFrozen):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize("statement", [update(Version).values(note="x"), delete(Version)])
def test_versions_do_not_change_in_bulk(app: Flask, statement: object) -> None:
    make_version(make_plan())
    with pytest.raises(VersionIsFrozen):
        db.session.execute(statement)  # type: ignore[call-overload]
    db.session.execute(update(Plan).values(summary="Other tables may change."))


def test_draft_can_be_deleted_with_who_and_when(app: Flask) -> None:
    plan = make_plan()
    plan_services.delete_plan(plan=plan, author=plan.created_by)
    assert plan.deleted_at is not None
    assert plan.deleted_by_id == plan.created_by_id
    with pytest.raises(NotFound):
        queries.get_plan(plan.public_id)
    with pytest.raises(NotFound):
        plan_services.delete_plan(plan=plan, author=plan.created_by)


@pytest.mark.parametrize("status", [PlanStatus.CONSULTATION, PlanStatus.CONSOLIDATION, PlanStatus.APPROVED])
def test_plan_that_others_have_read_is_not_deleted(app: Flask, status: PlanStatus) -> None:
    plan = make_plan(status=status)
    with pytest.raises(StateConflict):
        plan_services.delete_plan(plan=plan, author=plan.created_by)


def test_draft_with_a_version_is_not_deleted(app: Flask) -> None:
    plan = make_plan()
    make_version(plan)
    with pytest.raises(StateConflict):
        plan_services.delete_plan(plan=plan, author=plan.created_by)
