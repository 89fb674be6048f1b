"""A plan from a file: checked by a job, looked at, imported by another, whole or not at all."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from pspm.accounts.models import Body, BodyRole, User
from pspm.core import jobs
from pspm.core.errors import StateConflict
from pspm.documents import importing, store
from pspm.documents.services import imports
from pspm.documents.stratml import xml
from pspm.documents.stratml.reader import read_plan
from pspm.extensions import db
from pspm.plans.models import Item, Plan
from tests.client import CheckedClient
from tests.documents.test_stratml_attacks import EXTERNAL, LAUGHS
from tests.documents.test_stratml_faults import DATES, document, goal
from tests.documents.test_stratml_round_trip import plain
from tests.factories import make_body, make_user
from tests.plans.test_concurrent_saves import run_both

GOOD = document(goal(), after=DATES)
FAULTY = document(goal("<Colour>red</Colour>") * 60, after=DATES)


@pytest.fixture
def body(app: Flask) -> Body:
    return make_body(name="Ministry")


@pytest.fixture
def planner(body: Body) -> User:
    return make_user(body=body, role=BodyRole.PLANNER)


@pytest.fixture
def browser(sign_in: Callable[[User], CheckedClient], planner: User) -> CheckedClient:
    return sign_in(planner)


@pytest.fixture
def values(body: Body) -> dict[str, Any]:
    return {"body": body.public_id, "title": "Mine", "language": "en", "start_year": 2024, "end_year": 2026}


@pytest.fixture
def waiting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The jobs that wait in the queue, by their ids; `run_waiting` does them."""
    queue: list[int] = []
    monkeypatch.setattr(jobs, "_dispatch", queue.append)
    return queue


def run_waiting(queue: list[int]) -> None:
    while queue:
        db.session.commit()
        jobs.run(queue.pop(0))
    db.session.expire_all()


def upload(browser: CheckedClient, data: bytes) -> str:
    answer = browser.post("/plans/import", data={"file": (io.BytesIO(data), "plan.xml")})
    assert answer.status_code == 303
    return str(answer.location)


def file_of(page: str) -> str:
    return page.rpartition("/")[2]


def uploads() -> list[str]:
    return sorted(path.name for path in store._folder("uploads").iterdir())


def count_plans() -> int:
    return db.session.query(Plan).count()


@pytest.fixture(autouse=True)
def no_uploads(app: Flask) -> None:
    for path in store._folder("uploads").iterdir():
        path.unlink()


def test_file_is_shown_before_a_plan_is_written(browser, planner, body, values) -> None:
    assert browser.get("/plans/import").status_code == 200
    page = upload(browser, FAULTY)
    preview = browser.get(page)
    assert "60 places do not keep to the standard" in preview.text
    assert "“Colour” has no place in “Goal”." in preview.text
    assert preview.text.count("“Colour”") == 50
    assert browser.get(f"{page}?page=2").text.count("“Colour”") == 10
    assert count_plans() == 0
    saved = browser.post(page, data=values)
    assert saved.location == page
    [plan] = db.session.query(Plan).all()
    assert (plan.title, plan.body_id, plan.created_by_id) == ("Mine", body.id, planner.id)
    arrived = browser.get(page)
    assert (arrived.status_code, arrived.location) == (303, f"/plans/{plan.public_id}/")
    assert "The plan is imported as a draft." in browser.get(arrived.location).text
    assert uploads() == []


def test_bar_moves_while_the_file_is_checked_and_imported(browser, values, waiting) -> None:
    page = upload(browser, GOOD)
    shown = browser.get(page)
    assert "The file is waiting its turn" in shown.text
    assert f'href="{page}"' in shown.text, "without JavaScript a link looks again"
    part = browser.get(page, headers={"HX-Request": "true"})
    assert "<h1" not in part.text
    assert 'hx-trigger="every 1s"' in part.text
    run_waiting(waiting)
    assert "Faults in the file" in browser.get(page).text
    browser.post(page, data=values)
    assert count_plans() == 0
    job = db.session.query(jobs.Job).filter_by(kind=imports.IMPORT_JOB).one()
    job.status = jobs.JobStatus.RUNNING
    assert "The plan is being imported" in browser.get(page).text
    job.status = jobs.JobStatus.QUEUED
    run_waiting(waiting)
    assert count_plans() == 1
    done = browser.get(page, headers={"HX-Request": "true"})
    assert (done.status_code, done.headers["HX-Redirect"]) == (204, page)


