"""Makes the edits that the data files describe: some words of an item replaced by others."""

from __future__ import annotations

from pspm.plans import services as plan_services
from pspm.plans.models import Revision
from pspm.seeds.reading import Entry
from pspm.seeds.sample import HOUR, Sample, SamplePlan, on_day


def load_edits(sample: Sample, plan: SamplePlan, entries: list[Entry], day: float) -> None:
    """From `day` on, one edit every few hours."""
    for place, entry in enumerate(entries):
        with on_day(day + place * 2.6 * HOUR):
            plan.edits[entry["key"]] = _load_edit(sample, plan, entry)


def _load_edit(sample: Sample, plan: SamplePlan, entry: Entry) -> Revision:
    item, name = plan.items[entry["item"]], entry.get("field", "text")
    words: str = getattr(item, name)
    if entry["replace"] not in words:
        raise ValueError(f"{entry['key']}: the words to replace are not in {entry['item']}")
    saved = plan_services.save_item(
        item=item,
        author=sample.people[entry["by"]],
        expected_revision=item.revision_number,
        values={name: words.replace(entry["replace"], entry["with"])},
    )
    if saved.revision is None:
        raise ValueError(f"{entry['key']}: changes nothing")
    return saved.revision
