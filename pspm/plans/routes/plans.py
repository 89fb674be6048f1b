"""Lists of plans, a plan's own page, its settings and its way from draft to approval."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from pspm.core.errors import InvalidInput, NotFound
from pspm.core.web import Answer, done, page_number, sign_in_required, writes
from pspm.plans import policies, queries
from pspm.plans.forms.filters import ApprovedPlanFilter, OwnPlanFilter
from pspm.plans.forms.plans import ApprovalForm, SettingsForm, form_values
from pspm.plans.models import ItemKind, Plan
from pspm.plans.routes.access import get_coordinated_plan
from pspm.plans.routes.blueprint import bp
from pspm.plans.services import lifecycle, settings
from pspm.plans.terms import counted_term
from pspm.plans.tree import build_tree
from pspm.plans.warnings import list_warnings


@bp.get("/plans/")
def plan_list() -> str:
    """The approved plans of all bodies; public."""
    form = ApprovedPlanFilter()
    form.offer(queries.list_publishing_bodies())
    versions = queries.list_approved_plans(
        search=form.chosen("q") or "",
        body=form.chosen("body") or "",
        year=form.chosen("year"),
        page=page_number(),
    )
    return render_template("plans/plan_list.html", form=form, page=versions)


@bp.get("/plans/mine")
@sign_in_required
def own_plan_list() -> str:
    """The plans that the person works on or may follow, and the invitations that wait for them."""
    form = OwnPlanFilter()
    plans = queries.list_own_plans(
        current_user, search=form.chosen("q") or "", status=form.wanted, page=page_number()
    )
    return render_template(
        "plans/own_plan_list.html",
        form=form,
        page=plans,
        roles=queries.roles_by_plan(current_user, plans.items),
        versions=queries.latest_numbers(plans.items),
        invitations=queries.list_own_plan_invitations(current_user),
        may_create=policies.can_create_any(current_user),
    )


@bp.get("/plans/<plan>/")
def plan_show(plan: str) -> Answer:
    """The plan at work for those who may see it; everybody else is led to the approved version."""
    found = queries.get_plan(plan)
    latest = queries.find_latest_version(found)
    if policies.can_view(current_user, found):
        return _overview(found)
    if latest is None:
        raise NotFound()
    return redirect(url_for("plans.version_show", plan=plan, number=latest.number))


def _overview(plan: Plan) -> str:
    return render_template(
        "plans/plan_show.html",
        plan=plan,
        figures=_figures(plan),
        warnings=_count_warnings(plan),
        versions=queries.list_versions(plan),
        members=queries.list_members(plan),
        role=policies.plan_role(current_user, plan),
        can_edit=policies.can_edit(current_user, plan),
        can_coordinate=policies.can_coordinate(current_user, plan),
    )


def _figures(plan: Plan) -> list[tuple[str, int]]:
    """How many items of each kind the plan has, under the plan's own terms."""
    counts = queries.count_items(plan)
    numbers = {kind: counts.get(kind, 0) for kind in ItemKind}
    return [(counted_term(kind, plan.labels, number), number) for kind, number in numbers.items()]


def _count_warnings(plan: Plan) -> int:
    return len(list_warnings(build_tree(queries.list_items(plan)), plan.start_year, plan.end_year))


@bp.get("/plans/<plan>/settings")
@sign_in_required
def plan_settings(plan: str) -> str:
    found = get_coordinated_plan(plan)
    last = queries.find_last_settings_change(found)
    values = form_values(settings.settings_of(found)) | {"expected": last.public_id if last else ""}
    return _settings_page(found, SettingsForm(formdata=None, data=values))


@bp.post("/plans/<plan>/settings")
@sign_in_required
@writes
def plan_settings_save(plan: str) -> Answer:
    found = get_coordinated_plan(plan)
    form = SettingsForm()
    if form.validate():
        try:
            settings.save_settings(
                plan=found, author=current_user, expected=form.expected.data or "", values=form.settings
            )
            return done(_("The settings are saved."), "plans.plan_show", plan=plan)
        except InvalidInput as error:
            form.add_error(error)
            _move_on(found, form)
    return _settings_page(found, form), 422


def _move_on(plan: Plan, form: SettingsForm) -> None:
    """The person has now seen what others set: saving again is on that basis."""
    last = queries.find_last_settings_change(plan)
    form.expected.data = last.public_id if last else ""


def _settings_page(plan: Plan, form: SettingsForm) -> str:
    latest = queries.find_latest_version(plan)
    return render_template("plans/plan_settings.html", plan=plan, form=form, latest=latest)


@bp.post("/plans/<plan>/delete")
@sign_in_required
@writes
def plan_delete(plan: str) -> Answer:
    found = get_coordinated_plan(plan)
    lifecycle.delete_plan(plan=found, author=current_user)
    return done(_("The plan “%(title)s” is deleted.", title=found.title), "plans.own_plan_list")


@bp.get("/plans/<plan>/approve")
@sign_in_required
def plan_approve(plan: str) -> str:
    return _approval_page(get_coordinated_plan(plan), ApprovalForm(formdata=None))


@bp.post("/plans/<plan>/approve")
@sign_in_required
@writes
def version_create(plan: str) -> Answer:
    found = get_coordinated_plan(plan)
    form = ApprovalForm()
    if not form.validate():
        return _approval_page(found, form), 422
    version = lifecycle.approve_plan(plan=found, author=current_user, note=form.note.data or "")
    return done(
        _("The plan is approved. This is version %(number)s.", number=version.number),
        "plans.version_show",
        plan=plan,
        number=version.number,
    )


def _approval_page(plan: Plan, form: ApprovalForm) -> str:
    return render_template(
        "plans/plan_approve.html",
        plan=plan,
        form=form,
        figures=_figures(plan),
        warnings=_count_warnings(plan),
        latest=queries.find_latest_version(plan),
    )


@bp.post("/plans/<plan>/revise")
@sign_in_required
@writes
def plan_revise(plan: str) -> Answer:
    found = get_coordinated_plan(plan)
    lifecycle.revise_plan(plan=found, author=current_user)
    return done(
        _("The plan is a draft again. The approved version stays public as it is."),
        "plans.plan_show",
        plan=plan,
    )
