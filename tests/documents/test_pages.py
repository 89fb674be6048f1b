"""Pages of `documents`: who may open what, and what they do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pspm.core import jobs
from pspm.documents import store
from pspm.documents.pdf import process
from pspm.documents.services import pdfs
from pspm.extensions import db
from pspm.plans.models import Plan
from pspm.plans.services import lifecycle
from tests.factories import make_plan, make_practice, make_tree, make_user


@pytest.fixture
def pdf_made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The HTML of each PDF; the layout itself is not done."""
    made: list[str] = []

    def make(html: str, folder: Path, attached: Any, report: Any) -> Path:
        made.append(html)
        report(1, 7)
        (folder / "document.pdf").write_bytes(b"%PDF-1.7 " + html.encode())
        return folder / "document.pdf"

    monkeypatch.setattr("pspm.documents.work.make_pdf", make)
    return made


@pytest.fixture
def plan(app: Any) -> Plan:
    plan = make_plan()
    make_tree(plan)
    return plan


def pdf(browser: Any, address: str) -> Any:
    """The file at the address, read and closed."""
    response = browser.get(address)
    assert response.mimetype == "application/pdf"
    assert response.data.startswith(b"%PDF")
    response.close()
    return response


def approve(plan: Plan) -> None:
    lifecycle.approve_plan(plan=plan, author=plan.created_by, note="")


def test_draft_pdf_is_made_once_and_then_there(sign_in, plan, pdf_made) -> None:
    browser = sign_in(plan.created_by)
    address = f"/plans/{plan.public_id}/plan.pdf"
    page = browser.get(address)
    assert "Make the PDF" in page.text
    assert db.session.query(jobs.Job).count() == 0
    started = browser.post(address)
    assert started.status_code == 303
    arrived = browser.get(started.location)
    assert (arrived.status_code, arrived.location) == (303, address)
    file = pdf(browser, address)
    assert file.headers["Cache-Control"] == "private, no-cache"
    assert "Draft, not approved" in file.text
    again = browser.get(address, headers={"If-None-Match": file.headers["ETag"]})
    assert again.status_code == 304
    again.close()
    assert len(pdf_made) == 1


def test_draft_pdf_changes_with_the_plan(sign_in, plan, pdf_made) -> None:
    browser = sign_in(plan.created_by)
    address = f"/plans/{plan.public_id}/plan.pdf"
    browser.post(address)
    pdf(browser, address)
    plan.stamp += 1
    db.session.commit()
    assert browser.get(address).mimetype == "text/html"


def test_pdf_is_made_again_when_the_cache_was_emptied(sign_in, plan, pdf_made) -> None:
    browser = sign_in(plan.created_by)
    address = f"/plans/{plan.public_id}/plan.pdf"
    browser.post(address)
    for file in store.pdf_folder().iterdir():
        file.unlink()
    browser.post(address)
    pdf(browser, address)
    assert len(pdf_made) == 2


