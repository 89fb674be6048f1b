"""Inviting people to a body by e-mail, whether they have an account or not."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pspm.accounts import queries
from pspm.accounts.models import (
    Body,
    BodyRole,
    BodyStatus,
    Invitation,
    Membership,
    MembershipStatus,
    User,
)
from pspm.core.clock import now
from pspm.core.errors import InvalidInput, StateConflict
from pspm.core.mail import send_template
from pspm.extensions import db


def invite(*, body: Body, email: str, role: BodyRole, author: User, locale: str) -> Invitation:
    """Send an invitation; one that waits for the same address is sent again with the new role."""
    if body.status is not BodyStatus.APPROVED:
        raise StateConflict(_("This body is not registered yet."))
    email = queries.normalise_email(email)
    person = queries.find_user_by_email(email)
    if person is not None and person.role_in(body.id) is not None:
        message = _("This person already belongs to the body.")
        raise InvalidInput(message, fields={"email": message})
    invitation = queries.find_waiting_invitation(body, email) or Invitation(email=email, body=body)
    invitation.role, invitation.invited_by, invitation.created_at = role, author, now()
    db.session.add(invitation)
    db.session.flush()
    send_template(
        recipient=email,
        locale=person.locale if person else locale,
        subject=_l("You are invited to %(body)s", body=body.name),
        template="accounts_invitation",
        invitation=invitation,
    )
    return invitation


def withdraw_invitation(*, invitation: Invitation) -> None:
    require_open(invitation)
    invitation.withdrawn_at = now()
    db.session.flush()


def accept_invitation(*, invitation: Invitation, user: User) -> Membership:
    """Become a member at once, also where the person had asked to join and waits."""
    require_open(invitation)
    if now() > invitation.expires_at:
        raise StateConflict(_("This invitation is too old. Ask for a new one."))
    membership = queries.find_membership(invitation.body, user)
    if membership is None:
        membership = Membership(user=user, body=invitation.body)
        db.session.add(membership)
    if membership.status is not MembershipStatus.ACTIVE:
        membership.role, membership.status = invitation.role, MembershipStatus.ACTIVE
    invitation.accepted_at = now()
    db.session.flush()
    return membership


def require_open(invitation: Invitation) -> None:
    if invitation.accepted_at is not None:
        raise StateConflict(_("This invitation was already accepted."))
    if invitation.withdrawn_at is not None:
        raise StateConflict(_("This invitation was withdrawn."))
