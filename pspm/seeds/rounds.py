"""Loads consultations: their contributions, the edits that these led to, and the decisions."""

from __future__ import annotations

from datetime import datetime

from pspm.core.clock import now
from pspm.plans import queries as plan_queries
from pspm.plans.models import Revision
from pspm.reviews import services as review_services
from pspm.reviews.models import Aspect, Audience, Contribution, Outcome, Round
from pspm.seeds.edits import load_edits
from pspm.seeds.reading import Entry
from pspm.seeds.sample import HOUR, Sample, SamplePlan, on_day

OPENS_AT, CLOSES_AT = 8, 17
"""Full hours, UTC."""


def load_closed_round(sample: Sample, plan: SamplePlan, entry: Entry, contributions: list[Entry]) -> Round:
    """A round that took contributions, was closed, changed the plan, and whose decisions are published."""
    round = _start_round(sample, plan, entry)
    pairs = _load_contributions(sample, plan, round, contributions)
    with on_day(entry["closes"] + 1):
        review_services.close_round(round=round, author=plan.coordinator)
    load_edits(sample, plan, entry["edits"], entry["edited"])
    with on_day(entry["edited"] + 2):
        _draft_decisions(plan, pairs)
    with on_day(entry["published"]):
        review_services.publish_decisions(round=round, author=plan.coordinator)
    return round


def load_open_round(sample: Sample, plan: SamplePlan, entry: Entry, contributions: list[Entry]) -> Round:
    """A round in full swing: some decisions are published, others are drafted, most are still to come."""
    round = _start_round(sample, plan, entry)
    pairs = _load_contributions(sample, plan, round, contributions)
    decided = [pair for pair in pairs if "decision" in pair[1]]
    with on_day(entry["published"]):
        _draft_decisions(plan, [pair for pair in decided if pair[1]["decision"].get("publish")])
        review_services.publish_decisions(round=round, author=plan.coordinator)
        _draft_decisions(plan, [pair for pair in decided if not pair[1]["decision"].get("publish")])
    return round


def _start_round(sample: Sample, plan: SamplePlan, entry: Entry) -> Round:
    with on_day(entry["closes"]):
        closes_at = _at_hour(CLOSES_AT)
    with on_day(entry["starts"]):
        round = review_services.create_round(
            plan=plan.plan,
            author=plan.coordinator,
            title=entry["title"],
            introduction=entry["introduction"],
            audience=Audience(entry["audience"]),
            opens_at=_at_hour(OPENS_AT),
            closes_at=closes_at,
            bodies=[sample.bodies[key] for key in entry.get("bodies", [])],
        )
        review_services.start_round(round=round, author=plan.coordinator)
    return round


def _at_hour(hour: int) -> datetime:
    return now().replace(hour=hour, minute=0, second=0, microsecond=0)


def _load_contributions(
    sample: Sample, plan: SamplePlan, round: Round, entries: list[Entry]
) -> list[tuple[Contribution, Entry]]:
    """The contributions in the order of their time, each with what the file says of it."""
    # Over some ten hours of their day, not all in the same minute.
    times = [entry["day"] - HOUR * (1 + place * 3.7 % 9.5) for place, entry in enumerate(entries)]
    in_order = sorted(zip(times, entries, strict=True), key=lambda pair: pair[0])
    return [(_load_contribution(sample, plan, round, entry, day), entry) for day, entry in in_order]


def _load_contribution(
    sample: Sample, plan: SamplePlan, round: Round, entry: Entry, day: float
) -> Contribution:
    item = plan.items[entry["about"]]
    number = 1 if entry.get("read") == "first" else item.revision_number
    revision = plan_queries.find_revision(item, number)
    assert revision is not None  # noqa: S101 - an item is born with its first revision
    with on_day(day):
        contribution = review_services.add_contribution(
            round=round,
            item=item,
            revision=revision,
            author=sample.people[entry["by"]],
            text=entry["text"],
            language=entry.get("language", plan.plan.language),
            aspect=Aspect(entry["aspect"]),
            quote=entry.get("quote", ""),
        )
    for place, reply in enumerate(entry.get("replies", []), start=1):
        with on_day(min(day + place * 5 * HOUR, -HOUR / 2)):
            review_services.add_contribution(
                round=round,
                item=item,
                revision=revision,
                author=sample.people[reply["by"]],
                text=reply["text"],
                language=reply.get("language", plan.plan.language),
                parent=contribution,
            )
    with on_day(day + HOUR / 2):
        _change(contribution, entry)
    return contribution


def _change(contribution: Contribution, entry: Entry) -> None:
    """What its author did with it later."""
    if "edited" in entry:
        review_services.edit_contribution(contribution=contribution, text=entry["edited"])
    if entry.get("withdrawn"):
        review_services.withdraw_contribution(contribution=contribution)


def _draft_decisions(plan: SamplePlan, pairs: list[tuple[Contribution, Entry]]) -> None:
    for contribution, entry in pairs:
        decision = entry["decision"]
        review_services.draft_decision(
            contribution=contribution,
            author=plan.coordinator,
            outcome=Outcome(decision["outcome"]),
            reason=decision["reason"],
            revision=_carried_out_by(plan, decision),
        )


def _carried_out_by(plan: SamplePlan, decision: Entry) -> Revision | None:
    key = decision.get("carried_out_by")
    return plan.edits[key] if key else None
