"""The `flask …` commands that belong to no feature."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from flask import Flask, current_app

from pspm.core import jobs
from pspm.extensions import db

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def init_app(app: Flask) -> None:
    # A web server migrates nothing and goes without Alembic; Flask tells when `flask` loads the app.
    if os.environ.get("FLASK_RUN_FROM_CLI") == "true" or "flask_migrate" in sys.modules:
        _add_migrations(app)
    app.cli.command("worker", help="Do background jobs until stopped.")(jobs.work)
    app.cli.command("seed", help="Load the sample data (never in production).")(seed)


def _add_migrations(app: Flask) -> None:
    from flask_migrate import Migrate  # noqa: PLC0415 - see above

    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)


def seed() -> None:
    """Load everything or, the second time, nothing; then say who can sign in."""
    from pspm import seeds  # noqa: PLC0415 - no server needs the sample data, and YAML to read it

    if current_app.config["ENVIRONMENT"] == "production":
        raise click.ClickException("The sample people share a known password: not in production.")
    loaded = seeds.load_sample_data()
    db.session.commit()
    click.echo("The sample data is loaded." if loaded else "The sample data was loaded before.")
    click.echo(f"All people sign in with the password {seeds.PASSWORD}")
    for person in seeds.list_people():
        click.echo(f"  {person['email']:32} {person['role']}")
