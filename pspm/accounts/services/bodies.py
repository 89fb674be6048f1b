"""Registering and editing bodies."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pspm.accounts import queries
from pspm.accounts.models import Body, BodyKind, BodyRole, BodyStatus, Membership, MembershipStatus, User
from pspm.core.errors import InvalidInput, StateConflict
from pspm.core.mail import send_template
from pspm.extensions import db


def request_body(
    *,
    user: User,
    name: str,
    kind: BodyKind,
    acronym: str = "",
    ipa_code: str | None = None,
    country: str = "IT",
    website: str = "",
) -> Body:
    """Ask for a body to be registered; an administrator decides, the person becomes its manager."""
    _check_ipa_code(ipa_code)
    body = Body(
        name=name,
        acronym=acronym,
        kind=kind,
        ipa_code=ipa_code,
        country=country,
        website=website,
        status=BodyStatus.REQUESTED,
        requested_by=user,
    )
    db.session.add(body)
    db.session.flush()
    for admin in queries.list_admins():
        send_template(
            recipient=admin.email,
            locale=admin.locale,
            subject=_l("A body asks to be registered"),
            template="accounts_body_requested",
            body=body,
            user=user,
        )
    return body


def approve_body(*, body: Body) -> None:
    """Make the body public and whoever asked for it its manager."""
    _require_open(body)
    body.status = BodyStatus.APPROVED
    if body.requested_by is not None:
        role, active = BodyRole.MANAGER, MembershipStatus.ACTIVE
        db.session.add(Membership(user=body.requested_by, body=body, role=role, status=active))
    db.session.flush()
    _tell_requester(body, _l("Your body is registered"), "accounts_body_approved")


def decline_body(*, body: Body, reason: str) -> None:
    """Keep the request with its reason. Its IPA code is set free: the body can still be registered."""
    _require_open(body)
    body.status, body.decline_reason, body.ipa_code = BodyStatus.DECLINED, reason, None
    db.session.flush()
    _tell_requester(body, _l("Your request to register a body was declined"), "accounts_body_declined")


def edit_body(
    *,
    body: Body,
    name: str,
    kind: BodyKind,
    acronym: str,
    country: str,
    website: str,
    ipa_code: str | None,
) -> None:
    if (ipa_code or "").lower() != (body.ipa_code or "").lower():
        _check_ipa_code(ipa_code)
    body.name, body.kind, body.acronym = name, kind, acronym
    body.country, body.website, body.ipa_code = country, website, ipa_code
    db.session.flush()


def _check_ipa_code(ipa_code: str | None) -> None:
    other = queries.find_body_by_ipa_code(ipa_code) if ipa_code else None
    if other is None:
        return
    if other.status is BodyStatus.APPROVED:
        message = _(
            "%(body)s has this code and is registered: look for it in the list and join it.", body=other.name
        )
    else:
        message = _("Somebody has already asked to register the body with this code.")
    raise InvalidInput(message, fields={"ipa_code": message})


def _require_open(body: Body) -> None:
    if body.status is not BodyStatus.REQUESTED:
        raise StateConflict(_("This request was already decided."))


def _tell_requester(body: Body, subject: object, template: str) -> None:
    user = body.requested_by
    if user is not None:
        send_template(recipient=user.email, locale=user.locale, subject=subject, template=template, body=body)
