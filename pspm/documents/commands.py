"""The `flask plans …` commands."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from pspm.accounts import queries as account_queries
from pspm.accounts.models import Body, User
from pspm.core.errors import DomainError
from pspm.core.i18n import in_language
from pspm.documents.services import imports
from pspm.extensions import db
from pspm.plans import policies as plan_policies

plans = AppGroup("plans", help="Plans.")


def init_app(app: Flask) -> None:
    app.cli.add_command(plans)


@plans.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--body", "code", required=True, help="IPA code or public id of the body that leads the plan.")
@click.option(
    "--author", "email", required=True, help="E-mail address of the person who becomes coordinator."
)
def import_plan(file: Path, code: str, email: str) -> None:
    """Import a plan from a StratML FILE as a draft; all faults of the file are listed."""
    body, author = _find_body(code), _find_author(email)
    if not plan_policies.can_create(author, body):
        raise click.ClickException(f"{author.email} is neither manager nor planner of {body.name}.")
    try:
        with in_language("en"):
            _import(file, body, author)
    except DomainError as error:
        raise click.ClickException(error.message) from error


def _import(file: Path, body: Body, author: User) -> None:
    reading = imports.read_file(file.read_bytes())
    for fault in reading.faults:
        click.echo(f"line {fault.line}: {fault.where}: {fault.problem} {fault.remedy}", err=True)
    found = reading.plan
    settled = imports.Settled(
        title=found.title, language=found.language, start_year=found.start_year, end_year=found.end_year
    )
    plan = imports.import_plan(snapshot=found, body=body, author=author, settled=settled)
    db.session.commit()
    summary = imports.summarize(reading)
    counts = ", ".join(f"{count} {kind}s" for kind, count in summary["counts"].items())
    click.echo(f"{plan.title}: {counts}, {summary['targets']} targets; {summary['faults']} faults.")
    click.echo(plan.public_id)


def _find_body(code: str) -> Body:
    body = account_queries.find_body_by_ipa_code(code)
    if body is not None:
        return body
    try:
        return account_queries.get_body(code)
    except DomainError:
        raise click.ClickException(f"There is no body with the code {code}.") from None


def _find_author(email: str) -> User:
    user = account_queries.find_user_by_email(email)
    if user is None:
        raise click.ClickException(f"There is no account with the address {email}.")
    return user
