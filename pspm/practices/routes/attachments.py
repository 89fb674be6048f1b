"""Files of an entry: the owners' page, and the download."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import render_template, send_file
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.core.errors import InvalidInput, NotFound
from pspm.core.web import Answer, done, sign_in_required, writes
from pspm.practices import files, queries, services
from pspm.practices.forms import AttachmentForm
from pspm.practices.models import Practice
from pspm.practices.routes.access import get_editable_practice, get_readable_practice
from pspm.practices.routes.blueprint import bp


@bp.get("/<practice>/files")
@sign_in_required
def attachment_list(practice: str) -> str:
    return _files_page(get_editable_practice(practice), AttachmentForm(formdata=None))


@bp.post("/<practice>/files")
@sign_in_required
@writes
def attachment_add(practice: str) -> Answer:
    found = get_editable_practice(practice)
    form = AttachmentForm()
    if form.validate():
        upload = form.file.data
        try:
            services.add_attachment(
                practice=found, author=current_user, filename=upload.filename, data=upload.read()
            )
        except InvalidInput as error:
            form.add_error(error)
        else:
            return done(_("The file is added."), "practices.attachment_list", practice=found.public_id)
    return _files_page(found, form), 422


@bp.get("/<practice>/files/<attachment>")
def attachment_download(practice: str, attachment: str) -> FlaskResponse:
    found = queries.get_attachment(get_readable_practice(practice), attachment)
    path = files.path_of(found.sha256)
    if not path.is_file():  # a database that was restored without its files
        raise NotFound()
    response = send_file(
        path,
        mimetype=found.media_type,
        as_attachment=True,
        download_name=found.filename,
        etag=found.sha256,
        max_age=0,
    )
    # Even opened by a browser that disregards the disposition, the file runs nothing.
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@bp.post("/<practice>/files/<attachment>/delete")
@sign_in_required
@writes
def attachment_delete(practice: str, attachment: str) -> Response:
    found = get_editable_practice(practice)
    services.delete_attachment(practice=found, attachment=queries.get_attachment(found, attachment))
    return done(_("The file is deleted."), "practices.attachment_list", practice=found.public_id)


def _files_page(practice: Practice, form: AttachmentForm) -> str:
    return render_template(
        "practices/attachment_list.html",
        practice=practice,
        form=form,
        max_files=services.MAX_FILES,
        endings=[ending.removeprefix(".") for ending in files.KINDS],
    )
