"""Sending a list, what keeps one from being sent, and what goes with its owner."""

import uuid
from typing import Any

import pytest
from django.apps import apps

from matching.models import AdvisorMark, Match, Review, ReviewPatch
from matching.review.faults import ReviewNotPossible
from matching.review.selectors import review_for_owner, review_of_list
from matching.review.services import review_submit, review_withdraw
from matching.services import list_delete, list_start
from matching.services.forgetting import owner_forget
from programs.models import DataVersion
from tests.matching.lists import ids_of, list_scored
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW, list_of_owner, organisation_make, owner_make, review_make
from tests.matching.review.proposing import draft, other_tier, sent, settle

MODELS = ("Review", "ReviewVersion", "ReviewPatch", "ReviewEvent", "AdvisorMark")


def test_submit_freezes_the_list(desk: Desk) -> None:
    version = desk.review.versions.get()
    run = desk.saved_list.match.run
    assert (version.number, version.reason, version.list_version) == (1, "submitted", 1)
    assert [each["program"] for each in version.entries] == ids_of(desk.saved_list)
    first, entry = version.entries[0], desk.saved_list.entries.order_by("position")[0]
    assert first == {
        "program": entry.program_id,
        "name": f"Harbor {entry.program_id}",
        "position": 1,
        "tier": entry.tier,
        "probability": entry.probability,
        "low": entry.low,
        "high": entry.high,
        "status": "plan",
        "signal": entry.signal,
        "closed": False,
        "mark": "",
        "locked": False,
    }
    assert version.profile == run.profile
    assert (version.model_version, version.data_version) == (run.model_version, run.data_version)


def test_versions_hold_no_note_of_hers(desk: Desk) -> None:
    desk.saved_list.entries.update(note="Dr. Lee is my uncle")
    settle(desk, sent(desk, "lock", ids_of(desk.saved_list)[0]))
    assert "uncle" not in str(list(desk.review.versions.values("entries", "figures", "profile")))


def test_submit_of_a_visitors_list(small_catalogue: DataVersion) -> None:
    listed = list_scored(visitor=uuid.uuid4())
    with pytest.raises(ReviewNotPossible, match="log in or make one"):
        review_submit(
            saved_list=listed, organisation=organisation_make(), message="", actor=owner_make(), now=NOW
        )


def test_submit_to_who_takes_none(small_catalogue: DataVersion) -> None:
    closed = organisation_make(takes_lists=False)
    with pytest.raises(ReviewNotPossible, match="takes no lists"):
        review_make(list_of_owner(owner_make()), closed)


def test_submit_of_an_empty_list(scored: Match) -> None:
    owner = owner_make()
    Match.objects.filter(pk=scored.pk).update(owner=owner, visitor=None)
    scored.refresh_from_db()
    with pytest.raises(ReviewNotPossible, match="empty"):
        review_make(list_start(match=scored), organisation_make())


def test_submit_twice(desk: Desk) -> None:
    with pytest.raises(ReviewNotPossible, match="sent already"):
        review_make(desk.saved_list, organisation_make("Elsewhere"))


def test_submit_of_a_message_that_is_too_long(small_catalogue: DataVersion) -> None:
    listed = list_of_owner(owner_make())
    with pytest.raises(ReviewNotPossible, match="this is 2 characters more"):
        review_make(listed, organisation_make(), "a" * 1002)
    assert Review.objects.count() == 0


def test_withdrawn_list_may_be_sent_elsewhere(desk: Desk) -> None:
    draft(desk, "note", text="A draft.")
    review_withdraw(review=desk.review, actor=desk.owner, now=NOW)
    assert review_of_list(desk.saved_list) is None
    assert set(ReviewPatch.objects.values_list("state", flat=True)) == {"withdrawn"}
    again = review_make(desk.saved_list, organisation_make("Elsewhere"))
    assert review_of_list(desk.saved_list) == again
    assert again.code != desk.review.code


def test_review_is_found_by_its_owner_alone(desk: Desk) -> None:
    assert review_for_owner(desk.owner, desk.review.pk) == desk.review
    for other in (desk.advisor, desk.lead, owner_make("another")):
        with pytest.raises(Review.DoesNotExist):
            review_for_owner(other, desk.review.pk)


def _marked(desk: Desk) -> None:
    first = ids_of(desk.saved_list)[0]
    settle(desk, sent(desk, "tier", first, tier=other_tier(desk, first), reason="knows"))
    sent(desk, "tier", first, tier="reach" if other_tier(desk, first) != "reach" else "target",
         reason="refused", private=True)  # fmt: skip


def _rows() -> dict[str, int]:
    models: list[Any] = [apps.get_model("matching", name) for name in MODELS]
    return {model.__name__: model.objects.count() for model in models}


@pytest.mark.parametrize("leaving", ["account", "forgotten", "list"])
def test_review_goes_with_its_list_and_its_owner(desk: Desk, leaving: str) -> None:
    _marked(desk)
    assert all(_rows().values())
    if leaving == "account":
        desk.owner.delete()
    elif leaving == "forgotten":
        owner_forget(owner=desk.owner)
    else:
        list_delete(saved_list=desk.saved_list)
    assert not any(_rows().values())


def test_review_stays_when_its_advisor_leaves(desk: Desk) -> None:
    _marked(desk)
    rows = _rows()
    desk.advisor.delete()
    assert _rows() == rows
    assert (
        ReviewPatch.objects.filter(author=None, author_name="Advisor Hale").count()
        == ReviewPatch.objects.count()
    )
    assert AdvisorMark.objects.filter(withdrawn_at=None).count() == 2
