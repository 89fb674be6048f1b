"""Nothing that can be typed, sent or put into an address breaks a page: whatever comes, no error of ours.

Every page is asked with odd addresses and queries; every form that its pages show is sent with odd
values, one field at a time. What these requests write is thrown away.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from lxml import html as lxml_html
from werkzeug.test import TestResponse

from pspm.accounts.models import BodyRole, Invitation, Membership, MembershipStatus
from pspm.core.clock import now
from pspm.extensions import db, limiter
from pspm.plans.models import Item, PlanRole
from pspm.practices.models import Attachment, PracticeStatus
from tests import factories
from tests.client import CheckedClient

# To run through a line with odd values proves nothing of it, and being watched doubles the time.
pytestmark = pytest.mark.no_cover

LONG = "x" * 30_001
ODD_TEXTS = (
    "",
    "nul\x00\x1b\u202e\ufffe😀",
    LONG,
    "-1",
    "9" * 40,
    "NaN",
    "2026-02-31",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "<script>alert(1)</script>\"'><img src=x>",
    "%s %(x)s {0} {{ 7*7 }}",
    "\r\nSet-Cookie: a=b",
    "/\t/[",
)
WORST = (LONG, "9" * 40, "1e400")
ODD_IDS = ("a%00b", "%F0%9F%98%80%ff", "..%2F..", "x" * 3000)
ODD_NUMBERS = ("0", "9" * 40)
QUERY_NAMES = (
    "page", "part", "before", "q", "at", "open", "all", "kind", "parent", "reply", "next", "plan", "state",
    "status", "author", "body", "old", "new", "year", "item", "outcome", "sector", "sdg", "country",
    "language", "sort", "email",
)  # fmt: skip


@dataclass
class World:
    """One of each thing, and the values of addresses that lead to them."""

    client: CheckedClient
    addresses: list[dict[str, Any]]


@pytest.fixture
def world(app: Flask, sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    """Seen by a person who may do everything; what requests write is never committed."""
    body = factories.make_body(name="The Body", acronym="TB")
    user = factories.make_user(body=body, role=BodyRole.MANAGER, is_admin=True, is_curator=True)
    others = factories.make_body()
    other = factories.make_user(body=others)
    waiting = Membership(
        user_id=other.id, body_id=body.id, role=BodyRole.MEMBER, status=MembershipStatus.REQUESTED
    )
    invitation = Invitation(
        email="new@example.org", body_id=body.id, role=BodyRole.MEMBER, invited_by_id=user.id
    )
    db.session.add_all([waiting, invitation])
    draft, consulted = (factories.make_plan(body=body, coordinator=user) for _ in range(2))
    own = factories.make_plan(body=others, coordinator=other)
    member = factories.make_plan_member(draft, other, PlanRole.DRAFTER)
    asked = [_with_round(plan) for plan in (consulted, own)]
    contribution = factories.make_contribution(asked[0][0], asked[0][1][0], other)
    mine = factories.make_contribution(asked[1][0], asked[1][1][0], user)
    items = list(factories.make_tree(draft).values())
    factories.make_version(draft)
    practice = factories.make_practice(body=body, author=user, status=PracticeStatus.DRAFT)
    attachment = Attachment(
        practice_id=practice.id, filename="a.txt", media_type="text/plain", size=1, sha256="0" * 64,
        uploaded_by_id=user.id,
    )  # fmt: skip
    db.session.add(attachment)
    db.session.flush()
    common = {
        "plan": draft.public_id, "number": 1, "body": body.public_id, "user": other.public_id,
        "member": member.public_id, "invitation": invitation.public_id, "practice": practice.public_id,
        "attachment": attachment.public_id, "filename": "css/none.css",
    }  # fmt: skip
    addresses = [{**common, "item": item.public_id} for item in items]
    for (round_, things), row in zip(asked, (contribution, mine), strict=True):
        addresses.append(
            {
                **common,
                "plan": round_.plan.public_id,
                "round": round_.public_id,
                "item": things[0].public_id,
                "contribution": row.public_id,
            }
        )
    client = _for_ever(sign_in(user))
    db.session.rollback()
    monkeypatch.setattr(limiter, "enabled", False)
    monkeypatch.setattr(db.session, "commit", db.session.flush)
    return World(client, addresses)


def _for_ever(client: CheckedClient) -> CheckedClient:
    """Signed in at each request, whatever the last one said: one of the forms signs out."""
    cookie = client.get_cookie("session")
    forgetful: CheckedClient = client.application.test_client(use_cookies=False)  # type: ignore[assignment]
    forgetful.environ_base["HTTP_COOKIE"] = f"session={cookie.value}"
    return forgetful


def _with_round(plan: Any) -> tuple[Any, list[Item]]:
    items = list(factories.make_tree(plan).values())
    return factories.make_round(plan, closes_at=now() + timedelta(days=2)), items


def test_odd_addresses_break_nothing(app: Flask, world: World) -> None:
    faults = []
    for rule in app.url_map.iter_rules():
        for name in rule.arguments & world.addresses[0].keys():
            odd = ODD_NUMBERS if name == "number" else ODD_IDS
            for value in odd:
                address = _address(rule, {**_values(world, rule), name: value})
                for method in rule.methods & {"GET", "POST"}:
                    faults += _ask(world.client, method, address)
    assert not faults, "\n".join(faults)


def test_odd_queries_break_nothing(app: Flask, world: World) -> None:
    faults = []
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods:
            continue
        address = _address(rule, _values(world, rule))
        searches = _searches(world.client.get(address))
        for value in ODD_TEXTS:
            query = dict.fromkeys(QUERY_NAMES, value)
            faults += _ask(world.client, "GET", address, query_string=query)
            if searches:
                faults += _ask(world.client, "GET", address, query_string={"q": value})
    assert not faults, "\n".join(faults)


def _searches(response: TestResponse) -> bool:
    """Whether the page has a field for words; what is no page may look for them unasked."""
    return response.mimetype != "text/html" or b'name="q"' in response.data


def test_odd_fields_break_nothing(app: Flask, world: World) -> None:
    faults = []
    for action, fields in _forms(app, world).items():
        for value in ODD_TEXTS:
            faults += _ask(world.client, "POST", action, data=dict.fromkeys(fields, value))
        for name in fields.keys() - {"csrf_token"}:
            for value in WORST:
                faults += _ask(world.client, "POST", action, data={**fields, name: value})
        faults += _ask(world.client, "POST", action, data={})
    assert not faults, "\n".join(faults)


def test_odd_files_break_nothing(app: Flask, world: World) -> None:
    faults = []
    names = ("a.pdf", "a.odt", "a.docx", "../../x.txt", "nul\x00.txt", "é" * 300 + ".csv", "", ".txt")
    for rule in ("documents.plan_import_upload", "practices.attachment_add"):
        found = next(each for each in app.url_map.iter_rules() if each.endpoint == rule)
        for name in names:
            for content in _odd_files():
                data = {"file": (io.BytesIO(content), name)}
                faults += _ask(world.client, "POST", _address(found, _values(world, found)), data=data)
    assert not faults, "\n".join(faults)


def _odd_files() -> list[bytes]:
    return [b"", b"x", b"\x00" * 100, b"PK\x03\x04" * 30, b"<" * 1000, b"%PDF-1.7", b"<StrategicPlan/>"]


def _values(world: World, rule: Any) -> dict[str, Any]:
    """What leads to a page; for those of rounds the address that has one."""
    return next((each for each in world.addresses if rule.arguments <= each.keys()), world.addresses[0])


def _address(rule: Any, values: dict[str, Any]) -> str:
    address = str(rule.rule)
    for name in rule.arguments:
        for converter in (f"<{name}>", f"<int:{name}>", f"<path:{name}>"):
            address = address.replace(converter, str(values.get(name, "none")))
    return address


def _ask(client: CheckedClient, method: str, address: str, **kwargs: Any) -> list[str]:
    """What went wrong, in a line, if anything did."""
    try:
        response = client.open(address, method=method, **kwargs)
    except Exception as error:
        db.session.rollback()
        what = f"{type(error).__name__}: {str(error)[:200]!r}"
    else:
        if response.status_code < 500:
            return []
        what = str(response.status_code)
    sent = {name: str(value)[:300] for name, value in kwargs.items()}
    return [f"{method} {address[:120]} {sent}: {what}"]


def _forms(app: Flask, world: World) -> dict[str, dict[str, str]]:
    """The forms that all pages show, by their address, with what the fields hold."""
    found: dict[str, dict[str, str]] = {}
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods:
            continue
        for address in dict.fromkeys(_address(rule, values) for values in world.addresses):
            response = world.client.get(address, query_string=_query(address))
            for action, fields in _forms_of(response, address):
                found[action] = {**dict(fields), **found.get(action, {})}
    return found


def _query(address: str) -> str:
    return "kind=goal" if address.endswith("/items/new") else ""


def _forms_of(response: TestResponse, address: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    if response.mimetype != "text/html" or not response.data:
        return
    tree = lxml_html.fromstring(response.get_data(as_text=True))
    for form in tree.xpath("//form[@method='post']"):
        fields = [(name, value or "") for name, value in form.form_values()]
        names = {field.get("name"): "" for field in form.xpath(".//*[@name]")}
        yield form.get("action") or response.request.full_path, [*{**names, **dict(fields)}.items()]
