"""The pages of rounds and their desk: who gets in, and what they do there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from lxml import html

from pspm.core.clock import now
from pspm.extensions import db
from pspm.plans.models import PlanStatus
from pspm.reviews.forms import RoundForm
from pspm.reviews.models import Round
from tests.client import CheckedClient
from tests.factories import make_body, make_plan
from tests.reviews.pages import round_data
from tests.reviews.world import World

SignIn = Callable[..., CheckedClient]


def test_desk_and_settings_are_the_coordinators(world: World, sign_in: SignIn) -> None:
    comment = world.comment()
    paths = ["/edit", "/start", "/close", "/decisions", "/decisions/publish"]
    paths.append(f"/decisions/{comment.public_id}")
    drafter, coordinator = sign_in(world.drafter), sign_in(world.coordinator)
    assert {drafter.get(world.url(path)).status_code for path in paths} == {403}
    assert {coordinator.get(world.url(path)).status_code for path in paths} == {200}
    posts = ["/edit", "/start", "/close", "/decisions/publish", f"/decisions/{comment.public_id}"]
    assert {drafter.post(world.url(path)).status_code for path in posts} == {403}


def test_plan_of_others_takes_no_round(world: World, sign_in: SignIn) -> None:
    url = f"/plans/{world.plan.public_id}/rounds/new"
    assert sign_in(world.stranger).get(url).status_code == 404
    assert sign_in(world.drafter).get(url).status_code == 403
    assert sign_in(world.drafter).post(url, data=round_data()).status_code == 403
    assert sign_in(world.coordinator).get(url).status_code == 200


def test_coordinator_prepares_starts_and_closes_a_round(app: Any, sign_in: SignIn) -> None:
    plan = make_plan()
    client = sign_in(plan.created_by)
    data = round_data(closes_at="2099-06-30T17:00")
    answer = client.post(f"/plans/{plan.public_id}/rounds/new", data=data)
    round = db.session.query(Round).one()
    url = f"/rounds/{round.public_id}"
    assert answer.location.endswith(url)
    assert round.opens_at.isoformat() == "2026-03-29T00:30:00+00:00"
    assert round.closes_at.isoformat() == "2099-06-30T15:00:00+00:00"
    assert "Not started yet" in client.get(url).text
    assert client.post(f"{url}/start").status_code == 303
    db.session.expire_all()
    assert plan.status is PlanStatus.CONSULTATION
    assert client.post(f"{url}/start").status_code == 409
    assert client.post(f"{url}/close").status_code == 303
    assert plan.status is PlanStatus.CONSOLIDATION
    assert "This round has closed" in client.get(url).text


def test_bodies_are_found_by_search_and_ticked(app: Any, sign_in: SignIn) -> None:
    plan = make_plan()
    first, second = make_body(name="Comune di Trento"), make_body(name="Comune di Rovereto")
    make_body(name="Provincia")
    client = sign_in(plan.created_by)
    url = f"/plans/{plan.public_id}/rounds/new"
    data = round_data(audience="invited", bodies=[first.public_id], title="")
    page = client.post(url, data=data | {"body_search": "Rovereto", "search": "1"})
    assert page.status_code == 200
    assert first.public_id in page.text
    assert second.public_id in page.text
    assert "Provincia" not in page.text
    assert "No body is called" in client.post(url, data=data | {"body_search": "q", "search": "1"}).text
    data["title"] = "Invited"
    data["bodies"].append(second.public_id)
    assert client.post(url, data=data | {"body_search": ""}).status_code == 303
    assert {body.name for body in db.session.query(Round).one().bodies} == {first.name, second.name}


def test_new_round_suggests_times_of_the_sites_clock(app: Any) -> None:
    with app.test_request_context("/"):
        form = RoundForm.suggested(datetime(2026, 3, 27, 23, 30, tzinfo=UTC))  # the 28th in Rome
    assert form.opens_at.data == datetime(2026, 3, 29, 9)
    assert form.closes_at.data == datetime(2026, 4, 28, 18)
    assert form.values()["opens_at"] == datetime(2026, 3, 29, 7, tzinfo=UTC)


def test_enter_in_a_field_saves_the_round_and_in_the_search_searches(app: Any, sign_in: SignIn) -> None:
    plan = make_plan()
    body = make_body(name="Comune di Trento")
    client, url = sign_in(plan.created_by), f"/plans/{plan.public_id}/rounds/new"
    form = html.fromstring(client.get(url).text).xpath("//main//form")[0]
    first = form.xpath(".//button[@type='submit']")[0]
    assert (first.get("name"), first.get("tabindex")) == (None, "-1")
    assert form.xpath(".//input[@name='opens_at']/@value") != [""]
    page = client.post(url, data=round_data(body_search="trento"))
    assert (page.status_code, db.session.query(Round).count()) == (200, 0)
    assert body.public_id in page.text
    assert "One body found for “trento”." in page.text
    assert html.fromstring(page.text).xpath("//input[@name='body_search']/@value") == [""]
    assert client.post(url, data=round_data(body_search="", search="1")).status_code == 200
    assert client.post(url, data=round_data(body_search="")).status_code == 303


def test_settings_that_are_wrong_are_named(app: Any, sign_in: SignIn) -> None:
    plan = make_plan()
    client = sign_in(plan.created_by)
    url = f"/plans/{plan.public_id}/rounds/new"
    answer = client.post(url, data=round_data(closes_at="2026-01-01T00:00"))
    assert answer.status_code == 422
    assert "must close after it opens" in answer.text
    answer = client.post(url, data=round_data(audience="invited"))
    assert "at least one body" in answer.text
    assert client.post(url, data=round_data(title="")).status_code == 422


def test_open_round_is_extended(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.coordinator)
    page = client.get(world.url("/edit")).text
    assert 'name="closes_at"' in page
    assert 'name="opens_at"' not in page
    opened = world.round.opens_at
    data = {"title": "Longer", "closes_at": "2098-01-01T12:00"}
    assert client.post(world.url("/edit"), data=data).status_code == 303
    assert (world.round.title, world.round.closes_at.year, world.round.opens_at) == ("Longer", 2098, opened)


def test_list_of_rounds(world: World, sign_in: SignIn, client: CheckedClient) -> None:
    world.comment(parent=world.comment(), author=world.drafter)
    page = client.get("/rounds").text
    assert world.round.title in page
    assert "1 contribution" in page, "replies are none of their own, here as in the register"
    plan = f"/rounds?plan={world.plan.public_id}"
    assert "Prepare a round" in sign_in(world.coordinator).get(plan).text
    assert "Prepare a round" not in client.get(plan).text
    assert world.round.title not in client.get("/rounds?state=closed").text
    assert client.get("/rounds?plan=nothing").status_code == 404
    assert client.get("/rounds/nothing/register").status_code == 404


def test_rounds_of_a_plan_stand_among_its_pages(world: World, sign_in: SignIn, client: CheckedClient) -> None:
    address = f"/rounds?plan={world.plan.public_id}"
    working = html.fromstring(sign_in(world.coordinator).get(address).text)
    tabs = working.xpath("//nav[@aria-label='This plan']//a[@aria-current='page']")
    assert [each.text_content() for each in tabs] == ["Consultations"]
    assert "This plan" not in client.get(address).text


def test_round_that_opens_later_can_be_read(world: World, sign_in: SignIn) -> None:
    world.round.opens_at = now() + timedelta(days=1)
    page = sign_in(world.reviewer).get(world.url()).text
    assert "Opens soon" in page
    assert "#comment" not in page


def test_planner_works_through_the_comments(world: World, sign_in: SignIn) -> None:
    first, second = world.comment(), world.comment("goal")
    change = world.edit(text="All services are online by 2030.")
    client = sign_in(world.coordinator)
    desk = world.url("/decisions")
    assert "0 of 2" in client.get(desk).text
    page = client.get(f"{desk}/{first.public_id}").text
    assert change.public_id in page
    assert "Nobody fills in a form twice." in page, "the text that was read stands beside"
    data = {"outcome": "accepted", "reason": "Right.", "revision": change.public_id, "next": "1"}
    assert client.post(f"{desk}/{first.public_id}", data=data | {"reason": ""}).status_code == 422
    answer = client.post(f"{desk}/{first.public_id}", data=data)
    assert answer.location.endswith(second.public_id)
    answer = client.post(f"{desk}/{second.public_id}", data=data | {"revision": ""})
    assert answer.location.endswith(desk)
    assert 'selected value="' + change.public_id in client.get(f"{desk}/{first.public_id}").text
    assert "2 drafted decisions" in client.get(f"{desk}/publish").text
    assert client.post(f"{desk}/publish").status_code == 303
    assert client.post(f"{desk}/publish").status_code == 409
    assert "This decision is published" in client.get(f"{desk}/{first.public_id}").text


@pytest.mark.parametrize("language", ["it", "en"])
def test_filters_of_the_desk_have_labels_of_their_own(world: World, sign_in: SignIn, language: str) -> None:
    client = sign_in(world.coordinator)
    page = client.get(world.url("/decisions"), headers={"Accept-Language": language}).text
    labels = [label.text_content() for label in html.fromstring(page).xpath("//form[@role='search']//label")]
    assert len(labels) == len(set(labels)) == 5
