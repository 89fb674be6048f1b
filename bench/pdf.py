"""Seconds and memory of a plan's PDF, beside WeasyPrint alone on the same HTML."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from config import Settings
from pspm.app import create_app
from pspm.core.clock import now
from pspm.documents.pdf.pages import Imprint, plan_html
from pspm.documents.pdf.process import PROGRAM
from pspm.documents.stratml.reader import read_plan
from pspm.documents.stratml.writer import write_plan

PLAN = Path(__file__).resolve().parents[2] / "shared/data/stratml"
RUNS = 5


@dataclass(frozen=True)
class Cost:
    """Processor seconds and peak memory of one process."""

    seconds: float
    memory_mb: float


def run(folder: Path) -> None:
    files = sorted(PLAN.glob("IT_piano_*.part2.xml"))
    if not files:
        print("PDF: the real ICT plan is not beside this clone, not measured")
        return
    _lay_out(folder, files[0].read_bytes())
    ours, bare = [], []
    for _ in range(RUNS):
        ours.append(_cost([str(PROGRAM), str(folder)]))
        bare.append(_cost(["-m", "bench.bare_pdf", str(folder)]))
    _print("with PDF/A-3a, PDF/UA-1 and the source", ours)
    _print("WeasyPrint alone", bare)
    ratio = median(one.seconds / other.seconds for one, other in zip(ours, bare, strict=True))
    print(f"PDF beside WeasyPrint alone: {ratio:.2f} × (median of {RUNS} pairs, aim ≤ 1.15)", flush=True)


def _print(name: str, costs: list[Cost]) -> None:
    seconds, memory = median(cost.seconds for cost in costs), max(cost.memory_mb for cost in costs)
    print(f"PDF of the real ICT plan, {name}: {seconds:.2f} s of CPU, at most {memory:.0f} MB")


def _lay_out(folder: Path, source: bytes) -> None:
    settings = Settings(database_url=f"sqlite:///{folder / 'pdf.sqlite'}", data_dir=folder)
    app = create_app(settings.as_flask())
    snapshot = read_plan(source).plan
    with app.test_request_context():
        (folder / "document.html").write_text(plan_html(snapshot, Imprint(made_at=now())), "utf-8")
        (folder / "plan.xml").write_bytes(write_plan(snapshot))
    attached = [{"file": "plan.xml", "name": "plan.xml", "description": "The plan as data"}]
    (folder / "attachments.json").write_text(json.dumps(attached), "utf-8")


def _cost(arguments: list[str]) -> Cost:
    process = subprocess.Popen([sys.executable, *arguments], stderr=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments} ended with {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
