"""Imports that are stopped, fail, come twice or are forgotten."""

from __future__ import annotations

import os
from typing import Any

import pytest

from pspm.accounts.models import Body, BodyRole, User
from pspm.core import jobs
from pspm.documents import importing, store
from pspm.documents.services import imports
from pspm.extensions import db
from pspm.plans.models import Item
from tests.documents.uploads import GOOD, count_plans, file_of, run_waiting, upload, uploads
from tests.plans.test_concurrent_saves import run_both

pytestmark = pytest.mark.usefixtures("no_uploads")


def test_stopped_check_leaves_nothing(browser, waiting) -> None:
    page = upload(browser, GOOD)
    assert len(uploads()) == 1
    stopped = browser.post(f"{page}/stop")
    assert stopped.location == "/plans/import"
    assert "nothing was imported" in browser.get(stopped.location).text
    run_waiting(waiting)
    assert uploads() == []
    assert browser.get(page).status_code == 404


def test_stopped_import_leaves_no_plan_and_what_was_chosen(browser, values, waiting) -> None:
    page = upload(browser, GOOD)
    run_waiting(waiting)
    browser.post(page, data=values | {"title": "Chosen"})
    assert browser.post(f"{page}/stop").location == page
    run_waiting(waiting)
    assert count_plans() == 0
    assert 'value="Chosen"' in browser.get(page).text
    browser.post(page, data=values)
    run_waiting(waiting)
    assert count_plans() == 1


def test_import_that_is_stopped_at_its_last_step_leaves_nothing(
    browser, values, waiting, monkeypatch
) -> None:
    """The plan is written, not yet committed, when the person presses Stop."""
    page = upload(browser, GOOD)
    run_waiting(waiting)
    browser.post(page, data=values)
    finish = imports.finish_import

    def stop_then_finish(**kwargs: Any) -> None:
        finish(**kwargs)
        job = imports.current_job(kwargs["upload"])
        assert db.session.query(Item).count() > 0
        job.status = jobs.JobStatus.CANCELLED

    monkeypatch.setattr(importing.imports, "finish_import", stop_then_finish)
    run_waiting(waiting)
    assert (count_plans(), db.session.query(Item).count()) == (0, 0)
    assert len(uploads()) == 2
    assert browser.get(page).status_code == 200


def test_failed_import_leaves_nothing_and_can_be_repeated(browser, values, waiting, monkeypatch) -> None:
    page = upload(browser, GOOD)
    run_waiting(waiting)
    with monkeypatch.context() as broken:
        broken.setattr(importing.imports, "finish_import", lambda **_kwargs: 1 / 0)
        browser.post(page, data=values | {"title": "Chosen"})
        run_waiting(waiting)
    assert (count_plans(), db.session.query(Item).count()) == (0, 0)
    again = browser.get(page).text
    assert "The plan could not be imported." in again
    assert 'value="Chosen"' in again
    browser.post(page, data=values)
    run_waiting(waiting)
    assert count_plans() == 1


def test_two_clicks_import_once(browser, values, waiting) -> None:
    page = upload(browser, GOOD)
    run_waiting(waiting)
    assert [browser.post(page, data=values).location for _ in range(2)] == [page, page]
    run_waiting(waiting)
    assert browser.post(page, data=values).location == page
    assert browser.post(f"{page}/discard").status_code == 409
    run_waiting(waiting)
    assert count_plans() == 1


def test_two_clicks_at_the_same_moment_import_once(app, browser, planner, body, waiting) -> None:
    page = upload(browser, GOOD)
    run_waiting(waiting)
    ids = planner.id, body.id
    db.session.commit()

    def start() -> None:
        imports.start_import(
            upload=imports.get_upload(file_of(page)),
            author=db.session.get_one(User, ids[0]),
            body=db.session.get_one(Body, ids[1]),
            settled=imports.Settled(title="T", language="en", start_year=2026, end_year=2028),
        )

    assert run_both(app, start, start) == ["done", "done"]
    assert db.session.query(jobs.Job).filter_by(kind=imports.IMPORT_JOB).count() == 1


def test_job_that_was_thought_dead_makes_no_second_plan(browser, values, waiting) -> None:
    page = upload(browser, GOOD)
    run_waiting(waiting)
    browser.post(page, data=values)
    late = db.session.query(jobs.Job).filter_by(kind=imports.IMPORT_JOB).one()
    late.created_at = late.created_at.replace(year=2020)
    browser.post(page, data=values)
    assert len(waiting) == 2
    waiting.reverse()
    run_waiting(waiting)
    assert count_plans() == 1


def test_import_checks_the_role_again(browser, planner, values, waiting) -> None:
    page = upload(browser, GOOD)
    run_waiting(waiting)
    browser.post(page, data=values)
    planner.memberships[0].role = BodyRole.MEMBER
    run_waiting(waiting)
    assert count_plans() == 0


def test_files_forgotten_for_a_day_go(browser) -> None:
    old, new = (file_of(upload(browser, GOOD)) for _ in range(2))
    for path in (store._upload_path(old), store._faults_path(old)):
        os.utime(path, (0, 0))
    jobs.do_chores()
    assert uploads() == [f"{new}.faults", f"{new}.xml"]
