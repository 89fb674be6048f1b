"""Writing together over real WebSockets: who gets in, what is seen, what is saved, what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from pspm.accounts.models import User
from pspm.drafting.hub import protocol
from pspm.drafting.lib0 import Reader
from pspm.drafting.models import LiveEdit
from pspm.extensions import db
from pspm.plans import services as plan_services
from pspm.plans.models import PlanStatus, Revision
from tests.client import CheckedClient
from tests.drafting.conftest import Scene, serving
from tests.drafting.typist import Typist
from tests.factories import make_user

Begin = Callable[..., Typist]
SignIn = Callable[[User], CheckedClient]


def list_revisions(scene: Scene) -> list[tuple[int, str]]:
    """The text's revisions: author and words."""
    db.session.rollback()
    rows = db.session.execute(
        select(Revision.author_id, Revision.after)
        .where(Revision.item_id == scene.item.id)
        .order_by(Revision.number)
    )
    return [(author_id, after["text"]) for author_id, after in rows]


def wait_revisions(typist: Typist, scene: Scene, count: int) -> list[tuple[int, str]]:
    typist.wait(lambda: len(list_revisions(scene)) >= count)
    return list_revisions(scene)


def test_a_writer_gets_the_text(typist: Begin, scene: Scene) -> None:
    assert typist(scene.anna).markdown.strip() == "The first words."


def test_what_one_types_the_other_sees_when_it_is_on_disk(typist: Begin, scene: Scene) -> None:
    anna, bruno = typist(scene.anna), typist(scene.bruno)
    anna.type(" And more.")
    bruno.wait(lambda: "And more." in bruno.markdown)
    anna.wait_saved()
    db.session.rollback()
    assert db.session.scalars(select(LiveEdit.author_id)).all() == [scene.anna.id]


def test_a_burst_becomes_one_revision_of_its_author(typist: Begin, scene: Scene) -> None:
    anna = typist(scene.anna)
    for word in (" One", " two", " three."):
        anna.type(word)
    anna.wait_saved()
    revisions = wait_revisions(anna, scene, 2)
    assert [(author, text.strip()) for author, text in revisions[1:]] == [
        (scene.anna.id, "The first words. One two three.")
    ]


def test_two_who_type_at_once_have_a_revision_each(typist: Begin, scene: Scene) -> None:
    anna, bruno = typist(scene.anna), typist(scene.bruno)
    for number in range(5):
        anna.type(f" a{number}")
        bruno.type(f" b{number}")
    anna.wait_saved()
    bruno.wait_saved()
    revisions = wait_revisions(anna, scene, 3)
    assert {author for author, _text in revisions[1:]} == {scene.anna.id, scene.bruno.id}
    anna.wait(lambda: anna.markdown == bruno.markdown or bruno.read(0.01) is not None)
    assert revisions[-1][1] == anna.markdown
    assert all(f"{who}{number}" in anna.markdown for who in "ab" for number in range(5))


def test_edits_of_one_who_was_away_merge(typist: Begin, scene: Scene) -> None:
    anna, bruno = typist(scene.anna), typist(scene.bruno)
    anna.leave()
    anna.type(" Written on the train.", send=False)
    bruno.type(" Written at the desk.")
    bruno.wait_saved()
    anna.connect()
    anna.wait_saved()
    bruno.wait(lambda: "train" in bruno.markdown)
    anna.wait(lambda: "desk" in anna.markdown)
    assert anna.markdown == bruno.markdown


def test_writers_at_two_servers_see_each_other(app: Flask, typist: Begin, scene: Scene) -> None:
    """The servers share the database and nothing else."""
    with serving(app) as other:
        anna, bruno = typist(scene.anna), typist(scene.bruno, address=other)
        anna.type(" From the first.")
        bruno.wait(lambda: "From the first" in bruno.markdown)
        bruno.type(" From the second.")
        anna.wait(lambda: "From the second" in anna.markdown)
        assert anna.markdown == bruno.markdown
        revisions = wait_revisions(anna, scene, 3)
        bruno.leave()
    assert {author for author, _text in revisions[1:]} == {scene.anna.id, scene.bruno.id}


def test_a_form_saved_meanwhile_flows_into_the_text(typist: Begin, scene: Scene, sign_in: SignIn) -> None:
    anna = typist(scene.anna)
    page = sign_in(scene.bruno)
    form = {"title": "Services online", "text": "The very first words.", "expected_revision": "1"}
    answer = page.post(f"/plans/{scene.item.plan.public_id}/items/{scene.item.public_id}/edit", data=form)
    assert answer.status_code == 303
    anna.wait(lambda: "very first" in anna.markdown)
    anna.type(" Yes.")
    anna.wait_saved()
    assert [text.strip() for _author, text in wait_revisions(anna, scene, 3)] == [
        "The first words.",
        "The very first words.",
        "The very first words. Yes.",
    ]


def test_a_form_beside_the_live_text_leaves_it_alone(typist: Begin, scene: Scene, sign_in: SignIn) -> None:
    anna = typist(scene.anna)
    anna.type(" More.")
    anna.wait_saved()
    form = {"title": "Other title", "text": "stale", "text_is_live": "1", "expected_revision": "1"}
    sign_in(scene.anna).post(
        f"/plans/{scene.item.plan.public_id}/items/{scene.item.public_id}/edit", data=form
    )
    anna.wait(lambda: len(list_revisions(scene)) >= 3)
    db.session.refresh(scene.item)
    assert (scene.item.title, scene.item.text.strip()) == ("Other title", "The first words. More.")


