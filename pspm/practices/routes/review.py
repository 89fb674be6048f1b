"""The way of an entry to publication: its authors submit it, curators publish or return it."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.core.errors import InvalidInput
from pspm.core.web import Answer, done, page_number, require, sign_in_required, writes
from pspm.practices import policies, queries, services
from pspm.practices.forms import PracticeForm, RemarkForm
from pspm.practices.routes.access import get_editable_practice, get_reviewed_practice
from pspm.practices.routes.blueprint import bp
from pspm.practices.routes.reading import entry_page
from pspm.practices.routes.writing import edit_page


@bp.get("/queue")
@sign_in_required
def practice_queue() -> str:
    require(policies.can_review(current_user))
    return render_template("practices/practice_queue.html", page=queries.list_queue(page=page_number()))


@bp.post("/<practice>/submit")
@sign_in_required
@writes
def practice_submit(practice: str) -> Answer:
    found = get_editable_practice(practice)
    try:
        services.submit_practice(practice=found)
    except InvalidInput as error:
        form = PracticeForm.of(found)
        form.add_error(error)
        return edit_page(found, form), 422
    return done(
        _("The practice is submitted. You will get an e-mail when it was checked."),
        "practices.practice_show",
        practice=found.public_id,
    )


@bp.post("/<practice>/recall")
@sign_in_required
@writes
def practice_recall(practice: str) -> Response:
    found = get_editable_practice(practice)
    services.recall_practice(practice=found)
    return done(
        _("The practice is a draft again. Submit it when it is ready."),
        "practices.practice_show",
        practice=found.public_id,
    )


@bp.post("/<practice>/publish")
@sign_in_required
@writes
def practice_publish(practice: str) -> Response:
    found = get_reviewed_practice(practice)
    services.publish_practice(practice=found)
    return done(
        _("The practice is published. Its author is told by e-mail."),
        "practices.practice_show",
        practice=found.public_id,
    )


@bp.post("/<practice>/return")
@sign_in_required
@writes
def practice_return(practice: str) -> Answer:
    found = get_reviewed_practice(practice)
    form = RemarkForm()
    if form.validate():
        try:
            services.return_practice(practice=found, curator=current_user, remark=form.remark.data or "")
        except InvalidInput as error:
            form.add_error(error)
        else:
            return done(
                _("The practice is returned. Its author gets your remarks by e-mail."),
                "practices.practice_queue",
            )
    return entry_page(found, form), 422
