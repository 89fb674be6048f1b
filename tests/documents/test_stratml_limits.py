"""Fields in our own notation that are too large for the plan are kept as text: never half an import."""

from __future__ import annotations

import pytest

from pspm.accounts.models import User
from pspm.documents.services.imports import Settled, import_plan, read_file
from pspm.extensions import db
from pspm.plans import queries as plan_queries
from tests.factories import make_body, make_user

FIELDS = """=== PSPM fields ===
Action: {long}
  Code: {long}
  Extras: {nested}
Indicator: Days
  Unit: {long}
  Weight: 1e400
  Baseline value: NaN
  Baseline year: {digits}
  Target 2027: {digits}
  Extras: {{"a": "\\u0000"}}"""


def document() -> bytes:
    fields = FIELDS.format(long="word " * 150, digits="9" * 40, nested="[" * 5000)
    goal = (
        "<Goal><Name>G</Name><Description/><Objective><Name>O</Name><OtherInformation>{}</OtherInformation>"
    )
    core = f"<StrategicPlanCore>{goal.format(fields)}</Objective></Goal></StrategicPlanCore>"
    return f"<StrategicPlan><Name>P</Name>{core}</StrategicPlan>".encode()


@pytest.fixture
def author(app: object) -> User:
    return make_user(body=make_body())


def test_oversized_fields_are_reported_and_the_rest_is_imported(author: User) -> None:
    data = document()
    reading = read_file(data)
    assert len([fault for fault in reading.faults if fault.kind.value == "unreadable_field"]) >= 8
    body = author.memberships[0].body
    settled = Settled(title="P", language="en", start_year=2026, end_year=2028)
    plan = import_plan(snapshot=reading.plan, body=body, author=author, settled=settled)
    db.session.commit()
    titles = [item.title for item in plan_queries.list_items(plan)]
    assert "Days" in titles
    assert max(map(len, titles)) <= 500
