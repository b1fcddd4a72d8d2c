"""Where a review stands, in words for its owner."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from matching.models import Organisation, Review
from matching.review.standing import advisor_name, standing_of
from matching.review.states import STATES

WHEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def review_of(state: str, **values: Any) -> Review:
    anna = User(username="anna", first_name="Anna", last_name="Reyes", email="secret@example.org")
    given = {
        "advisor": None if state == "submitted" else anna,
        "submitted_at": WHEN,
        "changed_at": WHEN,
        "approved_at": WHEN,
        "approved_by": "Anna Reyes",
    }
    return Review(organisation=Organisation(name="Harbor Advising"), state=state, **{**given, **values})


@pytest.mark.parametrize("state", STATES)
def test_standing_says_who_since_when_and_what_next(state: str) -> None:
    told = standing_of(review_of(state), waiting=0, asks=0)
    assert told.head.endswith(".")
    assert "Harbor Advising" in told.who
    assert "23 November 2026" in told.who
    assert told.then
    assert not told.acts
    assert "secret@" not in f"{told}"


@pytest.mark.parametrize(
    ("waiting", "asks", "words"),
    [
        (1, 0, "There is 1 change to accept or decline."),
        (2, 0, "There are 2 changes to accept or decline."),
        (0, 1, "There is 1 question to answer."),
        (3, 2, "There are 3 changes to accept or decline and 2 questions to answer."),
    ],
)
def test_standing_counts_what_waits_for_her(waiting: int, asks: int, words: str) -> None:
    told = standing_of(review_of("changes_asked"), waiting=waiting, asks=asks)
    assert told.acts
    assert words in told.then
    assert words in told.line


def test_standing_of_what_is_all_answered_asks_to_send_again() -> None:
    told = standing_of(review_of("changes_asked"), waiting=0, asks=0)
    assert (told.head, told.acts) == ("All is answered.", False)
    assert "Send the list again when you are ready" in told.then


def test_standing_of_an_approval_that_no_longer_fits() -> None:
    told = standing_of(review_of("approved", stale_since=WHEN), waiting=0, asks=0)
    assert told.head == "Approved, but no longer as it was."
    assert "Send it again" in told.then


def test_standing_where_the_advisor_left() -> None:
    assert standing_of(review_of("in_review", advisor=None), waiting=0, asks=0).head.startswith("An advisor")
    assert advisor_name(review_of("submitted")) == ""


def test_advisor_without_a_name_is_called_as_she_logs_in() -> None:
    nameless = User(username="ar", email="secret@example.org")
    assert advisor_name(review_of("in_review", advisor=nameless)) == "ar"
