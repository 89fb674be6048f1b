"""The background jobs that check a file and import it, and the chore that forgets what was left."""

from __future__ import annotations

from pspm.accounts import queries as account_queries
from pspm.accounts.models import User
from pspm.core import jobs
from pspm.core.columns import JsonDict
from pspm.core.errors import AccessDenied
from pspm.core.i18n import gettext as _
from pspm.documents import store
from pspm.documents.services import imports
from pspm.extensions import db
from pspm.plans import policies as plan_policies

WHOLE = 100
READ = 80
"""How much of the whole is done when the elements are read."""


@jobs.handler(imports.CHECK_JOB)
def check_file(job: jobs.Job) -> JsonDict:
    """What the file would bring, and its faults beside it. A file that can't be read is not kept."""
    upload = job.public_id
    try:
        reading = imports.read_file(store.read_upload(upload), _reading(job))
        jobs.progress(job, READ, WHOLE)
        store.put_faults(upload, (fault.as_json() for fault in reading.faults))
    except Exception:
        store.drop_upload(upload)
        raise
    return imports.summarize(reading)


@jobs.handler(imports.IMPORT_JOB)
def import_file(job: jobs.Job) -> JsonDict:
    """The plan is written in one transaction, which ends with the job."""
    args = dict(job.args)
    snapshot = imports.read_file(store.read_upload(args["upload"]), _reading(job)).plan
    jobs.progress(job, READ, WHOLE)
    author = db.session.get_one(User, job.created_by_id)
    body = account_queries.get_body(args["body"])
    if not plan_policies.can_create(author, body):
        raise AccessDenied(_("You may not do this with your present role."))
    upload = imports.get_upload(args["upload"])
    imports.claim_upload(upload)
    settled = imports.Settled(
        title=args["title"],
        language=args["language"],
        start_year=args["start_year"],
        end_year=args["end_year"],
    )
    plan = imports.import_plan(snapshot=snapshot, body=body, author=author, settled=settled)
    imports.finish_import(upload=upload, plan=plan)
    return {"plan": plan.public_id}


def _reading(job: jobs.Job) -> jobs.Report:
    """Reports how far the reading is; at once, so that no transaction stays open that others wait for."""
    jobs.progress(job, 0, WHOLE)
    paced = jobs.paced(job)
    return lambda done, total: paced(done * READ // total, WHOLE)


jobs.chore(store.sweep_uploads)
