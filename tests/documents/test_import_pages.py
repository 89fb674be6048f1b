"""A plan from a file: checked by a job, looked at, imported by another, whole or not at all."""

from __future__ import annotations

import io

import pytest

from pspm.accounts.models import BodyRole
from pspm.core import jobs
from pspm.core.errors import StateConflict
from pspm.documents.services import imports
from pspm.documents.stratml import xml
from pspm.documents.stratml.reader import read_plan
from pspm.extensions import db
from pspm.plans.models import Plan
from tests.documents.test_stratml_attacks import EXTERNAL, LAUGHS
from tests.documents.test_stratml_round_trip import plain
from tests.documents.uploads import FAULTY, GOOD, count_plans, file_of, run_waiting, upload, uploads
from tests.factories import make_body, make_user

pytestmark = pytest.mark.usefixtures("no_uploads")


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


def test_import_is_for_planners(client, sign_in, app) -> None:
    assert client.get("/plans/import").status_code == 302
    member = make_user(body=make_body(), role=BodyRole.MEMBER)
    assert sign_in(member).get("/plans/import").status_code == 403


def test_imported_plan_is_exported_as_it_was(browser, values, shared_data) -> None:
    [path] = (shared_data / "stratml").glob("IT_piano*")
    page = upload(browser, path.read_bytes())
    browser.post(page, data=values | {"language": "it"})
    plan = browser.get(page).location
    exported = browser.get(f"{plan}plan.xml").data
    original, back = read_plan(path.read_bytes()).plan, read_plan(exported).plan
    assert plain(back).items == plain(original).items
    assert b"<Name>Agenzia per l'Italia Digitale</Name>" in exported
