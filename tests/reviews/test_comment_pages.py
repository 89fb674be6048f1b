"""The pages of contributions: who gets in, what they do there, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from lxml import html

from pspm.core.clock import now
from pspm.extensions import db
from pspm.reviews import services
from pspm.reviews.models import Audience, Contribution, Outcome
from tests.client import CheckedClient, check_html
from tests.factories import make_body, make_user
from tests.reviews.pages import comment_data, item_url
from tests.reviews.world import World

SignIn = Callable[..., CheckedClient]
HTMX = {"HX-Request": "true"}


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
