"""Loads the good practices, each as far on its way as the data file says."""

from __future__ import annotations

from pspm.accounts.models import User
from pspm.practices import services as practice_services
from pspm.practices.models import Practice, PracticeStatus
from pspm.practices.services.writing import FIELDS
from pspm.seeds.reading import FOLDER, Entry, read_all
from pspm.seeds.sample import Sample, on_day

FIRST_DAY, DAYS_APART, DAYS_OF_A_CHECK = -139, 5, 3


def load_practices(sample: Sample) -> None:
    curator = next(person for person in sample.people.values() if person.is_curator)
    # By title, so that the languages alternate.
    for place, entry in enumerate(sorted(read_all("practices/*.yml"), key=lambda e: str(e["title"]).lower())):
        _load_practice(sample, curator, entry, FIRST_DAY + place * DAYS_APART)


def _load_practice(sample: Sample, curator: User, entry: Entry, day: int) -> None:
    author = sample.people[entry["author"]]
    with on_day(day):
        practice = practice_services.create_practice(
            body=sample.bodies[entry["owner"]],
            author=author,
            values={name: entry[name] for name in FIELDS if name in entry},
        )
        for filename in entry.get("attachments", []):
            data = (FOLDER / "attachments" / filename).read_bytes()
            practice_services.add_attachment(practice=practice, author=author, filename=filename, data=data)
        for key in entry["objectives"]:
            practice_services.link_item(practice=practice, item=sample.get_item(key))
    _bring_to(practice, PracticeStatus(entry["status"]), curator, entry, day)


def _bring_to(practice: Practice, status: PracticeStatus, curator: User, entry: Entry, day: int) -> None:
    if status is PracticeStatus.DRAFT:
        return
    with on_day(day + 1):
        practice_services.submit_practice(practice=practice)
    with on_day(day + DAYS_OF_A_CHECK):
        if status is PracticeStatus.PUBLISHED:
            practice_services.publish_practice(practice=practice)
        elif status is PracticeStatus.RETURNED:
            practice_services.return_practice(practice=practice, curator=curator, remark=entry["remarks"])
