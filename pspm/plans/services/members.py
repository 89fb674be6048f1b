"""Who works on a plan: invited by e-mail, they join by accepting.

Everybody is invited in the same way, so that nobody learns whether an address has an account.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pspm.accounts.models import User
from pspm.accounts.queries import normalise_email
from pspm.core.clock import now
from pspm.core.errors import InvalidInput, StateConflict
from pspm.core.i18n import gettext as _
from pspm.core.mail import send_template
from pspm.extensions import db
from pspm.plans import queries
from pspm.plans.models import Plan, PlanMember, PlanRole
from pspm.plans.services.revisions import lock_plan


def invite_member(*, plan: Plan, email: str, role: PlanRole, author: User) -> PlanMember:
    """Give the person with this address a role, which waits until they accept it."""
    lock_plan(plan)
    email = normalise_email(email)
    if queries.find_member_by_email(plan, email) is not None:
        message = _("This address is in the list below already.")
        raise InvalidInput(message, fields={"email": message})
    member = PlanMember(plan=plan, email=email, role=role, invited_by=author)
    db.session.add(member)
    db.session.flush()
    send_invitation(member=member)
    return member


def send_invitation(*, member: PlanMember) -> None:
    """Send the link again or for the first time. In the plan's language: the person's is not known."""
    if member.user_id is not None:
        raise StateConflict(_("This person works on the plan already."))
    send_template(
        recipient=member.email,
        locale=member.plan.language,
        subject=_l("You are invited to work on a plan"),
        template="plans_invitation",
        member=member,
    )


def accept_invitation(*, member: PlanMember, user: User) -> None:
    """The person takes the role up."""
    lock_plan(member.plan)
    if member.user_id is not None:
        raise StateConflict(_("This invitation has been accepted already."))
    if queries.find_member(member.plan, user) is not None:
        raise StateConflict(_("You work on this plan already."))
    member.user, member.accepted_at = user, now()
    db.session.flush()


def change_role(*, member: PlanMember, role: PlanRole) -> None:
    """Give a member another role; the plan keeps a coordinator."""
    lock_plan(member.plan)
    if role is not PlanRole.COORDINATOR:
        _keep_a_coordinator(member)
    member.role = role
    db.session.flush()


def remove_member(*, member: PlanMember) -> None:
    """End a membership or take back an invitation. What the person wrote stays."""
    lock_plan(member.plan)
    _keep_a_coordinator(member)
    member.plan.members.remove(member)
    db.session.delete(member)
    db.session.flush()


def _keep_a_coordinator(member: PlanMember) -> None:
    if member.user_id is None or member.role is not PlanRole.COORDINATOR:
        return
    if queries.count_coordinators(member.plan) == 1:
        raise StateConflict(_("A plan needs a coordinator. Make somebody else coordinator first."))
