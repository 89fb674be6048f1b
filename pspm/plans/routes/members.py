"""Who works on a plan: the list, invitations, roles."""

from __future__ import annotations

from flask import flash, render_template
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.core.errors import InvalidInput
from pspm.core.web import Answer, done, page_number, require, see_other, sign_in_required, writes
from pspm.extensions import limiter
from pspm.plans import policies, queries
from pspm.plans.forms.members import InvitationForm, RoleForm
from pspm.plans.models import Plan, PlanMember
from pspm.plans.routes.access import get_coordinated_plan, get_viewable_plan
from pspm.plans.routes.blueprint import bp
from pspm.plans.services import members

_limit_mails = limiter.limit("60 per hour", key_func=lambda: f"invitations:{current_user.get_id()}")


@bp.get("/plans/<plan>/members")
@sign_in_required
def member_list(plan: str) -> str:
    return _members_page(get_viewable_plan(plan), InvitationForm(formdata=None))


def _members_page(plan: Plan, form: InvitationForm) -> str:
    return render_template(
        "plans/member_list.html",
        plan=plan,
        page=queries.list_members(plan, page=page_number()),
        form=form,
        can_coordinate=policies.can_coordinate(current_user, plan),
    )


@bp.post("/plans/<plan>/members")
@sign_in_required
@_limit_mails
@writes
def member_invite(plan: str) -> Answer:
    found = get_coordinated_plan(plan)
    form = InvitationForm()
    if form.validate():
        try:
            members.invite_member(
                plan=found, email=form.email.data or "", role=form.chosen, author=current_user
            )
            return done(
                _("The invitation to %(email)s is on its way.", email=form.email.data),
                "plans.member_list",
                plan=plan,
            )
        except InvalidInput as error:
            form.add_error(error)
    return _members_page(found, form), 422


@bp.get("/plans/<plan>/members/<member>")
@sign_in_required
def member_edit(plan: str, member: str) -> str:
    found = get_coordinated_plan(plan)
    row = queries.get_member(found, member)
    form = RoleForm(formdata=None, data={"role": row.role.value})
    return render_template("plans/member_edit.html", plan=found, member=row, form=form)


@bp.post("/plans/<plan>/members/<member>")
@sign_in_required
@writes
def member_save(plan: str, member: str) -> Answer:
    found = get_coordinated_plan(plan)
    row = queries.get_member(found, member)
    form = RoleForm()
    if not form.validate():
        return render_template("plans/member_edit.html", plan=found, member=row, form=form), 422
    members.change_role(member=row, role=form.chosen)
    flash(_("The role is changed."), "success")
    return _after_change(found)


@bp.post("/plans/<plan>/members/<member>/remove")
@sign_in_required
@writes
def member_remove(plan: str, member: str) -> Answer:
    """By a coordinator, or by the member who leaves."""
    found = get_viewable_plan(plan)
    row = queries.get_member(found, member)
    require(policies.can_remove_member(current_user, row))
    members.remove_member(member=row)
    flash(_("The membership has ended."), "success")
    return _after_change(found)


def _after_change(plan: Plan) -> Response:
    """The list, unless the person has just given up the right to see it."""
    if policies.can_view(current_user, plan):
        return see_other("plans.member_list", plan=plan.public_id)
    return see_other("plans.own_plan_list")


@bp.post("/plans/<plan>/members/<member>/invitation")
@sign_in_required
@_limit_mails
@writes
def invitation_send(plan: str, member: str) -> Answer:
    found = get_coordinated_plan(plan)
    row = queries.get_member(found, member)
    members.send_invitation(member=row)
    return done(
        _("The invitation to %(email)s is on its way.", email=row.email), "plans.member_list", plan=plan
    )


@bp.get("/plans/invitations/<member>")
@sign_in_required
def invitation_show(member: str) -> Answer:
    """Mail programs open links by themselves, so that an invitation is accepted by a form only."""
    row = queries.get_plan_invitation(member)
    if row.user_id == current_user.id:
        return see_other("plans.plan_show", plan=row.plan.public_id)
    _require_invited(row)
    return render_template("plans/invitation_show.html", member=row)


@bp.post("/plans/invitations/<member>/accept")
@sign_in_required
@writes
def invitation_accept(member: str) -> Answer:
    row = queries.get_plan_invitation(member)
    _require_invited(row)
    members.accept_invitation(member=row, user=current_user)
    return done(_("Welcome! You now work on this plan."), "plans.plan_show", plan=row.plan.public_id)


@bp.post("/plans/invitations/<member>/decline")
@sign_in_required
@writes
def invitation_decline(member: str) -> Answer:
    row = queries.get_plan_invitation(member)
    _require_invited(row)
    members.remove_member(member=row)
    return done(_("The invitation is declined."), "plans.own_plan_list")


def _require_invited(member: PlanMember) -> None:
    require(policies.is_invited(current_user, member))
