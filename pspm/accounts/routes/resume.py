"""Signing in in place, for somebody whose sign-in expired while they were typing (see `core.carry`)."""

from __future__ import annotations

from flask_login import current_user

from pspm.accounts.forms import ResumeForm
from pspm.accounts.limits import limit_sign_in, note_failure
from pspm.accounts.routes.blueprint import bp
from pspm.accounts.routes.entry import sign_in_fault
from pspm.accounts.services import people
from pspm.accounts.sessions import begin_session
from pspm.core.carry import resubmit_page
from pspm.core.web import writes


@bp.post("/account/resume")
@limit_sign_in
@writes
def account_resume() -> tuple[str, int]:
    form = ResumeForm(prefix="resume")
    if current_user.is_authenticated:
        return resubmit_page(), 200
    if form.validate():
        user = people.authenticate(email=form.data["email"], password=form.data["password"])
        if user is not None:
            begin_session(user)
            return resubmit_page(), 200
        note_failure()
        form.form_errors.append(sign_in_fault())
    return resubmit_page(form=form), 422
