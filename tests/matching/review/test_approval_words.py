"""The words of an approval, and of why it no longer fits."""

from datetime import UTC, datetime
from typing import Any

import pytest

from matching.models import Organisation, Review, ReviewVersion
from matching.review.approval import approval_of


def review_of(**values: Any) -> Review:
    approved = {
        "state": "approved",
        "approved_by": "Anna Reyes",
        "approved_at": datetime(2026, 12, 12, 8, 0, tzinfo=UTC),
        "approved_version": ReviewVersion(number=3, list_version=7),
    }
    return Review(organisation=Organisation(name="Harbor Advising"), **{**approved, **values})


def test_approval_names_advisor_organisation_version_and_day() -> None:
    approval = approval_of(review_of())
    assert approval is not None
    assert approval.words == "Approved by Anna Reyes (Harbor Advising), version 7, 12 December 2026"
    assert (approval.stale, approval.whole) == ("", approval.words)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("2 programs added and the profile changed.", "2 programs added and the profile changed"),
        ("The profile changed.", "the profile changed"),
        ("No interview at all: 10% then, 20% now.", "no interview at all: 10% then, 20% now"),
        ("Harbor left target.", "Harbor left target"),
        ("", "the list or what it rests on has changed"),
    ],
)
def test_approval_says_why_it_no_longer_fits(reason: str, said: str) -> None:
    approval = approval_of(review_of(stale_since=datetime(2027, 1, 2, tzinfo=UTC), stale_reason=reason))
    assert approval is not None
    assert approval.stale == f"no longer fits: {said}"
    assert approval.whole.endswith(f"12 December 2026; no longer fits: {said}")


def test_approval_whose_version_went_still_names_the_day() -> None:
    approval = approval_of(review_of(approved_version=None))
    assert approval is not None
    assert approval.words == "Approved by Anna Reyes (Harbor Advising), 12 December 2026"


@pytest.mark.parametrize("state", ["submitted", "in_review", "changes_asked", "withdrawn"])
def test_approval_of_a_review_in_another_state_is_none(state: str) -> None:
    assert approval_of(review_of(state=state)) is None
    assert approval_of(None) is None