def test_what_was_shown_as_saved_is_in_the_consulted_text(typist: Begin, scene: Scene) -> None:
    anna = typist(scene.anna)
    anna.type(" The last words before.")
    anna.wait_saved()
    db.session.rollback()
    plan_services.start_consultation(plan=scene.item.plan, author=scene.anna)
    db.session.commit()
    assert list_revisions(scene)[-1][1].strip() == "The first words. The last words before."
    anna.type(" Too late.")
    assert anna.wait_closed() == 4403
    assert "Too late" not in list_revisions(scene)[-1][1]


@pytest.mark.parametrize("origin", ["https://elsewhere.example", ""])
def test_other_sites_get_nothing(typist: Begin, scene: Scene, origin: str) -> None:
    with pytest.raises(InvalidStatus):
        typist(scene.anna, origin=origin or None if origin else "null")


def test_one_without_the_right_gets_no_byte(typist: Begin, scene: Scene) -> None:
    stranger = typist(make_user(name="Stranger"))
    assert (stranger.close_code, stranger.markdown) == (4403, "")


def test_one_whose_role_is_taken_away_is_cut_off(typist: Begin, scene: Scene) -> None:
    anna, bruno = typist(scene.anna), typist(scene.bruno)
    db.session.rollback()
    member = next(each for each in scene.item.plan.members if each.user_id == scene.bruno.id)
    plan_services.remove_member(member=member)
    db.session.commit()
    bruno.type(" I was here.")
    assert bruno.wait_closed() == 4403
    anna.type(" Gone.")
    anna.wait_saved()
    assert "I was here" not in anna.markdown
    assert bruno.markdown.strip() == "The first words. I was here."


def test_one_who_only_looks_is_cut_off_too(typist: Begin, scene: Scene) -> None:
    bruno = typist(scene.bruno)
    db.session.rollback()
    scene.bruno.session_epoch += 1
    db.session.commit()
    assert bruno.wait_closed() == 4401


def test_who_is_here(typist: Begin, scene: Scene) -> None:
    anna, bruno = typist(scene.anna), typist(scene.bruno)
    anna.show_presence({"id": scene.anna.public_id, "name": "Anna"})
    bruno.wait(lambda: anna.document.client_id in bruno.presences)
    anna.leave()
    bruno.wait(lambda: bruno.presences[anna.document.client_id] is None)


def test_nobody_goes_under_anothers_name(typist: Begin, scene: Scene) -> None:
    anna, bruno = typist(scene.anna), typist(scene.bruno)
    anna.show_presence({"id": scene.bruno.public_id, "name": "Bruno"})
    anna.type(" x")
    bruno.wait(lambda: "x" in bruno.markdown)
    assert bruno.presences == {}


@pytest.mark.parametrize(
    "message", [b"", b"\x09", b"\x00\x02\xff", b"\x00\x02\x04junk", b"\x01\x03abc", b"\x00\x00\x03xyz"]
)
def test_what_is_no_message_ends_the_connection(typist: Begin, scene: Scene, message: bytes) -> None:
    anna, bruno = typist(scene.anna), typist(scene.bruno)
    anna.send(message)
    assert anna.wait_closed() == 1003
    bruno.type(" Unharmed.")
    bruno.wait_saved()
    assert bruno.markdown.strip() == "The first words. Unharmed."


def test_a_flood_ends_the_connection(typist: Begin, scene: Scene) -> None:
    anna = typist(scene.anna)
    for _ in range(1_000):
        anna.send(bytes((protocol.ASK_AWARENESS,)))
    assert anna.wait_closed() == 4413


def test_a_frozen_plan_is_not_opened(typist: Begin, scene: Scene) -> None:
    scene.item.plan.status = PlanStatus.APPROVED
    assert typist(scene.anna).close_code == 4403


def test_who_looks_at_the_outline_hears_of_changes_and_of_writers(
    address: str, typist: Begin, scene: Scene, sign_in: SignIn
) -> None:
    plan = scene.item.plan.public_id
    with watching(address, plan, sign_in(scene.bruno)) as socket:
        news = read_news(socket)
        assert news == {"kind": "plan", "stamp": scene.item.plan.stamp, "people": []}
        typist(scene.anna)
        (person,) = read_news(socket)["people"]
        assert (person["item"], person["name"]) == (scene.item.public_id, "Anna")
        form = {"title": "Another", "text": ""}
        answer = sign_in(scene.anna).post(f"/plans/{plan}/items/new?kind=section", data=form)
        assert answer.status_code == 303
        assert read_news(socket)["stamp"] > news["stamp"]


def test_the_outline_of_others_is_silent(address: str, scene: Scene, sign_in: SignIn) -> None:
    watched = watching(address, scene.item.plan.public_id, sign_in(make_user()))
    with watched as socket, pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=20)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4403


def test_who_may_no_longer_look_hears_nothing_more(address: str, scene: Scene, sign_in: SignIn) -> None:
    with watching(address, scene.item.plan.public_id, sign_in(scene.bruno)) as socket:
        read_news(socket)
        db.session.rollback()
        scene.bruno.session_epoch += 1
        db.session.commit()
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=20)


def watching(address: str, plan: str, client: CheckedClient) -> connect:
    cookie = client.get_cookie("session")
    assert cookie is not None
    headers = {"Cookie": f"session={cookie.value}"}
    url = f"{address.replace('http', 'ws', 1)}/live/plans/{plan}"
    return connect(url, origin=Origin(address), additional_headers=headers)


def read_news(socket: ClientConnection) -> dict[str, Any]:
    content = socket.recv(timeout=20)
    assert isinstance(content, bytes)
    message = Reader(content)
    assert message.number() == protocol.NEWS
    told: dict[str, Any] = json.loads(message.payload())
    return told
