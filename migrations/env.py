"""Alembic's environment: the app's database, and batch mode because SQLite cannot alter columns."""

from logging.config import fileConfig

from alembic import context
from flask import current_app

from pspm.core.columns import UtcDateTime
from pspm.practices.models import SearchWords

config = context.config
if config.config_file_name:
    fileConfig(config.config_file_name, disable_existing_loggers=False)

database = current_app.extensions["migrate"].db


SEARCH_INDEX = "ix_practice_search_words"


def include_object(_thing, name, kind, _reflected, _compared):
    """What Alembic can't compare: SQLite's full-text tables, and the index that only PostgreSQL has."""
    if kind == "table":
        return not name.startswith("practice_fts")
    return name != SEARCH_INDEX


def render_item(kind, thing, _context):
    """Write the app's column types as what they are in the database: a migration must not need the app."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, SearchWords):
        return 'sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql")'
    return False


def run_migrations() -> None:
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=True,
            include_object=include_object,
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
