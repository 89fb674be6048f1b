"""Signing up, confirming the address, signing in and out."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from pspm.accounts import links
from pspm.accounts.forms import ConfirmForm, SignInForm, SignUpForm
from pspm.accounts.limits import limit_mails, limit_sign_in, note_failure
from pspm.accounts.routes.blueprint import bp
from pspm.accounts.routes.outbox import outbox_is_open
from pspm.accounts.services import people
from pspm.accounts.sessions import begin_session, end_session
from pspm.core.errors import InvalidInput
from pspm.core.i18n import current_language
from pspm.core.i18n import gettext as _
from pspm.core.web import Answer, safe_next, see_other, writes


@bp.get("/account/sign-up")
def account_sign_up() -> Answer:
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("next"), url_for("accounts.account_show")))
    form = SignUpForm(formdata=None, data=request.args)
    return render_template("accounts/sign_up.html", form=form)


@bp.post("/account/sign-up")
@limit_mails
@writes
def account_create() -> Answer:
    form = SignUpForm()
    if form.validate():
        try:
            people.sign_up(
                email=form.data["email"],
                name=form.data["name"],
                password=form.data["password"],
                locale=current_language(),
                next_path=safe_next(form.data["next"], ""),
            )
            return see_other("accounts.account_wait")
        except InvalidInput as error:
            form.add_error(error)
    return render_template("accounts/sign_up.html", form=form), 422


@bp.get("/account/check-your-mail")
def account_wait() -> str:
    return render_template("accounts/check_mail.html", shows_outbox=outbox_is_open())


@bp.get("/account/confirm/<token>")
def account_confirm(token: str) -> str:
    """Mail programs open links by themselves, so that the address is confirmed by a form only."""
    user, _next = links.read_confirmation(token)
    return render_template("accounts/confirm.html", form=ConfirmForm(formdata=None), email=user.email)


@bp.post("/account/confirm/<token>")
@limit_sign_in
@writes
def account_activate(token: str) -> Answer:
    user, next_path = links.read_confirmation(token)
    form = ConfirmForm()
    if form.validate():
        try:
            people.confirm_account(user=user, password=form.data["password"])
            begin_session(user)
            flash(_("Welcome! Your address is confirmed and you are signed in."), "success")
            return redirect(safe_next(next_path, url_for("accounts.account_show")), code=303)
        except InvalidInput as error:
            note_failure()
            form.add_error(error)
    return render_template("accounts/confirm.html", form=form, email=user.email), 422


@bp.get("/account/sign-in")
def account_sign_in() -> Answer:
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("next"), url_for("home.home_show")))
    form = SignInForm(formdata=None, data=request.args)
    return render_template("accounts/sign_in.html", form=form)


@bp.post("/account/sign-in")
@limit_sign_in
@writes
def account_enter() -> Answer:
    form = SignInForm()
    if form.validate():
        user = people.authenticate(email=form.data["email"], password=form.data["password"])
        if user is not None:
            begin_session(user, remember=form.data["remember"])
            return redirect(safe_next(form.data["next"], url_for("home.home_show")), code=303)
        note_failure()
        form.form_errors.append(sign_in_fault())
    return render_template("accounts/sign_in.html", form=form), 422


@bp.post("/account/sign-out")
def account_sign_out() -> Answer:
    end_session()
    flash(_("You are signed out."), "info")
    return see_other("home.home_show")


def sign_in_fault() -> str:
    """The same for a wrong password, an unknown address and one that is not confirmed."""
    return _("Address and password do not go together, or the address is not confirmed yet.")
