"""Loads the plans: one in consultation, one approved, one just begun."""

from __future__ import annotations

from pspm.plans import services as plan_services
from pspm.plans.models import PlanRole
from pspm.seeds.edits import load_edits
from pspm.seeds.items import add_goal, write_sections
from pspm.seeds.reading import Entry, read, read_all
from pspm.seeds.rounds import load_closed_round, load_open_round
from pspm.seeds.sample import Sample, SamplePlan, on_day


def load_plans(sample: Sample) -> None:
    _load_quality_plan(sample)
    _load_ict_plan(sample)
    _begin_plan(sample, read("piao_plan.yml"))


def _load_ict_plan(sample: Sample) -> None:
    entry = read("ict_plan/plan.yml") | {"goals": read_all("ict_plan/goal_*.yml")}
    plan = _begin_plan(sample, entry)
    load_edits(sample, plan, entry["edits"], entry["edited"])
    first = read("ict_plan/first_contributions.yml")
    load_closed_round(sample, plan, read("ict_plan/first_round.yml"), first)
    others = [one for file in read_all("ict_plan/contributions_*.yml") for one in file]
    load_open_round(sample, plan, read("ict_plan/round.yml"), others)


def _load_quality_plan(sample: Sample) -> None:
    plan = _begin_plan(sample, read("quality_plan/plan.yml"))
    round_entry = read("quality_plan/round.yml")
    load_closed_round(sample, plan, round_entry, read("quality_plan/contributions.yml"))
    with on_day(round_entry["approved"]):
        plan_services.approve_plan(plan=plan.plan, author=plan.coordinator, note=round_entry["note"])


def _begin_plan(sample: Sample, entry: Entry) -> SamplePlan:
    """A draft from the template, with its team and with all that the data file holds."""
    coordinator = sample.people[entry["coordinator"]]
    with on_day(entry["begun"]):
        plan = plan_services.create_plan(
            body=sample.bodies[entry["body"]],
            author=coordinator,
            title=entry["title"],
            summary=entry["summary"],
            language=entry["language"],
            start_year=entry["start_year"],
            end_year=entry["end_year"],
            template_key=entry["template"],
        )
        loaded = SamplePlan(plan, coordinator)
        sample.plans.append(loaded)
        _gather_team(sample, loaded, entry["team"])
        if "sections" in entry:
            write_sections(loaded, coordinator, entry["sections"])
    for place, goal in enumerate(entry["goals"], start=1):
        with on_day(entry["begun"] + place):
            add_goal(loaded, sample.people[goal.get("by", entry["coordinator"])], goal)
    return loaded


def _gather_team(sample: Sample, plan: SamplePlan, team: dict[str, str]) -> None:
    """Invite each person in the role that the file gives, and accept in their name."""
    for key, role in team.items():
        person = sample.people[key]
        member = plan_services.invite_member(
            plan=plan.plan, email=person.email, role=PlanRole(role), author=plan.coordinator
        )
        plan_services.accept_invitation(member=member, user=person)
