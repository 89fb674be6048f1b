"""A plan from a file: upload, look at what it would bring, import."""

from __future__ import annotations

from flask import flash, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from pspm.accounts import queries as account_queries
from pspm.core.errors import DomainError, NotFound
from pspm.core.i18n import gettext as _
from pspm.core.paging import Page
from pspm.core.web import require, see_other, sign_in_required, writes
from pspm.documents import policies, queries, store
from pspm.documents.forms import ImportForm, UploadForm
from pspm.documents.routes.blueprint import bp
from pspm.documents.services import imports
from pspm.documents.stratml.faults import Fault
from pspm.plans import policies as plan_policies

FAULTS_A_PAGE = 50
Answer = str | Response | tuple[str, int]


@bp.get("/plans/import")
@sign_in_required
def plan_import() -> str:
    require(policies.can_import(current_user))
    return render_template("documents/plan_import.html", form=UploadForm())


@bp.post("/plans/import")
@sign_in_required
@writes
def plan_import_upload() -> Answer:
    """Keep the file aside if something of it can be read, and lead to the preview."""
    require(policies.can_import(current_user))
    form = UploadForm()
    if form.validate():
        data = form.file.data.read()
        try:
            imports.preview_file(data)
        except DomainError as error:
            form.file.errors = [*form.file.errors, error.message]
        else:
            token = store.put_upload(current_user.public_id, data)
            return see_other("documents.plan_import_preview", token=token)
    return render_template("documents/plan_import.html", form=form), 422


@bp.get("/plans/import/<token>")
@sign_in_required
def plan_import_preview(token: str) -> str:
    """What the file would bring, and every fault in it; nothing is written."""
    require(policies.can_import(current_user))
    preview = imports.preview_file(_upload(token))
    plan = preview.plan
    form = ImportForm(
        formdata=None,
        title=plan.title,
        language=plan.language,
        start_year=plan.start_year,
        end_year=plan.end_year,
    )
    form.offer(queries.list_planning_bodies(current_user))
    return _preview_page(token, preview, form)


@bp.post("/plans/import/<token>")
@sign_in_required
@writes
def plan_import_save(token: str) -> Answer:
    require(policies.can_import(current_user))
    data = _upload(token)
    form = ImportForm()
    form.offer(queries.list_planning_bodies(current_user))
    if form.validate():
        body = account_queries.get_body(form.body.data)
        require(plan_policies.can_create(current_user, body))
        try:
            plan = imports.import_file(
                data=data,
                body=body,
                author=current_user,
                title=form.title.data or "",
                language=form.language.data,
                start_year=form.start_year.data or 0,
                end_year=form.end_year.data or 0,
            )
        except DomainError as error:
            form.add_error(error)
        else:
            flash(_("The plan is imported as a draft."), "success")
            return see_other("plans.plan_show", plan=plan.public_id)
    return _preview_page(token, imports.preview_file(data), form), 422


@bp.post("/plans/import/<token>/discard")
@sign_in_required
@writes
def plan_import_discard(token: str) -> Response:
    store.drop_upload(current_user.public_id, token)
    flash(_("The file is discarded; nothing was imported."), "info")
    return see_other("documents.plan_import")


def _upload(token: str) -> bytes:
    data = store.find_upload(current_user.public_id, token)
    if data is None:
        raise NotFound(_("This file is no longer here. Upload it again."))
    return data


def _preview_page(token: str, preview: imports.Preview, form: ImportForm) -> str:
    return render_template(
        "documents/plan_import_preview.html",
        token=token,
        preview=preview,
        form=form,
        page=_faults_page(preview.faults),
    )


def _faults_page(faults: tuple[Fault, ...]) -> Page[Fault]:
    pages = max(1, -(-len(faults) // FAULTS_A_PAGE))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    shown = faults[(number - 1) * FAULTS_A_PAGE : number * FAULTS_A_PAGE]
    return Page(shown, number, FAULTS_A_PAGE, len(faults))
