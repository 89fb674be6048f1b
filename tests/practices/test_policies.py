"""Who may do what with practices."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_login import AnonymousUserMixin

from pspm.accounts.models import Body, BodyStatus, MembershipStatus, User
from pspm.practices import policies
from pspm.practices.models import Practice, PracticeStatus
from tests.factories import make_body, make_practice, make_user

VISITOR = AnonymousUserMixin()


@pytest.fixture
def draft(body: Body, author: User) -> Practice:
    return make_practice(body=body, author=author, status=PracticeStatus.DRAFT)


def test_planners_propose(author: User, member: User) -> None:
    assert policies.can_propose(author)
    assert not policies.can_propose(member)
    assert not policies.can_propose(VISITOR)


def test_waiting_planner_does_not_propose(author: User) -> None:
    author.memberships[0].status = MembershipStatus.REQUESTED
    assert not policies.can_propose(author)


def test_practices_are_proposed_for_ones_approved_body(body: Body, author: User) -> None:
    assert policies.can_propose_for(author, body)
    assert not policies.can_propose_for(author, make_body())
    body.status = BodyStatus.REQUESTED
    assert not policies.can_propose_for(author, body)


def test_author_and_planners_of_the_body_edit(
    draft: Practice, author: User, colleague: User, member: User, stranger: User, curator: User
) -> None:
    assert policies.can_edit(author, draft)
    assert policies.can_edit(colleague, draft)
    for other in (member, stranger, curator, VISITOR):
        assert not policies.can_edit(other, draft)


def test_author_who_left_the_body_still_edits(draft: Practice, author: User) -> None:
    author.memberships[0].status = MembershipStatus.REQUESTED
    assert policies.can_edit(author, draft)


def test_curators_and_administrators_review(author: User, curator: User) -> None:
    assert policies.can_review(curator)
    assert policies.can_review(make_user(is_admin=True))
    assert not policies.can_review(author)
    assert not policies.can_review(VISITOR)


def test_everyone_reads_what_is_published(app: Flask) -> None:
    assert policies.can_view(VISITOR, make_practice())


@pytest.mark.parametrize(
    ("status", "seen"),
    [
        (PracticeStatus.DRAFT, False),
        (PracticeStatus.SUBMITTED, True),
        (PracticeStatus.RETURNED, True),
    ],
)
def test_curators_see_what_was_submitted(
    draft: Practice, author: User, curator: User, stranger: User, status: PracticeStatus, seen: bool
) -> None:
    draft.status = status
    assert policies.can_view(author, draft)
    assert policies.can_view(curator, draft) is seen
    assert not policies.can_view(stranger, draft)
    assert not policies.can_view(VISITOR, draft)
