"""E-mail of `reviews`, written by jobs: a round may address thousands of people."""

from __future__ import annotations

from itertools import groupby
from textwrap import shorten

from flask_babel import lazy_gettext as _l

from pspm.core import jobs, mail
from pspm.core.columns import JsonDict
from pspm.extensions import db
from pspm.reviews import queries
from pspm.reviews.models import Round
from pspm.reviews.services.decisions import PUBLICATION_JOB
from pspm.reviews.services.rounds import INVITATION_JOB
from pspm.reviews.terms import term

BATCH = 50
"""Mails written between two reports of progress (each is a commit)."""


@jobs.handler(INVITATION_JOB)
def invite(job: jobs.Job) -> JsonDict:
    """Ask the people of invited bodies, each in their language."""
    round = db.session.get_one(Round, job.args["round_id"])
    people = queries.list_invited_people(round, job.args["body_ids"], reviewers=job.args["reviewers"])
    for number, person in enumerate(people):
        if number % BATCH == 0:
            jobs.progress(job, number, len(people))
        mail.send_template(
            recipient=person.email,
            locale=person.locale,
            subject=_l("You are asked to comment: %(plan)s", plan=_short(round.consulted_title)),
            template="round_invitation",
            person=person,
            round=round,
        )
    return {"mails": len(people)}


@jobs.handler(PUBLICATION_JOB)
def tell_authors(job: jobs.Job) -> JsonDict:
    """One mail for each author, with the decisions on all their comments."""
    round = db.session.get_one(Round, job.args["round_id"])
    decisions = queries.list_decisions(job.args["decision_ids"])
    by_author = groupby(decisions, key=lambda decision: decision.contribution.author)
    mails = 0
    for author, own in by_author:
        if mails % BATCH == 0:
            jobs.progress(job, mails, len(decisions))
        mail.send_template(
            recipient=author.email,
            locale=author.locale,
            subject=_l("What became of your comments: %(plan)s", plan=_short(round.consulted_title)),
            template="decisions_published",
            person=author,
            round=round,
            decisions=list(own),
            term=term,
        )
        mails += 1
    return {"mails": mails}


def _short(title: str) -> str:
    """So that a subject stays a subject."""
    return shorten(title, 120, placeholder="…")
