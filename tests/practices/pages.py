"""Whole entries, and where their pages are."""

from __future__ import annotations

from typing import Any

from pspm.practices import services
from pspm.practices.models import Practice, PracticeStatus
from tests.factories import make_practice

COMPLETE = {"summary": "Short.", "context": "Before.", "solution": "**How**.", "results": "After."}


def publish(**values: Any) -> Practice:
    practice = make_practice(status=PracticeStatus.SUBMITTED, **{**COMPLETE, **values})
    services.publish_practice(practice=practice)
    return practice


def address(practice: Practice, rest: str = "") -> str:
    return f"/practices/{practice.public_id}{rest}"