def test_version_is_public(client, plan, pdf_made) -> None:
    approve(plan)
    base = f"/plans/{plan.public_id}/versions/1"
    assert "Make the PDF" in client.get(f"{base}/plan.pdf").text
    started = client.post(f"{base}/plan.pdf")
    assert client.get(started.location).location == f"{base}/plan.pdf"
    pdf(client, f"{base}/plan.pdf")
    assert "Version" in pdf_made[0]
    assert f"{base}</a>" in pdf_made[0]
    xml = client.get(f"{base}/plan.xml")
    assert xml.mimetype == "application/xml"
    assert xml.headers["Content-Disposition"] == f'attachment; filename="{plan.public_id}-v1.xml"'
    assert "<PublicationDate>" in xml.text
    assert client.get(f"{base}/plan.xml", headers={"If-None-Match": xml.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("what", ["plan.pdf", "plan.xml", "files"])
def test_draft_is_hidden_from_others(client, sign_in, plan, what) -> None:
    address = f"/plans/{plan.public_id}/{what}"
    stranger = sign_in(make_user())
    assert stranger.get(address).status_code == 404
    assert client.get(address).status_code in (302, 404)
    assert sign_in(plan.created_by).get(address).status_code == 200


def test_others_cannot_start_or_watch_a_draft(client, sign_in, plan, pdf_made) -> None:
    started = sign_in(plan.created_by).post(f"/plans/{plan.public_id}/plan.pdf")
    stranger = sign_in(make_user())
    assert stranger.post(f"/plans/{plan.public_id}/plan.pdf").status_code == 404
    assert stranger.get(started.location).status_code == 404


def test_files_of_a_plan(client, sign_in, plan) -> None:
    approve(plan)
    address = f"/plans/{plan.public_id}/files"
    for_all = client.get(address).text
    assert f"/plans/{plan.public_id}/versions/1/plan.pdf" in for_all
    assert f"/plans/{plan.public_id}/plan.pdf" not in for_all
    assert f"/plans/{plan.public_id}/plan.pdf" in sign_in(plan.created_by).get(address).text


def test_practice_pdf(client, pdf_made, app) -> None:
    practice = make_practice(solution="## How\n\nSee https://example.org/x.", sdgs=[9], keywords=["cloud"])
    address = f"/practices/{practice.public_id}/practice.pdf"
    started = client.post(address)
    assert client.get(started.location).location == address
    pdf(client, address)
    assert '<p class="subhead">How</p>' in pdf_made[0]
    assert '<a href="https://example.org/x">https://example.org/x</a>.' in pdf_made[0]


def test_look_of_pdfs_is_that_of_their_files(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(pdfs, "_ROOT", tmp_path)
    monkeypatch.setattr(pdfs, "_LOOK", ["*.css"])
    (tmp_path / "plan.css").write_text("h1 { color: red }")
    before = pdfs.look.__wrapped__()
    assert pdfs.look.__wrapped__() == before
    (tmp_path / "plan.css").write_text("h1 { color: blue }")
    assert pdfs.look.__wrapped__() != before


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch, app: Any) -> None:
    """Jobs stay in the queue."""
    monkeypatch.setattr(jobs, "_dispatch", lambda _job_id: None)


def test_waiting_job_shows_its_progress_and_can_be_stopped(client, plan, waiting) -> None:
    approve(plan)
    address = f"/plans/{plan.public_id}/versions/1/plan.pdf"
    started = client.post(address).location
    page = client.get(started)
    assert f'href="{started}"' in page.text
    assert "waiting its turn" in page.text
    fragment = client.get(started, headers={"HX-Request": "true"})
    assert "<h1" not in fragment.text
    assert 'hx-trigger="every 1s"' in fragment.text
    assert client.post(f"{started}/stop").status_code == 303
    assert "The PDF was not made." in client.get(started).text
    again = client.post(address).location
    assert again != started


def test_same_pdf_is_begun_once_and_its_starter_stops_it(client, app, sign_in, plan, waiting) -> None:
    approve(plan)
    address = f"/plans/{plan.public_id}/versions/1/plan.pdf"
    owner = sign_in(plan.created_by)
    started = owner.post(address).location
    assert client.post(address).location == started
    assert client.post(f"{started}/stop").status_code == 401
    assert ">Stop<" not in client.get(started).text
    assert sign_in(make_user()).post(f"{started}/stop").status_code == 403
    other_browser = sign_in(plan.created_by)
    assert other_browser.post(f"{started}/stop").status_code == 303


def test_administrator_stops_any(client, sign_in, plan, waiting) -> None:
    approve(plan)
    started = client.post(f"/plans/{plan.public_id}/versions/1/plan.pdf").location
    assert sign_in(make_user(is_admin=True)).post(f"{started}/stop").status_code == 303


def test_done_job_leads_htmx_to_the_file(client, plan, pdf_made) -> None:
    approve(plan)
    address = f"/plans/{plan.public_id}/versions/1/plan.pdf"
    started = client.post(address).location
    answer = client.get(started, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, address)


def test_failed_job_says_so(client, plan, monkeypatch) -> None:
    approve(plan)
    monkeypatch.setattr(process, "PROGRAM", Path("/does/not/exist.py"))
    started = client.post(f"/plans/{plan.public_id}/versions/1/plan.pdf").location
    assert "The PDF could not be made" in client.get(started).text


def test_jobs_of_others_are_none_of_ours(client, app) -> None:
    job = jobs.enqueue("other.kind", key="x")
    db.session.rollback()
    job = jobs.Job(kind="other.kind")
    db.session.add(job)
    db.session.commit()
    assert client.get(f"/documents/jobs/{job.public_id}").status_code == 404
