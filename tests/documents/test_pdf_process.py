"""The process that lays PDFs out: it reports, and can be stopped."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from flask import Flask

from pspm.core import jobs
from pspm.core.errors import DomainError
from pspm.documents.pdf import process


def test_process_makes_a_pdf_and_reports(app: Flask, tmp_path: Path) -> None:
    reports: list[tuple[int, int]] = []
    attached = [process.AttachedFile(name="plan.xml", description="Data", content=b"<a/>")]
    html = "<!doctype html><html lang=en><title>T</title><h1>T</h1>"
    path = process.make_pdf(html, tmp_path, attached, lambda *step: reports.append(step))
    assert path.read_bytes().startswith(b"%PDF-1.7")
    assert all(total == 7 and 0 <= done < total for done, total in reports)


def test_process_is_killed_when_a_person_stops_it(app: Flask, tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise jobs.Cancelled

    began = time.monotonic()
    with pytest.raises(jobs.Cancelled):
        process.make_pdf("<p>" * 20_000, tmp_path, [], stop)
    assert time.monotonic() - began < 3
    assert not (tmp_path / "document.pdf").exists()


def test_process_has_a_time_limit(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "TIME_LIMIT_SECONDS", 0)
    with pytest.raises(DomainError, match="too long"):
        process.make_pdf("<p>" * 20_000, tmp_path, [], lambda *_step: None)


def test_process_that_fails_says_so(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PROGRAM", tmp_path / "missing.py")
    with pytest.raises(DomainError, match="could not be made"):
        process.make_pdf("<p>", tmp_path, [], lambda *_step: None)
