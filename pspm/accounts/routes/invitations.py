"""Invitations to a body: sent and withdrawn by its managers, accepted by the person invited."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.accounts import policies, queries
from pspm.accounts.forms import InvitationForm
from pspm.accounts.limits import limit_person
from pspm.accounts.routes.access import get_managed_body
from pspm.accounts.routes.blueprint import bp
from pspm.accounts.routes.members import members_page
from pspm.accounts.services import invitations
from pspm.accounts.sessions import signed_in_user
from pspm.core.errors import AccessDenied, InvalidInput, NotFound
from pspm.core.i18n import current_language
from pspm.core.web import done, sign_in_required, writes


@bp.post("/bodies/<body>/invitations")
@sign_in_required
@limit_person
@writes
def invitation_send(body: str) -> Response | tuple[str, int]:
    found = get_managed_body(body)
    form = InvitationForm()
    if form.validate():
        try:
            invitations.invite(
                body=found,
                email=form.data["email"],
                role=form.chosen,
                author=signed_in_user(),
                locale=current_language(),
            )
            return done(
                _("The invitation is sent to %(address)s.", address=form.data["email"]),
                "accounts.member_list",
                body=body,
            )
        except InvalidInput as error:
            form.add_error(error)
    return members_page(found, form), 422


@bp.post("/bodies/<body>/invitations/<invitation>/withdraw")
@sign_in_required
@writes
def invitation_withdraw(body: str, invitation: str) -> Response:
    managed = get_managed_body(body)
    found = queries.get_invitation(invitation)
    if found.body_id != managed.id:
        raise NotFound()
    invitations.withdraw_invitation(invitation=found)
    return done(_("The invitation is withdrawn."), "accounts.member_list", body=body)


@bp.get("/account/invitations/<invitation>")
def invitation_show(invitation: str) -> str:
    """Public for those who have the link: they may have no account yet."""
    found = queries.get_invitation(invitation)
    invitations.require_open(found)
    return render_template(
        "accounts/invitation.html",
        invitation=found,
        can_accept=policies.can_accept_invitation(current_user, found),
    )


@bp.post("/account/invitations/<invitation>/accept")
@sign_in_required
@writes
def invitation_accept(invitation: str) -> Response:
    found = queries.get_invitation(invitation)
    if not policies.can_accept_invitation(current_user, found):
        raise AccessDenied(_("This invitation was sent to another address than the one of your account."))
    invitations.accept_invitation(invitation=found, user=signed_in_user())
    return done(
        _("Welcome to %(body)s.", body=found.body.name), "accounts.body_show", body=found.body.public_id
    )
