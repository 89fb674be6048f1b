"""The migrations make the very database that the models describe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import func, inspect, make_url, select, text

from config import Settings
from pspm.app import create_app
from pspm.extensions import db
from pspm.practices.services.writing import index_practice
from pspm.reviews.models import Contribution, Decision, Outcome
from tests.conftest import new_postgresql_database
from tests.factories import make_contribution, make_plan, make_practice, make_round, make_tree, make_user


@pytest.fixture
def migrated(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An app on a database that only the migrations have touched."""
    url = _empty_database(database_url, tmp_path)
    app = create_app(Settings(environment="testing", database_url=url, data_dir=tmp_path).as_flask())
    with app.app_context():
        flask_migrate.upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def _empty_database(url: str, tmp_path: Path) -> str:
    if url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'migrated.sqlite'}"
    return new_postgresql_database(url, f"{make_url(url).database}_migrated")


def test_models_match_migrations(migrated: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, db.metadata)
    assert [difference for difference in differences if not _full_text(difference)] == []


def _full_text(difference: object) -> bool:
    """Alembic knows nothing of virtual tables, nor of an index that only one database has."""
    return "practice_fts" in repr(difference) or "ix_practice_search_words" in repr(difference)


def test_migrated_database_finds_practices(migrated: Flask) -> None:
    practice = make_practice(title="Sportello unico digitale")
    index_practice(practice)
    db.session.commit()
    response = migrated.test_client().get("/practices/?q=sportelli")
    assert "Sportello unico digitale" in response.get_data(as_text=True)


def test_comments_of_before_are_in_the_language_of_their_authors(migrated: Flask) -> None:
    plan = make_plan(language="it")
    tree, round_ = make_tree(plan), make_round(plan)
    for locale in ("en", None):
        make_contribution(round_, tree["goal"], make_user(locale=locale), language="xx")
    db.session.commit()
    flask_migrate.downgrade(revision="0002_round_plan_title")
    flask_migrate.upgrade()
    languages = db.session.scalars(select(Contribution.language).order_by(Contribution.id))
    assert list(languages) == ["en", "it"]


def test_an_upgrade_keeps_what_hangs_on_a_changed_table(migrated: Flask) -> None:
    """SQLite rebuilds the table; what points at it must neither stop that nor be deleted with the old one."""
    plan = make_plan()
    tree, round_ = make_tree(plan), make_round(plan)
    comment = make_contribution(round_, tree["goal"], make_user())
    make_contribution(round_, tree["goal"], make_user(), parent=comment)
    db.session.add(
        Decision(contribution=comment, outcome=Outcome.ACCEPTED, reason="Yes.", decided_by=make_user())
    )
    db.session.commit()
    flask_migrate.downgrade(revision="0002_round_plan_title")
    flask_migrate.upgrade()
    assert db.session.scalar(select(func.count()).select_from(Contribution)) == 2
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 1
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(text("PRAGMA foreign_keys")).scalar() == 1, "and keys are watched again"


def test_migrations_can_be_taken_back(migrated: Flask) -> None:
    flask_migrate.downgrade(revision="base")
    assert [t for t in inspect(db.engine).get_table_names() if t != "alembic_version"] == []
