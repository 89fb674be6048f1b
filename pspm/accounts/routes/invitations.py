"""Invitations to a body: sent and withdrawn by its managers, accepted by the person invited."""

from __future__ import annotations

from flask import flash, render_template
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.accounts import policies, queries
from pspm.accounts.forms import InvitationForm
from pspm.accounts.limits import limit_person
from pspm.accounts.routes.blueprint import bp
from pspm.accounts.routes.members import members_page
from pspm.accounts.services import invitations
from pspm.accounts.sessions import signed_in_user
from pspm.core.errors import AccessDenied, InvalidInput, NotFound
from pspm.core.i18n import current_language
from pspm.core.web import require, see_other, sign_in_required, writes


@bp.post("/bodies/<body_id>/invitations")
@sign_in_required
@limit_person
@writes
def invitation_send(body_id: str) -> Response | tuple[str, int]:
    body = queries.get_body(body_id)
    require(policies.can_manage_members(current_user, body), hide=True)
    form = InvitationForm()
    if form.validate():
        try:
            invitations.invite(
                body=body,
                email=form.data["email"],
                role=form.chosen,
                author=signed_in_user(),
                locale=current_language(),
            )
            flash(_("The invitation is sent to %(address)s.", address=form.data["email"]), "success")
            return see_other("accounts.member_list", body_id=body.public_id)
        except InvalidInput as error:
            form.add_error(error)
    return members_page(body, form), 422


@bp.post("/bodies/<body_id>/invitations/<invitation_id>/withdraw")
@sign_in_required
@writes
def invitation_withdraw(body_id: str, invitation_id: str) -> Response:
    body = queries.get_body(body_id)
    require(policies.can_manage_members(current_user, body), hide=True)
    invitation = queries.get_invitation(invitation_id)
    if invitation.body_id != body.id:
        raise NotFound()
    invitations.withdraw_invitation(invitation=invitation)
    flash(_("The invitation is withdrawn."), "success")
    return see_other("accounts.member_list", body_id=body.public_id)


@bp.get("/account/invitations/<invitation_id>")
def invitation_show(invitation_id: str) -> str:
    """Public for those who have the link: they may have no account yet."""
    invitation = queries.get_invitation(invitation_id)
    invitations.require_open(invitation)
    return render_template(
        "accounts/invitation.html",
        invitation=invitation,
        can_accept=policies.can_accept_invitation(current_user, invitation),
    )


@bp.post("/account/invitations/<invitation_id>/accept")
@sign_in_required
@writes
def invitation_accept(invitation_id: str) -> Response:
    invitation = queries.get_invitation(invitation_id)
    if not policies.can_accept_invitation(current_user, invitation):
        raise AccessDenied(_("This invitation was sent to another address than the one of your account."))
    invitations.accept_invitation(invitation=invitation, user=signed_in_user())
    flash(_("Welcome to %(body)s.", body=invitation.body.name), "success")
    return see_other("accounts.body_show", body_id=invitation.body.public_id)
