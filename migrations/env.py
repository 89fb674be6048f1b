"""Alembic's environment: the app's database, and batch mode because SQLite cannot alter columns."""

from contextlib import contextmanager
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


@contextmanager
def rebuilding(connection):
    """SQLite changes a table by dropping it for a new one; keys that point at it would forbid it, or follow.

    The setting holds for a connection and only changes outside of a transaction; so it is told to the driver.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys = ON")


def check_keys(connection) -> None:
    """What was not watched meanwhile is looked at before it is kept."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"The migration leaves keys that point nowhere: {broken[:5]}")


def run_migrations() -> None:
    with database.engine.connect() as connection, rebuilding(connection):
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
            check_keys(connection)


run_migrations()
