"""A plan from a file: upload, wait until it is checked, look at what it would bring, import."""

from __future__ import annotations

from flask import flash, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.accounts import queries as account_queries
from pspm.core.errors import DomainError, NotFound
from pspm.core.i18n import gettext as _
from pspm.core.jobs import Job, JobStatus
from pspm.core.paging import Page, nearest
from pspm.core.web import (
    Answer,
    done,
    go_to,
    is_htmx,
    page_number,
    require,
    see_other,
    sign_in_required,
    writes,
)
from pspm.documents import policies, queries, store
from pspm.documents.forms import ImportForm, UploadForm
from pspm.documents.routes.blueprint import bp
from pspm.documents.services import imports
from pspm.documents.stratml.faults import Fault
from pspm.plans import policies as plan_policies
from pspm.plans.models import ItemKind

FAULTS_A_PAGE = 50


@bp.get("/plans/import")
@sign_in_required
def plan_import() -> str:
    require(policies.can_import(current_user))
    return render_template("documents/plan_import.html", form=UploadForm())


@bp.post("/plans/import")
@sign_in_required
@writes
def plan_import_upload() -> Answer:
    require(policies.can_import(current_user))
    form = UploadForm()
    if not form.validate():
        return render_template("documents/plan_import.html", form=form), 422
    upload = imports.receive_file(data=form.file.data.read(), author=current_user)
    return see_other("documents.plan_import_show", upload=upload.public_id)


@bp.get("/plans/import/<upload>")
@sign_in_required
def plan_import_show(upload: str) -> Answer:
    """How far the work on the file is; then what the file would bring; at last the way to the plan."""
    found = _get_upload(upload)
    job = imports.current_job(found)
    if job.is_active:
        template = "documents/_import_job.html" if is_htmx() else "documents/plan_import_job.html"
        return render_template(template, upload=found, job=job)
    if is_htmx():
        return go_to(url_for("documents.plan_import_show", upload=upload))
    if imports.is_imported(found):
        return done(_("The plan is imported as a draft."), "plans.plan_show", plan=found.result["plan"])
    if found.status is JobStatus.FAILED:
        return _refused_page(found)
    return _preview_page(found, _form_after(found, job))


@bp.post("/plans/import/<upload>")
@sign_in_required
@writes
def plan_import_save(upload: str) -> Answer:
    found = _get_upload(upload)
    if found.status is not JobStatus.DONE or imports.is_imported(found):
        return see_other("documents.plan_import_show", upload=upload)
    form = ImportForm()
    form.offer(queries.list_planning_bodies(current_user))
    if form.validate():
        body = account_queries.get_body(form.body.data)
        require(plan_policies.can_create(current_user, body))
        try:
            imports.start_import(upload=found, author=current_user, body=body, settled=form.settled)
        except DomainError as error:
            form.add_error(error)
        else:
            return see_other("documents.plan_import_show", upload=upload)
    return _preview_page(found, form), 422


@bp.post("/plans/import/<upload>/stop")
@sign_in_required
@writes
def plan_import_stop(upload: str) -> Response:
    found = _get_upload(upload)
    job = imports.stop_job(upload=found)
    if job.status is JobStatus.CANCELLED:
        flash(_("Stopped; nothing was imported."), "info")
    if found.status is JobStatus.CANCELLED:
        return see_other("documents.plan_import")
    return see_other("documents.plan_import_show", upload=upload)


@bp.post("/plans/import/<upload>/discard")
@sign_in_required
@writes
def plan_import_discard(upload: str) -> Response:
    imports.discard_file(upload=_get_upload(upload))
    flash(_("The file is discarded; nothing was imported."), "info")
    return see_other("documents.plan_import")


def _get_upload(public_id: str) -> Job:
    upload = imports.get_upload(public_id)
    require(policies.can_use_upload(current_user, upload), hide=True)
    return upload


def _form_after(upload: Job, job: Job) -> ImportForm:
    """Filled from the file; after an import that was stopped or failed, with what the person had chosen."""
    if job is upload:
        return ImportForm(formdata=None, data=upload.result)
    form = ImportForm(formdata=None, data=job.args)
    if job.status is JobStatus.FAILED:
        form.form_errors.append(
            job.error
            or _("The plan could not be imported. The administrators can find the reason in the log.")
        )
    return form


def _refused_page(upload: Job) -> str:
    """The file is gone; another one can be chosen at once."""
    form = UploadForm(formdata=None)
    form.file.errors = [
        upload.error or _("The file could not be read. The administrators can find the reason in the log.")
    ]
    return render_template("documents/plan_import.html", form=form)


def _preview_page(upload: Job, form: ImportForm) -> str:
    """What the file would bring, and every fault in it; no plan is written."""
    if not store.has_upload(upload.public_id):
        raise NotFound(store.gone_message())
    form.offer(queries.list_planning_bodies(current_user))
    counts = {ItemKind(kind): count for kind, count in upload.result["counts"].items()}
    return render_template(
        "documents/plan_import_preview.html",
        upload=upload,
        found=upload.result,
        counts=counts,
        form=form,
        page=_faults_page(upload),
    )


def _faults_page(upload: Job) -> Page[Fault]:
    total = upload.result["faults"]
    number = nearest(page_number(), total=total, per_page=FAULTS_A_PAGE)
    lines = store.read_faults(upload.public_id, (number - 1) * FAULTS_A_PAGE, number * FAULTS_A_PAGE)
    return Page([Fault.from_json(line) for line in lines], number, FAULTS_A_PAGE, total)
