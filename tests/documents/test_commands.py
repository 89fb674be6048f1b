"""`flask plans import`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from pspm.accounts.models import BodyRole
from pspm.documents.services import imports
from pspm.extensions import db
from pspm.plans.models import Plan
from tests.documents.test_stratml_faults import document, goal
from tests.factories import make_body, make_user

FILE = document(goal("<Colour>red</Colour>"))


@pytest.fixture
def author(app: Flask):
    body = make_body(name="Ministry", ipa_code="m_x")
    user = make_user(body=body, role=BodyRole.PLANNER, email="ada@example.org")
    db.session.commit()
    return user


def run(app: Flask, file: Path, code: str = "m_x", email: str = "ada@example.org") -> Result:
    command = ["plans", "import", str(file), "--body", code, "--author", email]
    return app.test_cli_runner().invoke(args=command)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xml"
    path.write_bytes(FILE)
    return path


def test_plan_is_imported_and_faults_are_listed(app: Flask, author, file: Path) -> None:
    result = run(app, file)
    assert result.exit_code == 0, result.output
    assert "line 5: StrategicPlanCore / Goal 1: “Colour” has no place in “Goal”." in result.output
    assert "1 goals, 0 objectives, 0 actions, 0 indicators, 0 targets; 1 faults." in result.output
    [plan] = db.session.query(Plan).all()
    assert plan.created_by_id == author.id


def test_body_may_be_named_by_its_public_id(app: Flask, author, file: Path) -> None:
    assert run(app, file, code=author.memberships[0].body.public_id).exit_code == 0


@pytest.mark.parametrize(
    ("code", "email", "words"),
    [
        ("no", "ada@example.org", "There is no body with the code no."),
        ("m_x", "bob@example.org", "There is no account with the address bob@example.org."),
        ("m_x", "eve@example.org", "is neither manager nor planner"),
    ],
)
def test_who_and_whose_must_be_known(app: Flask, author, file: Path, code, email, words) -> None:
    make_user(email="eve@example.org")
    db.session.commit()
    result = run(app, file, code, email)
    assert result.exit_code == 1
    assert words in result.output
    assert db.session.query(Plan).count() == 0


def test_file_that_is_no_plan_is_refused(app: Flask, author, file: Path) -> None:
    file.write_bytes(b"<!DOCTYPE a><a/>")
    result = run(app, file)
    assert result.exit_code == 1
    assert "DOCTYPE" in result.output


def test_plan_of_too_many_items_is_refused(app: Flask, author, file: Path, monkeypatch) -> None:
    monkeypatch.setattr(imports, "MAX_ITEMS", 1)
    file.write_bytes(document(goal() * 2))
    result = run(app, file)
    assert result.exit_code == 1
    assert "1 is the most" in result.output
