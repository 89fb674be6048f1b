"""A person's own account: name, address, password, language."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.accounts import links, queries
from pspm.accounts.forms import EmailChangeForm, PasswordChangeForm, ProfileForm
from pspm.accounts.limits import limit_person, limit_sign_in, note_failure
from pspm.accounts.routes.blueprint import bp
from pspm.accounts.services import people
from pspm.accounts.sessions import renew_session, signed_in_user
from pspm.core.errors import InvalidInput
from pspm.core.i18n import LANGUAGES
from pspm.core.web import Answer, done, safe_next, see_other, sign_in_required, writes


def _page(
    profile: ProfileForm | None = None,
    email: EmailChangeForm | None = None,
    password: PasswordChangeForm | None = None,
) -> str:
    """The account page; a form that is given shows what was typed into it and what is wrong with it."""
    return render_template(
        "accounts/account.html",
        profile=profile or ProfileForm(prefix="profile", formdata=None, obj=current_user),
        email=email or EmailChangeForm(prefix="email", formdata=None),
        password=password or PasswordChangeForm(prefix="password", formdata=None),
        memberships=queries.list_own_memberships(signed_in_user()),
        invitations=queries.list_own_invitations(signed_in_user()),
        requests=queries.list_own_body_requests(signed_in_user()),
    )


@bp.get("/account")
@sign_in_required
def account_show() -> str:
    return _page()


@bp.post("/account/profile")
@sign_in_required
@writes
def profile_edit() -> Answer:
    form = ProfileForm(prefix="profile")
    if not form.validate():
        return _page(profile=form), 422
    people.rename(user=signed_in_user(), name=form.data["name"])
    return done(_("Your name is saved."), "accounts.account_show")


@bp.post("/account/email")
@sign_in_required
@limit_sign_in
@limit_person
@writes
def email_change() -> Answer:
    form = EmailChangeForm(prefix="email")
    if form.validate():
        try:
            people.request_email_change(
                user=signed_in_user(), email=form.data["email"], password=form.data["password"]
            )
            return see_other("accounts.account_wait")
        except InvalidInput as error:
            note_failure()
            form.add_error(error)
    return _page(email=form), 422


@bp.get("/account/email/confirm/<token>")
def email_confirm(token: str) -> str:
    _user, email = links.read_email_change(token)
    return render_template("accounts/email_confirm.html", email=email)


@bp.post("/account/email/confirm/<token>")
@writes
def email_replace(token: str) -> Answer:
    user, email = links.read_email_change(token)
    people.change_email(user=user, email=email)
    return done(_("Your account uses the new address now."), "accounts.account_show")


@bp.post("/account/password")
@sign_in_required
@limit_sign_in
@writes
def password_change() -> Answer:
    form = PasswordChangeForm(prefix="password")
    if form.validate():
        try:
            people.change_password(
                user=signed_in_user(), current=form.data["current_password"], password=form.data["password"]
            )
        except InvalidInput as error:
            if "current_password" in error.fields:
                note_failure()
            form.add_error(error)
        else:
            renew_session(signed_in_user())
            return done(
                _("Your password is changed. You were signed out everywhere else."), "accounts.account_show"
            )
    return _page(password=form), 422


@bp.post("/language")
@writes
def language_set() -> Response:
    """For this session, and for the person's mails and other devices if they are signed in."""
    language = request.form.get("language", "")
    if language in LANGUAGES:
        session["language"] = language
        if current_user.is_authenticated:
            people.set_locale(user=signed_in_user(), locale=language)
    return redirect(safe_next(request.form.get("next"), url_for("home.home_show")), code=303)
