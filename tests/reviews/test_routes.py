"""The pages of rounds and contributions: who gets in, what they do there, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from lxml import html

from pspm.core.clock import now
from pspm.extensions import db
from pspm.plans.models import PlanStatus
from pspm.reviews import services
from pspm.reviews.forms import RoundForm
from pspm.reviews.models import Audience, Contribution, Outcome, Round
from tests.client import CheckedClient, check_html
from tests.factories import make_body, make_plan, make_user
from tests.reviews.world import World, current_revision

SignIn = Callable[..., CheckedClient]
HTMX = {"HX-Request": "true"}


def comment_data(world: World, item: str = "objective", **values: str) -> dict[str, str]:
    revision = current_revision(world.items[item]).public_id
    return {"aspect": "general", "quote": "", "text": "A remark.", "revision": revision, **values}


def item_url(world: World, item: str = "objective") -> str:
    return world.url(f"/items/{world.items[item].public_id}")


def round_data(**values: Any) -> dict[str, Any]:
    return {
        "title": "What do you think?",
        "introduction": "",
        "audience": "signed_in",
        "opens_at": "2026-03-29T01:30",
        "closes_at": "2026-06-30T17:00",
        **values,
    }


# Who gets in


def test_visitor_is_asked_to_sign_in_and_keeps_the_comment(world: World, client: CheckedClient) -> None:
    data = comment_data(world, text="Typed at length")
    assert client.get(world.url()).status_code == 302
    answer = client.post(item_url(world), data=data)
    assert answer.status_code == 401
    assert "Typed at length" in answer.text


def test_private_round_is_as_if_it_were_not_there(world: World, sign_in: SignIn) -> None:
    world.round.audience = Audience.INVITED
    world.round.bodies = [world.body]
    comment = world.comment()
    paths = ["", f"/items/{world.items['goal'].public_id}", "/register", "/register.csv", "/decisions"]
    paths.append(f"/contributions/{comment.public_id}")
    stranger, reviewer = sign_in(world.stranger), sign_in(world.reviewer)
    assert {stranger.get(world.url(path)).status_code for path in paths} == {404}
    assert stranger.post(item_url(world), data=comment_data(world)).status_code == 404
    assert [reviewer.get(world.url(path)).status_code for path in paths] == [200, 200, 200, 200, 403, 200]


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


def test_those_who_write_the_plan_reply_and_do_not_comment(world: World, sign_in: SignIn) -> None:
    parent = world.comment()
    drafter = sign_in(world.drafter)
    assert drafter.post(item_url(world), data=comment_data(world)).status_code == 403
    answer = drafter.post(item_url(world), data=comment_data(world, parent=parent.public_id))
    assert answer.status_code == 303
    assert 'id="comment-' not in drafter.get(item_url(world)).text
    assert f'id="reply-{parent.public_id}"' in drafter.get(f"{item_url(world)}?reply={parent.public_id}").text


def test_contribution_of_another_person_is_theirs(world: World, sign_in: SignIn) -> None:
    url = world.url(f"/contributions/{world.comment().public_id}")
    stranger = sign_in(world.stranger)
    assert stranger.get(url).status_code == 200
    assert stranger.get(f"{url}/edit").status_code == 403
    assert stranger.post(f"{url}/edit", data={"text": "Mine"}).status_code == 403
    assert stranger.post(f"{url}/withdraw").status_code == 403


def test_threads_of_one_page_have_ids_of_their_own(world: World, sign_in: SignIn) -> None:
    client, parent = sign_in(world.reviewer), world.comment("goal")
    opened = [
        client.get(item_url(world, "section"), headers=HTMX).text,
        client.get(item_url(world, "objective"), headers=HTMX).text,
        client.get(f"{item_url(world, 'goal')}?reply={parent.public_id}", headers=HTMX).text,
    ]
    check_html("".join(opened))


def test_summary_of_what_is_wrong_leads_to_the_field(world: World, sign_in: SignIn) -> None:
    answer = sign_in(world.reviewer).post(item_url(world), data=comment_data(world, text=""))
    page = html.fromstring(answer.text)
    (target,) = page.xpath("//*[@class='error-summary']//a/@href")
    assert page.get_element_by_id(target.removeprefix("#")).get("name") == "text"


# Comment, reply, edit, withdraw


def test_comment_leads_to_its_place_in_the_thread(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.reviewer)
    answer = client.post(item_url(world), data=comment_data(world, quote="online  by 2028.", text="*Bold*"))
    comment = db.session.query(Contribution).one()
    assert answer.status_code == 303
    assert answer.location.endswith(f"{item_url(world)}?page=1#c-{comment.public_id}")
    page = client.get(answer.location).text
    assert "<em>Bold</em>" in page
    assert '<blockquote class="quote">online by 2028.</blockquote>' in page
    assert "ADT" in page


@pytest.mark.parametrize(
    ("typed", "language"), [({}, "it"), ({"language": "de"}, "de"), ({"language": "xx"}, None)]
)
def test_comment_knows_the_language_that_it_is_written_in(
    world: World, sign_in: SignIn, typed: dict[str, str], language: str | None
) -> None:
    italian = {"Accept-Language": "it"}
    answer = sign_in(world.reviewer).post(item_url(world), data=comment_data(world, **typed), headers=italian)
    assert answer.status_code == (303 if language else 422)
    assert [comment.language for comment in db.session.query(Contribution)] == (
        [language] if language else []
    )


def test_edit_sets_the_language_right(world: World, sign_in: SignIn) -> None:
    comment = world.comment(text="Bene così", language="en")
    url = world.url(f"/contributions/{comment.public_id}/edit")
    client = sign_in(world.reviewer)
    assert '<option selected value="en">English</option>' in client.get(url).text
    assert client.post(url, data={"text": "Bene"}, headers={"Accept-Language": "it"}).status_code == 303
    assert comment.language == "en"
    assert client.post(url, data={"text": "Bene", "language": "it"}).status_code == 303
    assert comment.language == "it"


@pytest.mark.parametrize(
    "path",
    [
        "{round}",
        "{round}/items/{item}",
        "{round}/contributions/{comment}",
        "{round}/decisions",
        "{round}/decisions/{comment}",
        "{round}/register",
        "/plans/{plan}/items/{item}/chain",
    ],
)
def test_comment_in_another_language_than_the_page_says_so(world: World, sign_in: SignIn, path: str) -> None:
    comment = world.comment(text="Troppo vago", language="it", quote="online by 2028.")
    address = path.format(
        round=world.url(),
        item=world.items["objective"].public_id,
        comment=comment.public_id,
        plan=world.plan.public_id,
    )
    client = sign_in(world.coordinator)
    for page, text, quote in (("en", "it", None), ("it", None, "en")):
        read = html.fromstring(client.get(address, headers={"Accept-Language": page}).text)
        said = [each for each in read.iter("div", "a") if "".join(each.itertext()).strip() == "Troppo vago"]
        assert [each.get("lang") for each in said] == [text]
        assert {each.get("lang") for each in read.iter("blockquote")} <= {quote}


def test_htmx_gets_the_thread_alone(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.reviewer)
    assert client.get(item_url(world), headers=HTMX).text.lstrip().startswith("<section")
    answer = client.post(item_url(world), data=comment_data(world, text="First"), headers=HTMX)
    assert answer.status_code == 200
    parent = db.session.query(Contribution).one()
    answer = client.post(
        item_url(world), data=comment_data(world, text="Second", parent=parent.public_id), headers=HTMX
    )
    assert "First" in answer.text
    assert "Second" in answer.text
    assert answer.text.lstrip().startswith("<section")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("quote", "never written", "not in the text"),
        ("text", "", "Write something"),
        ("aspect", "measure", "Choose one of the list"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    world: World, sign_in: SignIn, field: str, value: str, message: str
) -> None:
    data = comment_data(world, text="Typed at length") | {field: value}
    answer = sign_in(world.reviewer).post(item_url(world), data=data)
    assert answer.status_code == 422
    assert message in answer.text
    assert field == "text" or "Typed at length" in answer.text
    assert db.session.query(Contribution).count() == 0


def test_comment_sent_after_the_close_stays_on_the_page(world: World, sign_in: SignIn) -> None:
    data = comment_data(world, text="Typed at length")
    world.round.closes_at = now() - timedelta(seconds=1)
    answer = sign_in(world.reviewer).post(item_url(world), data=data)
    assert answer.status_code == 422
    assert "closed" in answer.text
    assert "Typed at length" in answer.text


def test_reply_that_is_wrong_stays_under_its_comment(world: World, sign_in: SignIn) -> None:
    parent = world.comment()
    data = comment_data(world, text=" ", parent=parent.public_id)
    answer = sign_in(world.stranger).post(item_url(world), data=data)
    assert answer.status_code == 422
    assert f'id="reply-{parent.public_id}"' in answer.text


def test_unknown_revision_or_parent_is_not_found(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.reviewer)
    assert client.post(item_url(world), data=comment_data(world, revision="x")).status_code == 404
    assert client.post(item_url(world), data=comment_data(world, parent="x")).status_code == 404


def test_author_edits_and_withdraws(world: World, sign_in: SignIn) -> None:
    comment = world.comment(text="First words")
    url = world.url(f"/contributions/{comment.public_id}")
    author, other = sign_in(world.reviewer), sign_in(world.stranger)
    assert "First words" in author.get(f"{url}/edit").text
    assert author.post(f"{url}/edit", data={"text": ""}).status_code == 422
    assert author.post(f"{url}/edit", data={"text": "Better words"}).status_code == 303
    page = other.get(url).text
    assert "Better words" in page
    assert "First words" in page
    assert author.post(f"{url}/withdraw").status_code == 303
    for path in (url, item_url(world), world.url()):
        assert "Better words" not in other.get(path).text


def test_edit_after_the_close_keeps_what_was_typed(world: World, sign_in: SignIn) -> None:
    comment = world.comment()
    world.round.closes_at = now() - timedelta(seconds=1)
    url = world.url(f"/contributions/{comment.public_id}/edit")
    answer = sign_in(world.reviewer).post(url, data={"text": "Typed too late"})
    assert answer.status_code == 422
    assert "Typed too late" in answer.text


def test_earlier_text_is_shown_with_what_has_changed(world: World, sign_in: SignIn) -> None:
    comment = world.comment()
    world.edit(text="All services are online by 2030.")
    page = sign_in(world.stranger).get(world.url(f"/contributions/{comment.public_id}")).text
    assert "Made on an earlier text" in page
    assert "<del>" in page


def test_public_page_of_a_comment_shows_nothing_of_a_draft(world: World, client: CheckedClient) -> None:
    comment = world.comment()
    world.edit(text="Words of a draft that nobody has approved.")
    world.round.published_at = now()
    answer = client.get(world.url(f"/contributions/{comment.public_id}"))
    assert answer.status_code == 200
    assert "Words of a draft" not in answer.text


# Rounds


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


# The desk


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


# What pages cost


@pytest.mark.parametrize(
    "path", ["", "/decisions", "/register", "/items/{item}", "/contributions/{contribution}"]
)
def test_pages_cost_the_same_with_one_comment_and_with_many(
    world: World, sign_in: SignIn, count_queries: Callable[[], Any], path: str
) -> None:
    first = world.comment()
    url = world.url(path.format(item=world.items["objective"].public_id, contribution=first.public_id))
    client = sign_in(world.coordinator)
    costs = []
    for _turn in range(2):
        client.get(url)
        with count_queries() as queries:
            assert client.get(url).status_code == 200
        costs.append(len(queries))
        for _more in range(5):
            author = make_user(body=make_body())
            comment = world.comment(author=author)
            world.comment(author=author, parent=first)
            services.draft_decision(
                contribution=comment, author=world.coordinator, outcome=Outcome.ACCEPTED, reason="Right."
            )
            services.publish_decisions(round=world.round, author=world.coordinator)
    assert costs[0] == costs[1]


def test_reading_page_costs_two_queries(
    world: World, sign_in: SignIn, count_queries: Callable[[], Any]
) -> None:
    client, url = sign_in(world.reviewer), world.url()
    client.get(url)
    with count_queries() as queries:
        client.get(url)
    reads = [query for query in queries if query.startswith("SELECT")]
    assert len(reads) == 2  # the person; the round with its plan
