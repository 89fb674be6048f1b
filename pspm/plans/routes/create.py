"""Beginning a plan: for which body, from which template."""

from __future__ import annotations

from flask import flash, render_template
from flask_babel import gettext as _
from flask_login import current_user

from pspm.accounts import queries as account_queries
from pspm.accounts.models import Body
from pspm.core.clock import now
from pspm.core.errors import DomainError
from pspm.core.i18n import LANGUAGES, current_language
from pspm.core.web import Answer, require, see_other, sign_in_required, writes
from pspm.plans import policies, services
from pspm.plans.forms.create import PlanForm
from pspm.plans.routes.blueprint import bp
from pspm.plans.templates import get_template, list_templates


@bp.get("/plans/new")
@sign_in_required
def plan_new() -> str:
    year = now().year + 1
    language = current_language()
    years = get_template(PlanForm.template_key.kwargs["default"], language).years
    form = PlanForm(
        formdata=None,
        data={"language": language, "start_year": year, "end_year": year + years - 1},
    )
    return _new_page(form, _bodies())


@bp.post("/plans/new")
@sign_in_required
@writes
def plan_create() -> Answer:
    bodies = {body.public_id: body for body in _bodies()}
    form = PlanForm()
    form.offer(bodies.values())
    if not form.validate_on_submit():
        return _new_page(form, list(bodies.values())), 422
    values = {name: value for name, value in form.data.items() if name not in ("body", "csrf_token")}
    try:
        plan = services.create_plan(body=bodies[form.body.data], author=current_user, **values)
    except DomainError as error:
        form.add_error(error)
        return _new_page(form, list(bodies.values())), error.status
    flash(
        _("The plan is begun. Write its first goals and objectives, or change what the template brought."),
        "success",
    )
    return see_other("plans.plan_edit", plan=plan.public_id)


def _bodies() -> list[Body]:
    """The bodies that the person may begin plans for; without any there is no such page for them."""
    memberships = account_queries.list_own_memberships(current_user)
    bodies = [row.body for row in memberships if policies.can_create(current_user, row.body)]
    require(bool(bodies))
    return bodies


def _new_page(form: PlanForm, bodies: list[Body]) -> str:
    form.offer(bodies)
    templates = list_templates(current_language())
    return render_template("plans/plan_new.html", form=form, templates=templates, languages=LANGUAGES)
