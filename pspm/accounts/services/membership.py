"""Joining a body, roles in it, leaving it."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pspm.accounts import queries
from pspm.accounts.models import Body, BodyRole, BodyStatus, Membership, MembershipStatus, User
from pspm.accounts.policies import is_admin
from pspm.core.errors import StateConflict
from pspm.core.mail import send_template
from pspm.extensions import db


def request_membership(*, user: User, body: Body) -> Membership:
    """Ask to join; the body's managers decide, or the administrators where it has none."""
    if body.status is not BodyStatus.APPROVED:
        raise StateConflict(_("This body is not registered yet."))
    if queries.find_membership(body, user) is not None:
        raise StateConflict(_("You already belong to this body, or have asked to."))
    membership = Membership(user=user, body=body, role=BodyRole.MEMBER, status=MembershipStatus.REQUESTED)
    db.session.add(membership)
    db.session.flush()
    for decider in _deciders(body):
        send_template(
            recipient=decider.email,
            locale=decider.locale,
            subject=_l("Somebody asks to join %(body)s", body=body.name),
            template="accounts_join_requested",
            body=body,
            user=user,
        )
    return membership


def approve_member(*, membership: Membership, role: BodyRole) -> None:
    _require_request(membership)
    membership.status, membership.role = MembershipStatus.ACTIVE, role
    db.session.flush()
    _tell_member(membership, _l("You belong to %(body)s now", body=membership.body.name), "accounts_joined")


def decline_member(*, membership: Membership) -> None:
    _require_request(membership)
    subject = _l("Your request to join %(body)s was declined", body=membership.body.name)
    _tell_member(membership, subject, "accounts_join_declined")
    _delete(membership)


def change_role(*, membership: Membership, role: BodyRole, author: User) -> None:
    if membership.status is not MembershipStatus.ACTIVE:
        raise StateConflict(_("This person is not a member yet."))
    if membership.role is BodyRole.MANAGER and role is not BodyRole.MANAGER:
        _keep_a_manager(membership, author)
    membership.role = role
    db.session.flush()


def remove_member(*, membership: Membership, author: User) -> None:
    """End a membership: the member's own wish, a manager's or an administrator's."""
    if membership.role is BodyRole.MANAGER:
        _keep_a_manager(membership, author)
    if membership.user_id != author.id:
        subject = _l("You no longer belong to %(body)s", body=membership.body.name)
        _tell_member(membership, subject, "accounts_removed")
    _delete(membership)


def _deciders(body: Body) -> Iterable[User]:
    return queries.list_managers(body) or queries.list_admins()


def _require_request(membership: Membership) -> None:
    if membership.status is not MembershipStatus.REQUESTED:
        raise StateConflict(_("This request was already decided."))


def _keep_a_manager(membership: Membership, author: User) -> None:
    """Only an administrator may leave a body without a manager."""
    queries.lock_body(membership.body)
    others = [user for user in queries.list_managers(membership.body) if user.id != membership.user_id]
    if not others and not is_admin(author):
        raise StateConflict(_("The body would be left without a manager: make somebody else manager first."))


def _tell_member(membership: Membership, subject: object, template: str) -> None:
    user, body, role = membership.user, membership.body, membership.role
    send_template(
        recipient=user.email, locale=user.locale, subject=subject, template=template, body=body, role=role
    )


def _delete(membership: Membership) -> None:
    user, body = membership.user, membership.body
    db.session.delete(membership)
    db.session.flush()
    db.session.expire(user, ["memberships"])
    db.session.expire(body, ["memberships"])