def test_file_that_is_not_checked_yet_is_not_imported(browser, planner, body, values, waiting) -> None:
    page = upload(browser, GOOD)
    assert browser.post(page, data=values).location == page
    found = imports.get_upload(file_of(page))
    settled = imports.Settled(title="T", language="en", start_year=2026, end_year=2028)
    with pytest.raises(StateConflict):
        imports.start_import(upload=found, author=planner, body=body, settled=settled)


def test_what_is_wrong_in_the_form_is_said_at_once(browser, values) -> None:
    page = upload(browser, GOOD)
    preview = browser.get(page).text
    assert "The file keeps to the standard." in preview
    assert '<span class="stat__label">Goal</span>' in preview
    assert '<span class="stat__label">Sections</span>' in preview
    assert browser.post(page, data=values | {"title": ""}).status_code == 422
    refused = browser.post(page, data=values | {"end_year": 2020})
    assert refused.status_code == 422
    assert "The last year must be" in refused.text
    assert db.session.query(jobs.Job).filter_by(kind=imports.IMPORT_JOB).count() == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<x/>", "not StratML"),
        (b"no xml", "not a well-formed XML file"),
        (LAUGHS.encode(), "DOCTYPE"),
        (EXTERNAL.encode(), "DOCTYPE"),
        (b"<StrategicPlan>" + b"<a/>" * 1000 + b"</StrategicPlan>", "1000 elements"),
    ],
    ids=["other", "text", "laughs", "external", "many"],
)
def test_file_that_is_refused_is_not_kept_and_another_can_be_chosen(
    browser, data, words, monkeypatch
) -> None:
    monkeypatch.setattr(xml, "MAX_ELEMENTS", 1000)
    page = browser.get(upload(browser, data))
    assert words in page.text
    assert 'action="/plans/import"' in page.text
    assert "What the file would bring" not in page.text
    assert uploads() == []


def test_refusal_is_in_the_language_of_the_sender(sign_in, planner) -> None:
    planner.locale = "it"
    browser = sign_in(planner)
    page = browser.get(upload(browser, b"<x/>"))
    assert "non StratML" in page.text


def test_huge_file_is_refused_before_it_is_kept(app, browser, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)
    answer = browser.post("/plans/import", data={"file": (io.BytesIO(b" " * 2000), "plan.xml")})
    assert answer.status_code == 413
    assert browser.post("/plans/import", data={}).status_code == 422
    assert uploads() == []


@pytest.mark.parametrize("path", ["", "/stop", "/discard"])
def test_file_is_its_senders(sign_in, browser, body, path) -> None:
    page = upload(browser, GOOD)
    for other in (make_user(body=body), make_user(is_admin=True)):
        assert sign_in(other).post(page + path).status_code == 404
        assert sign_in(other).get(page).status_code == 404
    assert sign_in(other).get("/plans/import/none").status_code == 404


def test_job_of_another_kind_is_no_upload(browser, planner) -> None:
    job = jobs.Job(kind="other.kind", created_by_id=planner.id)
    db.session.add(job)
    db.session.flush()
    assert browser.get(f"/plans/import/{job.public_id}").status_code == 404


def test_discarded_file_is_gone_at_once(browser, values) -> None:
    page = upload(browser, GOOD)
    assert browser.post(f"{page}/discard").status_code == 303
    assert uploads() == []
    assert browser.get(page).status_code == 404
    assert browser.post(page, data=values).status_code == 303
    assert browser.post(page, data=values | {"title": ""}).status_code == 404
    assert count_plans() == 0


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


def test_import_is_for_planners(client, sign_in, app) -> None:
    assert client.get("/plans/import").status_code == 302
    member = make_user(body=make_body(), role=BodyRole.MEMBER)
    assert sign_in(member).get("/plans/import").status_code == 403


def test_files_forgotten_for_a_day_go(browser) -> None:
    old, new = (file_of(upload(browser, GOOD)) for _ in range(2))
    for path in (store._upload_path(old), store._faults_path(old)):
        os.utime(path, (0, 0))
    jobs.do_chores()
    assert uploads() == [f"{new}.faults", f"{new}.xml"]


def test_imported_plan_is_exported_as_it_was(browser, values, shared_data) -> None:
    [path] = (shared_data / "stratml").glob("IT_piano*")
    page = upload(browser, path.read_bytes())
    browser.post(page, data=values | {"language": "it"})
    plan = browser.get(page).location
    exported = browser.get(f"{plan}plan.xml").data
    original, back = read_plan(path.read_bytes()).plan, read_plan(exported).plan
    assert plain(back).items == plain(original).items
    assert b"<Name>Agenzia per l'Italia Digitale</Name>" in exported
