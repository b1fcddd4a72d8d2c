"""What differs between two versions, from what was kept of them."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from matching.models import ReviewVersion
from matching.review.diffs import entries_diff, figures_of, profile_diff, versions_diff
from matching.review.services import review_resubmit
from matching.services import list_sort
from tests.matching.lists import ids_of, off_list
from tests.matching.review.conftest import Desk
from tests.matching.review.making import NOW
from tests.matching.review.proposing import draft, other_tier, send, settle

FIGURES = {
    "interviews": {"none": 0.2}, "match": {"probability": 0.5}, "cost_usd": 100, "applications": 4,
}  # fmt: skip


def entry(program: str, **more: Any) -> dict[str, Any]:
    return {"program": program, "name": program.upper(), "tier": "target", "signal": "", **more}


def version(*entries: dict[str, Any], **more: Any) -> ReviewVersion:
    return ReviewVersion(**{"entries": list(entries), "figures": FIGURES, "profile": {}, **more})


def test_versions_diff_of_the_same_is_none() -> None:
    same = version(entry("a"), entry("b"))
    assert not versions_diff(same, same)


def test_versions_diff_names_all_that_differs() -> None:
    before = version(entry("a"), entry("b", signal="gold"), entry("c"), profile={"visa_needed": "j1"})
    figures = {**FIGURES, "interviews": {"none": 0.1}, "cost_usd": 130}
    after = version(
        entry("c", mark="safety"), entry("b", closed=True), entry("d"),
        figures=figures, profile={"visa_needed": "none", "step3": {"status": "pass"}},
    )  # fmt: skip
    diff = versions_diff(before, after)
    assert (diff.added, diff.removed) == (("d",), ("a",))
    assert diff.moved == (("c", 2, 1), ("b", 1, 2))  # among the two that are in both
    assert diff.signals == {"b": ("gold", "")}
    assert diff.tiers == {"c": ("target", "safety")}
    assert diff.closed == ("b",)
    assert diff.figures == {"p_none": (0.2, 0.1), "cost_usd": (100, 130)}
    assert diff.profile == {"visa_needed": ("j1", "none"), "step3.status": (None, "pass")}
    assert diff.names["d"] == "D"


def test_entries_diff_of_a_program_taken_off_moves_no_other() -> None:
    assert entries_diff([entry("a"), entry("b"), entry("c")], [entry("b"), entry("c")]).moved == ()


def test_profile_diff_knows_none_from_not_said() -> None:
    assert profile_diff({"letters": None}, {"letters": []}) == {"letters": (None, [])}
    assert profile_diff({"letters": None}, {}) == {}
    assert profile_diff({"step2ck": {"practice_score": 230}}, {"step2ck": {}}) == {
        "step2ck.practice_score": (230, None)
    }


def test_figures_of_a_list_that_was_never_judged() -> None:
    assert set(figures_of(None).values()) == {None}


lists = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


@given(lists, lists)
def test_entries_diff_leads_from_one_list_to_the_other(before: list[str], after: list[str]) -> None:
    diff = entries_diff([entry(name) for name in before], [entry(name) for name in after])
    assert set(before) - set(diff.removed) | set(diff.added) == set(after)
    stayed = [name for name in before if name in after]
    places = {name: now for name, _, now in diff.moved}
    again: dict[int, str] = {places.get(name, place): name for place, name in enumerate(stayed, start=1)}
    assert [again[place] for place in sorted(again)] == [name for name in after if name in before]


def test_versions_diff_of_a_round_of_review(desk: Desk) -> None:
    first, last = ids_of(desk.saved_list)[0], ids_of(desk.saved_list)[-1]
    fresh, tier = off_list(desk.saved_list)[0], other_tier(desk, first)
    patches = [
        draft(desk, "remove", last),
        draft(desk, "add", fresh),
        draft(desk, "tier", first, tier=tier, reason="knows"),
    ]
    send(desk)
    for patch in patches:
        settle(desk, patch)
    list_sort(saved_list=desk.saved_list, by="name", words="By name")
    review_resubmit(review=desk.review, message="", actor=desk.owner, now=NOW)
    sent, again = desk.review.versions.order_by("number")[0], desk.review.versions.order_by("-number")[0]
    diff = versions_diff(sent, again)
    assert (diff.added, diff.removed) == ((fresh,), (last,))
    assert diff.tiers[first][1] == tier
    assert "p_none" in diff.figures
    assert diff.profile == {}
