"""The `flask bodies …` and `flask users …` commands."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from pspm.accounts.register import Doubt, Entry, RegisterError, Rejected, read_register
from pspm.accounts.services import people
from pspm.accounts.services.register import Tally, import_entries
from pspm.core.errors import InvalidInput
from pspm.core.mail import resend_mails
from pspm.extensions import db

BATCH = 500

bodies = AppGroup("bodies", help="Registers of public bodies.")
mail = AppGroup("mail", help="Messages by e-mail.")
users = AppGroup("users", help="People.")


def init_app(app: Flask) -> None:
    app.cli.add_command(bodies)
    app.cli.add_command(mail)
    app.cli.add_command(users)


@users.command("create-admin")
@click.argument("email")
@click.argument("name")
@click.password_option()
def create_admin(email: str, name: str, password: str) -> None:
    """Create an administrator, or make the account with this address one (its password is replaced)."""
    try:
        user = people.create_admin(email=email, name=name, password=password)
    except InvalidInput as error:
        raise click.ClickException(error.message) from error
    db.session.commit()
    click.echo(f"{user.email} is an administrator.")


@mail.command("resend")
def resend() -> None:
    """Try again to send what a mail server that was down left unsent in the last two days."""
    count = resend_mails()
    db.session.commit()
    click.echo(f"{count} to be sent again.")


@bodies.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_bodies(file: Path) -> None:
    """Load or update a register of bodies from a CSV FILE.

    Columns: ipa_code, name, category, website; optionally acronym, country, kind. Rejected lines, and
    those whose website is left out, are reported with their number and reason.
    """
    try:
        tally, reported = _import(file)
    except RegisterError as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    rejected = [line for line in reported if isinstance(line, Rejected)]
    for line in reported:
        click.echo(f"line {line.number}: {line.reason}", err=True)
    counts = f"{tally.added} added, {tally.changed} changed, {tally.unchanged} unchanged"
    click.echo(f"{counts}, {len(rejected)} rejected, {len(reported) - len(rejected)} without their website.")
    if rejected and not tally.read:
        raise SystemExit(1)


def _import(file: Path) -> tuple[Tally, list[Rejected | Doubt]]:
    tally, reported, batch = Tally(), list[Rejected | Doubt](), list[Entry]()
    with file.open("rb") as raw, click.progressbar(length=file.stat().st_size, label=file.name) as bar:
        for row in read_register(raw):
            if not isinstance(row, Entry):
                reported.append(row)
            if not isinstance(row, Rejected):
                batch.append(row if isinstance(row, Entry) else row.entry)
            if len(batch) == BATCH:
                tally += import_entries(batch)
                batch.clear()
                bar.update(raw.tell() - bar.pos)
        tally += import_entries(batch)
        bar.update(file.stat().st_size - bar.pos)
    return tally, reported
