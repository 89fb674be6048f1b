"""Plans from files: read, looked at, and only then written, whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pspm.accounts.models import Body, User
from pspm.core.errors import InvalidInput
from pspm.core.i18n import gettext as _
from pspm.documents.stratml.faults import Fault
from pspm.documents.stratml.reader import read_plan
from pspm.plans import services as plan_services
from pspm.plans.models import ItemKind, Plan
from pspm.plans.snapshot import ItemSnapshot, PlanSnapshot

MAX_ITEMS = 5000


@dataclass(frozen=True)
class Preview:
    """What an import would bring."""

    plan: PlanSnapshot
    counts: dict[ItemKind, int]
    targets: int
    faults: tuple[Fault, ...]


def preview_file(data: bytes) -> Preview:
    """Read a StratML file. Raises InvalidInput if nothing of it can be imported."""
    reading = read_plan(data)
    counts: Counter[ItemKind] = Counter()
    targets = 0
    for item in _all(reading.plan.items):
        counts[item.kind] += 1
        targets += len(item.targets)
    if counts.total() > MAX_ITEMS:
        raise InvalidInput(
            _(
                "The file holds %(count)s goals, objectives, indicators and actions; %(limit)s is the most "
                "that one plan can have.",
                count=counts.total(),
                limit=MAX_ITEMS,
            )
        )
    return Preview(reading.plan, {kind: counts[kind] for kind in ItemKind}, targets, reading.faults)


def import_file(
    *, data: bytes, body: Body, author: User, title: str, language: str, start_year: int, end_year: int
) -> Plan:
    """A draft plan of `body` from the file, under the title, language and years that the author chose."""
    plan = preview_file(data).plan
    settled = replace(plan, title=title, language=language, start_year=start_year, end_year=end_year)
    return plan_services.import_snapshot(snapshot=settled, body=body, author=author)


def _all(items: Iterable[ItemSnapshot]) -> Iterable[ItemSnapshot]:
    for item in items:
        yield item
        yield from _all(item.children)
