"""Forgotten passwords."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _

from pspm.accounts import links
from pspm.accounts.forms import ForgotForm, ResetForm
from pspm.accounts.limits import limit_mails
from pspm.accounts.routes.blueprint import bp
from pspm.accounts.services import people
from pspm.accounts.sessions import begin_session
from pspm.core.errors import InvalidInput
from pspm.core.i18n import current_language
from pspm.core.web import Answer, done, see_other, writes


@bp.get("/account/forgot-password")
def password_forgot() -> str:
    return render_template("accounts/forgot.html", form=ForgotForm(formdata=None))


@bp.post("/account/forgot-password")
@limit_mails
@writes
def password_request() -> Answer:
    form = ForgotForm()
    if form.validate():
        people.request_reset(email=form.data["email"], locale=current_language())
        return see_other("accounts.account_wait")
    return render_template("accounts/forgot.html", form=form), 422


@bp.get("/account/reset-password/<token>")
def password_reset(token: str) -> str:
    user = links.read_reset(token)
    return render_template("accounts/reset.html", form=ResetForm(formdata=None), email=user.email)


@bp.post("/account/reset-password/<token>")
@writes
def password_replace(token: str) -> Answer:
    user = links.read_reset(token)
    form = ResetForm()
    if form.validate():
        try:
            people.reset_password(user=user, password=form.data["password"])
        except InvalidInput as error:
            form.add_error(error)
        else:
            if user.is_active:
                begin_session(user)
            return done(
                _("Your password is changed. You were signed out everywhere else."), "accounts.account_show"
            )
    return render_template("accounts/reset.html", form=form, email=user.email), 422
