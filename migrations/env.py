"""Alembic's environment: the app's database, and batch mode because SQLite cannot alter columns."""

from logging.config import fileConfig

from alembic import context
from flask import current_app

config = context.config
if config.config_file_name:
    fileConfig(config.config_file_name, disable_existing_loggers=False)

database = current_app.extensions["migrate"].db


def include_object(_thing, name, kind, reflected, _compared):
    """Full-text tables are made by hand in the migrations; the models do not know them."""
    return not (kind == "table" and reflected and name.startswith("practice_search"))


def run_migrations() -> None:
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=True,
            include_object=include_object,
        )
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
