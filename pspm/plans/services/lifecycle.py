"""The life of a plan: draft → consultation → consolidation → approved → (revise) draft …"""

from __future__ import annotations

from pspm.accounts.models import User
from pspm.core.columns import JsonDict
from pspm.core.errors import StateConflict
from pspm.core.i18n import gettext as _
from pspm.extensions import db
from pspm.plans import queries
from pspm.plans.canonical import sha256_of, take_snapshot, to_canonical_json
from pspm.plans.models import Plan, PlanChange, PlanChangeKind, PlanStatus, Version
from pspm.plans.services.revisions import lock_plan
from pspm.plans.signals import text_wanted
from pspm.plans.snapshot import PlanSnapshot

NEXT: dict[PlanStatus, frozenset[PlanStatus]] = {
    PlanStatus.DRAFT: frozenset({PlanStatus.CONSULTATION, PlanStatus.APPROVED}),
    PlanStatus.CONSULTATION: frozenset({PlanStatus.CONSOLIDATION}),
    PlanStatus.CONSOLIDATION: frozenset({PlanStatus.CONSULTATION, PlanStatus.APPROVED}),
    PlanStatus.APPROVED: frozenset({PlanStatus.DRAFT}),
}
"""The states that may follow each one."""


def start_consultation(*, plan: Plan, author: User) -> None:
    """Freeze the text, so that all contributors read the same words."""
    _change_status(plan, PlanStatus.CONSULTATION, author)


def end_consultation(*, plan: Plan, author: User) -> None:
    """Open the text again, to carry out what was decided on the contributions."""
    _change_status(plan, PlanStatus.CONSOLIDATION, author)


def revise_plan(*, plan: Plan, author: User) -> None:
    """Begin the next version of an approved plan; the approved one stays as it is."""
    _change_status(plan, PlanStatus.DRAFT, author)


def approve_plan(*, plan: Plan, author: User, note: str = "") -> Version:
    """Freeze the plan as it is now into its next version.

    Of two approvals at once the second finds the plan approved already and is refused.
    """
    lock_plan(plan)
    _check_step(plan, PlanStatus.APPROVED)
    text_wanted.send(plan)
    snapshot = take_snapshot(plan)
    if not snapshot.items:
        raise StateConflict(_("An empty plan can't be approved. Add at least one item first."))
    version = _freeze(plan, snapshot, author, note)
    _record_step(plan, PlanStatus.APPROVED, author, {"version": version.number})
    return version


def delete_plan(*, plan: Plan, author: User) -> None:
    """Put away a draft that was never approved; who did it and when is kept, and so is its text."""
    lock_plan(plan)
    if plan.status is not PlanStatus.DRAFT or queries.find_latest_version(plan) is not None:
        raise StateConflict(_("Only a draft that has never been approved can be deleted."))
    change = record_change(
        plan=plan,
        author=author,
        kind=PlanChangeKind.DELETED,
        before={"title": plan.title},
        after={},
    )
    plan.deleted_at, plan.deleted_by_id = change.created_at, author.id
    db.session.flush()


def record_change(
    *, plan: Plan, author: User, kind: PlanChangeKind, before: JsonDict, after: JsonDict
) -> PlanChange:
    """Keep who changed the plan as a whole, when and how, and raise its stamp."""
    plan.stamp += 1
    change = PlanChange(plan_id=plan.id, author=author, kind=kind, before=before, after=after)
    db.session.add(change)
    db.session.flush()
    return change


def _change_status(plan: Plan, status: PlanStatus, author: User) -> None:
    lock_plan(plan)
    _check_step(plan, status)
    text_wanted.send(plan)
    _record_step(plan, status, author, {})


def _check_step(plan: Plan, status: PlanStatus) -> None:
    if status not in NEXT[plan.status]:
        raise StateConflict(_refusal(plan.status, status))


def _record_step(plan: Plan, status: PlanStatus, author: User, facts: JsonDict) -> None:
    before = {"status": plan.status.value}
    plan.status = status
    after = {"status": status.value} | facts
    record_change(plan=plan, author=author, kind=PlanChangeKind.STATUS, before=before, after=after)


def _freeze(plan: Plan, snapshot: PlanSnapshot, author: User, note: str) -> Version:
    content = to_canonical_json(snapshot)
    latest = queries.find_latest_version(plan)
    version = Version(
        plan=plan,
        number=latest.number + 1 if latest else 1,
        title=snapshot.title,
        summary=snapshot.summary,
        language=snapshot.language,
        start_year=snapshot.start_year,
        end_year=snapshot.end_year,
        content=content,
        sha256=sha256_of(content),
        note=note,
        approved_by=author,
    )
    db.session.add(version)
    db.session.flush()
    return version


def _refusal(now: PlanStatus, wanted: PlanStatus) -> str:
    """Why the step can't be made, and what would allow it."""
    if now is wanted is PlanStatus.APPROVED:
        return _("The plan is approved already.")
    if now is PlanStatus.APPROVED:
        return _("The plan is approved. Begin a revision first.")
    if now is PlanStatus.CONSULTATION and wanted is PlanStatus.APPROVED:
        return _("A consultation on the plan is open. Close it before you approve the plan.")
    if now is PlanStatus.CONSULTATION:
        return _("A consultation on the plan is open.")
    if wanted is PlanStatus.CONSOLIDATION:
        return _("No consultation on the plan is open.")
    return _("The plan is being worked on: there is no approved version to revise now.")
