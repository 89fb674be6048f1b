"""“You said, we did”: what everybody may read, and as CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest

from pspm.core import jobs
from pspm.core.mail import Mail
from pspm.extensions import db
from pspm.reviews import services
from pspm.reviews.mails import tell_authors
from pspm.reviews.models import Contribution, Outcome
from pspm.reviews.services.decisions import PUBLICATION_JOB
from tests.client import CheckedClient
from tests.reviews.world import World

SignIn = Callable[..., CheckedClient]


@pytest.fixture
def said(world: World) -> dict[str, Contribution]:
    """A published decision, a drafted one, one that was withdrawn."""
    published = world.comment(text="=HYPERLINK(1)", quote="online by 2028.")
    drafted = world.comment("goal", author=world.stranger, text="Too vague")
    withdrawn = world.comment(text="Regretted")
    services.withdraw_contribution(contribution=withdrawn)
    change = world.edit(text="All services are online by 2030.")
    services.draft_decision(
        contribution=published,
        author=world.coordinator,
        outcome=Outcome.PARTLY_ACCEPTED,
        reason="Two more years.",
        revision=change,
    )
    services.publish_decisions(round=world.round, author=world.coordinator)
    services.draft_decision(
        contribution=drafted, author=world.coordinator, outcome=Outcome.DEFERRED, reason="A secret draft."
    )
    return {"published": published, "drafted": drafted, "withdrawn": withdrawn}


@pytest.mark.usefixtures("said")
def test_everybody_reads_what_was_said_and_done(world: World, client: CheckedClient) -> None:
    page = client.get(world.url("/register")).text
    for words in ("=HYPERLINK(1)", "Two more years.", "Partly accepted", "Too vague", "Not answered yet"):
        assert words in page
    assert "Withdrawn by its author" in page
    for words in ("Regretted", "A secret draft.", "Deferred</span>"):
        assert words not in page


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("outcome=partly_accepted", "Two more years.", "Too vague"),
        ("outcome=deferred", "No comment of this round", "Too vague"),
        ("q=vague", "Too vague", "Two more years."),
        ("q=years", "Two more years.", "Too vague"),
        ("q=secret", "No comment of this round", "Too vague"),
        ("q=regretted", "No comment of this round", "Withdrawn by its author"),
        ("outcome=nonsense", "Too vague", "No comment of this round"),
    ],
)
@pytest.mark.usefixtures("said")
def test_register_is_narrowed(
    world: World, client: CheckedClient, query: str, there: str, not_there: str
) -> None:
    page = client.get(world.url(f"/register?{query}")).text
    assert there in page
    assert not_there not in page


@pytest.mark.usefixtures("said")
def test_csv_holds_the_whole_register_and_no_formula(world: World, client: CheckedClient) -> None:
    answer = client.get(world.url("/register.csv"))
    assert answer.mimetype == "text/csv"
    text = answer.get_data().decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))
    assert [row["Comment"] for row in rows] == ["'=HYPERLINK(1)", "Too vague", "Withdrawn by its author."]
    assert [row["Outcome"] for row in rows] == ["Partly accepted", "Not answered yet", ""]
    assert rows[0]["Number"] == "1.1"
    assert [row["Language"] for row in rows] == ["en", "en", ""]
    assert rows[0]["Body"] == "Agency for digital things"
    assert rows[2]["By"] == ""
    assert "A secret draft." not in text


@pytest.mark.usefixtures("said")
def test_csv_follows_the_filters(world: World, client: CheckedClient) -> None:
    assert "Too vague" not in client.get(world.url("/register.csv?outcome=partly_accepted")).text


@pytest.mark.usefixtures("said")
def test_titles_of_a_later_draft_stay_inside(
    world: World, client: CheckedClient, sign_in: SignIn, said: dict[str, Contribution]
) -> None:
    world.edit(title="Secret new aim")
    world.edit("goal", title="Secret new aim")
    world.plan.title = "Secret new plan"
    paths = ["/register", "/register.csv"]
    paths += [f"/contributions/{each.public_id}" for each in said.values()]
    pages = [client.get(world.url(path)).text for path in paths]
    assert all("Everything online" in page or "Services for all" in page for page in pages)
    pages += [client.get(path).text for path in ("/", "/rounds")]
    pages += [sign_in(world.stranger).get(world.url(path)).text for path in paths[:2]]
    assert "ICT plan" in pages[0]
    assert [page for page in pages if "Secret" in page] == []


@pytest.mark.usefixtures("said")
def test_mail_to_authors_says_nothing_of_a_later_draft(world: World) -> None:
    world.edit(title="Secret new aim")
    world.plan.title = "Secret new plan"
    tell_authors(db.session.query(jobs.Job).filter_by(kind=PUBLICATION_JOB).one())
    bodies = [mail.subject + mail.body for mail in db.session.query(Mail)]
    assert any("Everything online" in body for body in bodies)
    assert [body for body in bodies if "Secret" in body] == []


def test_register_is_private_before_decisions_are_published(
    world: World, client: CheckedClient, sign_in: SignIn
) -> None:
    world.comment(text="Said")
    assert client.get(world.url("/register")).status_code == 302
    assert "Said" in sign_in(world.stranger).get(world.url("/register")).text


def test_trace_leads_from_comment_to_change(
    world: World, client: CheckedClient, said: dict[str, Contribution]
) -> None:
    page = client.get(world.url(f"/contributions/{said['published'].public_id}")).text
    assert "Two more years." in page
    assert "<ins>" in page
    assert "In the plan" not in page
    page = client.get(world.url(f"/contributions/{said['drafted'].public_id}")).text
    assert "Not answered yet" in page
    assert "A secret draft." not in page
    assert "Regretted" not in client.get(world.url(f"/contributions/{said['withdrawn'].public_id}")).text


def test_trace_leads_planners_to_the_history(
    world: World, sign_in: SignIn, said: dict[str, Contribution]
) -> None:
    page = sign_in(world.drafter).get(world.url(f"/contributions/{said['published'].public_id}")).text
    assert "In the plan" in page
