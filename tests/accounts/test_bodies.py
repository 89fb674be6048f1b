"""The list of bodies, registering one, deciding on requests, editing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pspm.accounts.models import Body, BodyKind, BodyRole, BodyStatus, User
from pspm.accounts.queries import list_bodies
from pspm.accounts.services import bodies
from pspm.core.errors import StateConflict
from pspm.core.mail import Mail
from pspm.extensions import db
from tests.accounts.conftest import link_in
from tests.client import CheckedClient
from tests.factories import make_body, make_membership, make_user

Outbox = Callable[[], list[Mail]]
SignIn = Callable[[User], CheckedClient]
REQUEST = {
    "name": "Agenzia per l'Acqua",
    "acronym": "AA",
    "kind": "agency",
    "ipa_code": "a_acqua",
    "country": "it",
    "website": "https://www.acqua.example.it/",
}


def _names(**filters: object) -> list[str]:
    page = list_bodies(**filters)  # type: ignore[arg-type]
    return [body.name for body in page.items]


def test_list_is_public_and_holds_registered_bodies(client: CheckedClient) -> None:
    make_body(name="Ministry of Roads", acronym="MR", ipa_code="m_r", country="LV")
    make_body(name="Asked for", status=BodyStatus.REQUESTED)
    make_body(name="Refused", status=BodyStatus.DECLINED)
    page = client.get("/bodies").text
    assert "Ministry of Roads (MR)" in page
    assert "IPA code m_r · LV" in page
    assert "Asked for" not in page
    assert "Refused" not in page


def test_search_reads_words_without_case_and_accents() -> None:
    make_body(name="Universita' degli Studi di Forlì", acronym="UniFo", ipa_code="uni_fo")
    make_body(name="Comune di Forlì", kind=BodyKind.LOCAL, ipa_code="c_fo")
    assert _names(search="FORLI università") == ["Universita' degli Studi di Forlì"]
    assert _names(search="forli") == ["Comune di Forlì", "Universita' degli Studi di Forlì"]
    assert _names(search="c_fo") == ["Comune di Forlì"]
    assert _names(search="forli", kind=BodyKind.LOCAL) == ["Comune di Forlì"]
    assert _names(search="100%") == []
    assert _names(search="' ; --") == ["Comune di Forlì", "Universita' degli Studi di Forlì"]


def test_exact_acronym_or_code_comes_first() -> None:
    make_body(name="A body of the inpsa kind")
    make_body(name="National institute", acronym="INPS")
    assert _names(search="inps")[0] == "National institute"


@pytest.mark.parametrize("query", ["", "?q=x&kind=nonsense&page=99", "?page=-1", "?page=nonsense"])
def test_list_answers_any_address(client: CheckedClient, query: str) -> None:
    assert client.get(f"/bodies{query}").status_code == 200


def test_list_is_paged_at_a_constant_cost(client: CheckedClient, count_queries: Callable[[], object]) -> None:
    counts = []
    for extra in (1, 30):
        for number in range(extra):
            make_body(name=f"Body {extra} {number:02}")
        with count_queries() as queries:  # type: ignore[attr-defined]
            page = client.get("/bodies").text
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "Page 1 of 2" in page
    assert "Body 30 29" in client.get("/bodies?page=2").text


def test_body_page_shows_members_to_members_only(client: CheckedClient, sign_in: SignIn) -> None:
    body = make_body(website="https://roads.example.org", category="Ministries")
    member = make_user(body=body, name="Mara Member")
    public = client.get(f"/bodies/{body.public_id}").text
    assert "https://roads.example.org" in public
    assert "Mara Member" not in public
    assert "Mara Member" in sign_in(member).get(f"/bodies/{body.public_id}").text
    assert "Mara Member" not in sign_in(make_user(name="Stranger")).get(f"/bodies/{body.public_id}").text
    assert "Nobody belongs" in sign_in(make_user(is_admin=True)).get(f"/bodies/{make_body().public_id}").text


def test_body_page_costs_the_same_with_many_members(
    sign_in: SignIn, count_queries: Callable[[], object]
) -> None:
    body = make_body()
    manager = make_user(body=body, role=BodyRole.MANAGER)
    counts = []
    for extra in (1, 5):
        for _number in range(extra):
            make_user(body=body)
        client = sign_in(manager)
        with count_queries() as queries:  # type: ignore[attr-defined]
            client.get(f"/bodies/{body.public_id}")
            client.get(f"/bodies/{body.public_id}/members")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_missing_body(client: CheckedClient) -> None:
    assert client.get("/bodies/nosuchbody00").status_code == 404


def test_register_approve_manage(sign_in: SignIn, client: CheckedClient, outbox: Outbox) -> None:
    person, admin = make_user(locale="en"), make_user(is_admin=True, locale="en")
    assert sign_in(person).get("/bodies/register").status_code == 200
    answer = sign_in(person).post("/bodies/register", data=REQUEST)
    body = db.session.query(Body).one()
    assert answer.location == f"/bodies/{body.public_id}"
    assert (body.kind, body.country, body.status) == (BodyKind.AGENCY, "IT", BodyStatus.REQUESTED)
    assert "Not registered yet" in sign_in(person).get(answer.location).text
    assert client.get(answer.location).status_code == 302
    assert sign_in(make_user()).get(answer.location).status_code == 404

    assert [mail.recipient for mail in outbox()] == [admin.email]
    page = sign_in(admin).get(link_in(outbox()[0])).text
    assert "Agenzia per l&#39;Acqua" in page
    answer = sign_in(admin).post(f"/bodies/{body.public_id}/approve")
    assert answer.location == "/bodies/requests"
    assert body.status is BodyStatus.APPROVED
    assert person.role_in(body.id) is BodyRole.MANAGER
    assert (outbox()[1].recipient, outbox()[1].subject) == (person.email, "Your body is registered")
    assert sign_in(person).get(f"/bodies/{body.public_id}/members").status_code == 200
    assert sign_in(admin).post(f"/bodies/{body.public_id}/approve").status_code == 409


def test_declining_needs_a_reason_and_frees_the_code(sign_in: SignIn, outbox: Outbox) -> None:
    person, admin = make_user(locale="en"), make_user(is_admin=True, locale="en")
    sign_in(person).post("/bodies/register", data=REQUEST)
    body = db.session.query(Body).one()
    path = f"/bodies/{body.public_id}/decline"
    answer = sign_in(admin).post(path, data={"reason": " "})
    assert answer.status_code == 422
    assert "Say why" in answer.text
    assert sign_in(admin).post(path, data={"reason": "Part of a ministry."}).status_code == 303
    assert (body.status, body.ipa_code) == (BodyStatus.DECLINED, None)
    assert "Part of a ministry." in outbox()[-1].body
    assert "Part of a ministry." in sign_in(person).get(f"/bodies/{body.public_id}").text
    assert sign_in(admin).post(path, data={"reason": "Again."}).status_code == 409
    assert sign_in(person).post("/bodies/register", data=REQUEST).status_code == 303


def test_requests_without_a_requester_can_be_decided(outbox: Outbox) -> None:
    first, second = make_body(status=BodyStatus.REQUESTED), make_body(status=BodyStatus.REQUESTED)
    bodies.approve_body(body=first)
    bodies.decline_body(body=second, reason="No.")
    assert (first.status, second.status) == (BodyStatus.APPROVED, BodyStatus.DECLINED)
    assert outbox() == []


def test_request_page_is_for_admins(sign_in: SignIn, client: CheckedClient) -> None:
    body = make_body(status=BodyStatus.REQUESTED)
    person = make_user()
    assert client.get("/bodies/requests").status_code == 302
    assert sign_in(person).get("/bodies/requests").status_code == 403
    for verb in ("approve", "decline"):
        assert sign_in(person).post(f"/bodies/{body.public_id}/{verb}").status_code == 403
    assert body.status is BodyStatus.REQUESTED


def test_request_page_costs_the_same_with_many_requests(
    sign_in: SignIn, count_queries: Callable[[], object]
) -> None:
    admin = make_user(is_admin=True)
    counts = []
    for extra in (1, 4):
        for _number in range(extra):
            make_body(status=BodyStatus.REQUESTED, requested_by=make_user())
            sign_in(make_user()).post(f"/bodies/{make_body().public_id}/join")
        client = sign_in(admin)
        with count_queries() as queries:  # type: ignore[attr-defined]
            client.get("/bodies/requests")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "Type the name of the body."),
        ("country", "Italy", "Type the two letters"),
        ("website", "www.acqua.it", "begins with http"),
        ("website", "http://no", "not a web address"),
        ("website", "http://a b.it", "not a web address"),
        ("website", "http://www.acqua.it:port", "not a web address"),
        ("ipa_code", "a acqua", "Letters, digits"),
        ("kind", "nonsense", "Choose one of the list"),
        ("kind", "", "Choose the kind"),
    ],
)
def test_register_says_what_is_wrong(sign_in: SignIn, field: str, value: str, message: str) -> None:
    answer = sign_in(make_user()).post("/bodies/register", data=REQUEST | {field: value})
    assert answer.status_code == 422
    assert message in answer.text
    assert db.session.query(Body).count() == 0


@pytest.mark.parametrize(
    ("status", "message"),
    [(BodyStatus.APPROVED, "look for it in the list"), (BodyStatus.REQUESTED, "already asked")],
)
def test_register_knows_the_code(sign_in: SignIn, status: BodyStatus, message: str) -> None:
    make_body(ipa_code="A_ACQUA", status=status)
    answer = sign_in(make_user()).post("/bodies/register", data=REQUEST)
    assert answer.status_code == 422
    assert message in answer.text


def test_bodies_without_code_are_many(sign_in: SignIn) -> None:
    for _number in range(2):
        answer = sign_in(make_user()).post("/bodies/register", data=REQUEST | {"ipa_code": ""})
        assert answer.status_code == 303
    assert [body.ipa_code for body in db.session.query(Body)] == [None, None]


def test_manager_edits_all_but_the_code(sign_in: SignIn) -> None:
    body = make_body(ipa_code="a_acqua", kind=BodyKind.LOCAL)
    manager = make_user(body=body, role=BodyRole.MANAGER)
    path = f"/bodies/{body.public_id}/edit"
    page = sign_in(manager).get(path).text
    assert '<option selected value="local">' in page
    assert "ipa_code" not in page
    answer = sign_in(manager).post(path, data=REQUEST | {"ipa_code": "stolen", "name": "New name"})
    assert answer.location == f"/bodies/{body.public_id}"
    assert (body.name, body.acronym, body.ipa_code) == ("New name", "AA", "a_acqua")
    assert _names(search="new name aa a_acqua") == ["New name"]
    assert sign_in(manager).post(path, data=REQUEST | {"name": ""}).status_code == 422


def test_admin_edits_the_code(sign_in: SignIn) -> None:
    body, other = make_body(), make_body(ipa_code="taken")
    client = sign_in(make_user(is_admin=True))
    path = f"/bodies/{body.public_id}/edit"
    assert client.post(path, data=REQUEST).status_code == 303
    assert body.ipa_code == "a_acqua"
    assert client.post(path, data=REQUEST | {"ipa_code": "A_acqua"}).status_code == 303
    answer = client.post(path, data=REQUEST | {"ipa_code": "Taken"})
    assert answer.status_code == 422
    assert other.name in answer.text


def test_editing_is_for_managers_and_admins(sign_in: SignIn, client: CheckedClient) -> None:
    body = make_body()
    planner = make_user()
    make_membership(planner, body, BodyRole.PLANNER)
    path = f"/bodies/{body.public_id}/edit"
    assert client.get(path).status_code == 302
    assert sign_in(planner).get(path).status_code == 404
    assert sign_in(planner).post(path, data=REQUEST).status_code == 404


def test_deciding_twice_is_refused_by_the_service() -> None:
    body = make_body()
    with pytest.raises(StateConflict):
        bodies.decline_body(body=body, reason="x")
    db.session.rollback()
