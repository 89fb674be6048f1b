"""The life of an entry: writing, checking, publishing."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from pspm.accounts.models import Body, BodyStatus, User
from pspm.core.errors import InvalidInput, NotFound, StateConflict
from pspm.core.mail import list_mails
from pspm.practices import queries, services
from pspm.practices.models import Practice, PracticeStatus
from pspm.practices.search import Filters
from tests.factories import make_practice, make_user

COMPLETE = {"summary": "Short.", "context": "Before.", "solution": "How.", "results": "After."}


@pytest.fixture
def draft(body: Body, author: User) -> Practice:
    return make_practice(body=body, author=author, status=PracticeStatus.DRAFT, published_at=None, **COMPLETE)


@pytest.fixture
def submitted(draft: Practice, curator: User) -> Practice:
    services.submit_practice(practice=draft)
    return draft


def found(query: str) -> list[Practice]:
    return list(queries.search_published(query=query, filters=Filters()).page.items)


def mails() -> list[tuple[str, str]]:
    return [(mail.recipient, mail.subject) for mail in list_mails().items]


# Writing


def test_new_practice_is_a_draft_with_defaults(body: Body, author: User) -> None:
    practice = services.create_practice(
        body=body, author=author, values={"title": "One counter", "sdgs": [16]}
    )
    assert practice.status is PracticeStatus.DRAFT
    assert (practice.licence, practice.country, practice.sdgs) == ("CC-BY-4.0", "IT", [16])


def test_body_must_be_approved(body: Body, author: User) -> None:
    body.status = BodyStatus.REQUESTED
    with pytest.raises(StateConflict):
        services.create_practice(body=body, author=author, values={"title": "One counter"})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"),
        ({"sector": "99"}, "sector"),
        ({"country": "XX"}, "country"),
        ({"language": "tlh"}, "language"),
        ({"licence": "Proprietary"}, "licence"),
        ({"sdgs": [1, 18]}, "sdgs"),
        ({"start_year": 2025, "end_year": 2024}, "end_year"),
    ],
)
def test_wrong_value_is_named_by_its_field(draft: Practice, values: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        services.save_practice(practice=draft, expected_revision=1, values=values)
    assert list(caught.value.fields) == [field]


def test_unknown_field_is_refused(draft: Practice) -> None:
    with pytest.raises(InvalidInput, match="status"):
        services.save_practice(practice=draft, expected_revision=1, values={"status": "published"})


def test_saving_raises_the_revision(draft: Practice) -> None:
    services.save_practice(practice=draft, expected_revision=1, values={"title": "Better", "end_year": 2025})
    assert (draft.title, draft.end_year, draft.revision_number) == ("Better", 2025, 2)


def test_saving_the_same_changes_nothing(draft: Practice) -> None:
    services.save_practice(practice=draft, expected_revision=0, values={"title": draft.title})
    assert draft.revision_number == 1


def test_conflict_shows_the_saved_values_and_changes_nothing(draft: Practice) -> None:
    services.save_practice(practice=draft, expected_revision=1, values={"title": "Theirs"})
    with pytest.raises(services.EditConflict) as caught:
        services.save_practice(
            practice=draft, expected_revision=1, values={"title": "Mine", "context": draft.context}
        )
    assert caught.value.current == {"title": "Theirs"}
    assert (draft.title, draft.revision_number) == ("Theirs", 2)


def test_practice_is_frozen_while_it_is_checked(submitted: Practice) -> None:
    with pytest.raises(StateConflict):
        services.save_practice(practice=submitted, expected_revision=1, values={"title": "Late"})


def test_saving_a_published_practice_keeps_it_published_and_findable(submitted: Practice) -> None:
    services.publish_practice(practice=submitted)
    services.save_practice(practice=submitted, expected_revision=1, values={"title": "Zanzara"})
    assert submitted.status is PracticeStatus.PUBLISHED
    assert found("zanzara") == [submitted]


# The way to publication


def test_submitting_tells_the_curators(draft: Practice, curator: User) -> None:
    make_user(is_curator=True, is_blocked=True)
    make_user(is_admin=True)
    services.submit_practice(practice=draft)
    assert draft.status is PracticeStatus.SUBMITTED
    assert draft.submitted_at is not None
    assert mails() == [(curator.email, f"A practice waits to be checked: {draft.title}")]


def test_submitting_tells_administrators_where_there_is_no_curator(draft: Practice) -> None:
    admin = make_user(is_admin=True)
    services.submit_practice(practice=draft)
    assert [recipient for recipient, _ in mails()] == [admin.email]


def test_incomplete_practice_names_what_is_missing(draft: Practice) -> None:
    draft.results = draft.summary = ""
    with pytest.raises(InvalidInput) as caught:
        services.submit_practice(practice=draft)
    assert list(caught.value.fields) == ["summary", "results"]
    assert draft.status is PracticeStatus.DRAFT


def test_recalled_practice_is_a_draft_again(submitted: Practice) -> None:
    services.recall_practice(practice=submitted)
    assert submitted.status is PracticeStatus.DRAFT


def test_publishing_makes_it_findable_and_tells_the_author(submitted: Practice, author: User) -> None:
    assert found("") == []
    services.publish_practice(practice=submitted)
    assert submitted.published_at is not None
    assert found("") == [submitted]
    assert mails()[0] == (author.email, f"Published: {submitted.title}")


def test_returning_keeps_the_remark_and_tells_the_author(
    submitted: Practice, curator: User, author: User
) -> None:
    services.return_practice(practice=submitted, curator=curator, remark="Add figures.")
    assert submitted.status is PracticeStatus.RETURNED
    assert [remark.text for remark in queries.list_remarks(submitted)] == ["Add figures."]
    mail = list_mails().items[0]
    assert mail.recipient == author.email
    assert "Add figures." in mail.body


def test_returning_needs_a_remark(submitted: Practice, curator: User) -> None:
    with pytest.raises(InvalidInput) as caught:
        services.return_practice(practice=submitted, curator=curator, remark="")
    assert list(caught.value.fields) == ["remark"]
    assert submitted.status is PracticeStatus.SUBMITTED


def test_returned_practice_is_submitted_again(submitted: Practice, curator: User) -> None:
    services.return_practice(practice=submitted, curator=curator, remark="Add figures.")
    services.submit_practice(practice=submitted)
    assert submitted.status is PracticeStatus.SUBMITTED


@pytest.mark.parametrize("step", ["recall", "publish", "return", "submit_again"])
def test_steps_out_of_order_are_refused(draft: Practice, curator: User, step: str) -> None:
    if step == "submit_again":
        services.submit_practice(practice=draft)
    steps = {
        "recall": lambda: services.recall_practice(practice=draft),
        "publish": lambda: services.publish_practice(practice=draft),
        "return": lambda: services.return_practice(practice=draft, curator=curator, remark="x"),
        "submit_again": lambda: services.submit_practice(practice=draft),
    }
    with pytest.raises(StateConflict):
        steps[step]()


def test_own_list_holds_what_one_wrote_or_may_edit(
    app: Flask, draft: Practice, author: User, colleague: User, stranger: User, member: User
) -> None:
    for person, wanted in ((author, [draft]), (colleague, [draft]), (stranger, []), (member, [])):
        assert list(queries.list_own(person).items) == wanted
    assert list(queries.list_own(author, status=PracticeStatus.PUBLISHED).items) == []


# Deleting


def test_deleted_draft_is_missing_for_who_submits_it(draft: Practice) -> None:
    services.delete_draft(practice=draft)
    with pytest.raises(NotFound):
        services.submit_practice(practice=draft)
