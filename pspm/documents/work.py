"""The background jobs that make PDFs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pspm.core import jobs
from pspm.core.clock import now
from pspm.core.columns import JsonDict
from pspm.core.i18n import gettext as _
from pspm.core.i18n import in_language
from pspm.documents import store
from pspm.documents.pdf.pages import Imprint, label_language, plan_html, practice_html
from pspm.documents.pdf.process import AttachedFile, make_pdf
from pspm.documents.services import pdfs
from pspm.documents.stratml.writer import Publication, write_plan
from pspm.plans import queries as plan_queries
from pspm.plans.canonical import from_canonical_json, take_snapshot
from pspm.plans.models import Version
from pspm.plans.snapshot import PlanSnapshot
from pspm.practices import queries as practice_queries


@jobs.handler(pdfs.PLAN_JOB)
def make_plan_pdf(job: jobs.Job) -> JsonDict:
    """A version, or the draft as it is when the work begins."""
    number, name = job.args.get("version"), job.args["plan"]
    if number is not None:
        version = plan_queries.get_version(name, number)
        address = job.args["address"]
        printing = pdfs.printing_of_version(version, address=address)
        snapshot = from_canonical_json(version.content)
        html = plan_html(snapshot, _imprint(version, address))
        xml = write_plan(snapshot, publication(version, address))
    else:
        plan = plan_queries.get_plan(name)
        printing = pdfs.printing_of_plan(plan)
        snapshot = take_snapshot(plan)
        html = plan_html(snapshot, Imprint(made_at=now()))
        xml = write_plan(snapshot)
    return _make(job, printing, html, [_source(snapshot, xml)])


@jobs.handler(pdfs.PRACTICE_JOB)
def make_practice_pdf(job: jobs.Job) -> JsonDict:
    practice = practice_queries.get_practice(job.args["practice"])
    printing = pdfs.printing_of_practice(practice, address=job.args["address"])
    return _make(job, printing, practice_html(practice, job.args["address"]), [])


def publication(version: Version, address: str) -> Publication:
    """When and where the version was published."""
    return Publication(day=version.created_at.date().isoformat(), source=address)


def _imprint(version: Version, address: str) -> Imprint:
    return Imprint(made_at=version.created_at, number=version.number, sha256=version.sha256, address=address)


def _source(snapshot: PlanSnapshot, xml: bytes) -> AttachedFile:
    with in_language(label_language(snapshot.language)):
        description = _("The plan as data, in StratML (ISO 17469)")
    return AttachedFile(name="plan.xml", description=description, content=xml)


def _make(job: jobs.Job, printing: pdfs.Printing, html: str, attached: list[AttachedFile]) -> JsonDict:
    with TemporaryDirectory(dir=store.pdf_folder(), prefix="making-") as folder:
        made = make_pdf(html, Path(folder), attached, partial(jobs.progress, job))
        store.put_pdf(printing.key, made)
    return {"key": printing.key}
