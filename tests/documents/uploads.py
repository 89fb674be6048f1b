"""Files on their way into plans."""

from __future__ import annotations

import io

from pspm.core import jobs
from pspm.documents import store
from pspm.extensions import db
from pspm.plans.models import Plan
from tests.client import CheckedClient
from tests.documents.test_stratml_faults import DATES, document, goal

GOOD = document(goal(), after=DATES)
FAULTY = document(goal("<Colour>red</Colour>") * 60, after=DATES)


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
