"""Loads the people and the bodies of the sample data."""

from __future__ import annotations

from pspm.accounts import queries as account_queries
from pspm.accounts.models import Body, BodyKind, BodyRole, User
from pspm.accounts.passwords import hash_password
from pspm.accounts.services import bodies as body_services
from pspm.accounts.services import invitations as invitation_services
from pspm.accounts.services import membership as membership_services
from pspm.core.clock import now
from pspm.extensions import db
from pspm.seeds.reading import Entry, read
from pspm.seeds.sample import Sample, on_day

PASSWORD = "sample-password-2026"  # noqa: S105 - printed for everybody who loads the sample data
SIGNED_UP, ASKED, JOINED = -150, -149, -148
"""Days."""


def list_people() -> list[Entry]:
    """The people as the data file describes them, in its order."""
    people: list[Entry] = read("people.yml")
    return people


def load_accounts(sample: Sample) -> None:
    """People first, then the bodies that they register and join."""
    entries = list_people()
    with on_day(SIGNED_UP):
        # One hash for all, since each costs tens of milliseconds by design.
        password_hash = hash_password(PASSWORD)
        for entry in entries:
            sample.people[entry["key"]] = _add_person(entry, password_hash)
    for entry in read("bodies.yml"):
        sample.bodies[entry["key"]] = _load_body(entry, _manager(entries, entry["key"], sample))
    for entry in entries:
        for key, role in entry.get("memberships", {}).items():
            _join(sample.people[entry["key"]], sample.bodies[key], BodyRole(role))


def _add_person(entry: Entry, password_hash: str) -> User:
    """Services would send a confirmation that nobody can press."""
    user = User(
        email=entry["email"],
        name=entry["name"],
        password_hash=password_hash,
        locale=entry["language"],
        email_confirmed_at=now(),
        is_admin=entry.get("administrator", False),
        is_curator=entry.get("curator", False),
    )
    db.session.add(user)
    db.session.flush()
    return user


def _manager(entries: list[Entry], body_key: str, sample: Sample) -> User:
    """The person who registers the body."""
    key = next(e["key"] for e in entries if e.get("memberships", {}).get(body_key) == "manager")
    return sample.people[key]


def _load_body(entry: Entry, manager: User) -> Body:
    """Register the body, or use the one that an imported register holds."""
    code = entry["ipa_code"]
    body = account_queries.find_body_by_ipa_code(code) if code else None
    if body is not None:
        return body
    with on_day(ASKED):
        body = _request_body(entry, manager)
    with on_day(JOINED):
        body_services.approve_body(body=body)
    return body


def _request_body(entry: Entry, person: User) -> Body:
    return body_services.request_body(
        user=person,
        name=entry["name"],
        acronym=entry["acronym"],
        kind=BodyKind(entry["kind"]),
        ipa_code=entry["ipa_code"],
        country=entry["country"],
        website=entry["website"],
    )


def _join(person: User, body: Body, role: BodyRole) -> None:
    db.session.expire(person, ["memberships"])
    if person.role_in(body.id) is not None:
        return
    with on_day(JOINED):
        membership = membership_services.request_membership(user=person, body=body)
        membership_services.approve_member(membership=membership, role=role)
    db.session.expire(person, ["memberships"])


def load_waiting(sample: Sample) -> None:
    """What an administrator and the managers find to decide."""
    waiting = read("waiting.yml")
    body, membership, invitation = waiting["body"], waiting["membership"], waiting["invitation"]
    with on_day(-2):
        _request_body(body, sample.people[body["by"]])
        membership_services.request_membership(
            user=sample.people[membership["by"]], body=sample.bodies[membership["body"]]
        )
    with on_day(-1):
        invitation_services.invite(
            body=sample.bodies[invitation["body"]],
            email=invitation["email"],
            role=BodyRole(invitation["role"]),
            author=sample.people[invitation["by"]],
            locale=invitation["language"],
        )
