"""The re-score: the baseline beside itself is no difference, and better is not worse."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.catalogue import LoadedCatalogue
from matching.engine import answer_compute, answer_document
from matching.whatif.changes import ChangeInvalid, changes_read
from matching.whatif.control import Value
from matching.whatif.desk import Desk
from matching.whatif.differences import SAME, differences, tier_differences
from tests.matching.whatif.desks import SLUGS, control, desk, sent

UP = (
    "step3_passed",
    "hands_on_weeks",
    "letters_specialty",
    "publications",
    "service_months",
    "gap_explained",
)


def reckoned(at: Desk, **form: str) -> dict[str, Any]:
    return at.reckoned(changes_read(form, {}, at.controls), None)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_change_reckons_the_very_figures_of_the_match(slug: str, real_catalogue: LoadedCatalogue) -> None:
    at = desk(slug, real_catalogue)
    figures = reckoned(at)
    answer = answer_compute(
        profile=at.start.profile, options=at.start.options, catalogue=real_catalogue, season="2027"
    )
    summary = answer_document(answer, real_catalogue, explain=25)["summary"]
    for name in ("interviews", "tiers", "p_los_angeles", "applications", "cost_usd", "list_by_ring"):
        assert figures["now"][name] == summary[name]
    assert figures["now"]["match"].items() <= summary["match"].items()
    assert figures["changed"] == []
    sides = (figures["base"], figures["now"])
    assert {(each.mark, each.change) for each in differences(*sides)} == {(SAME, "no change")}
    assert {(each.mark, each.change) for each in tier_differences(*sides)} == {(SAME, "no change")}


@settings(max_examples=20)
@given(slug=st.sampled_from(SLUGS), name=st.sampled_from(UP), data=st.data())
def test_more_of_a_good_thing_never_lowers_the_odds_of_the_same_list(
    slug: str, name: str, data: st.DataObject, real_catalogue: LoadedCatalogue
) -> None:
    """The list is chosen anew, so what is promised is the chance of the list chosen: never less but for the
    rounding of the search that chooses it."""
    at = desk(slug, real_catalogue)
    found = [each for each in at.controls if each.name == name and each.locked is None]
    if not found:
        return
    scale = found[0].scale
    steps = (
        sorted(data.draw(st.sets(st.integers(0, scale.high), min_size=2, max_size=2))) if scale else [0, 1]
    )
    less, more = (
        reckoned(at, **{name: str(step) if scale else ("no", "yes")[step]})["now"]["match"]["probability"]
        for step in steps
    )
    assert more >= less - 0.005


@settings(max_examples=10)
@given(points=st.sets(st.integers(200, 270), min_size=2, max_size=2))
def test_a_higher_score_expected_never_lowers_the_chance(
    points: set[int], real_catalogue: LoadedCatalogue
) -> None:
    at = desk("pending-step2ck", real_catalogue)
    less, more = (
        reckoned(at, step2ck_expected=str(score))["now"]["match"]["probability"] for score in sorted(points)
    )
    assert more >= less - 0.005


def test_a_change_keeps_both_sides_what_moved_and_what_it_takes(real_catalogue: LoadedCatalogue) -> None:
    figures = reckoned(desk("los-angeles-224", real_catalogue), step3_passed="yes", hands_on_weeks="6")
    assert [line["label"] for line in figures["changed"]] == [
        "Step 3 passed",
        "More hands-on weeks in greater Los Angeles",
    ]
    assert [(line["months"], line["weeks"], line["usd"]) for line in figures["changed"]] == [
        (4, 6, 1400),
        (4, 8, 5000),
    ]
    moved, base, now = figures["moved"], figures["base"], figures["now"]
    assert now["match"]["probability"] > base["match"]["probability"]
    assert moved["joined"]["count"] - moved["left"]["count"] == now["applications"] - base["applications"]
    assert set(moved["into"]) <= {"safety", "target", "reach"}
    assert all(len(part["names"]) <= part["count"] for part in (*moved["into"].values(), moved["joined"]))


def test_the_baseline_is_reckoned_once(real_catalogue: LoadedCatalogue) -> None:
    at = desk("los-angeles-224", real_catalogue)
    kept = reckoned(at)
    kept["base"]["cost_usd"] = 1
    assert at.reckoned({"signals": False}, kept)["base"]["cost_usd"] == 1
    kept["judged"]["model"] = "another"
    assert at.reckoned({"signals": False}, kept)["base"]["cost_usd"] != 1


@pytest.mark.parametrize("slug", SLUGS)
def test_no_budget_leaves_no_list_and_no_fault(slug: str, real_catalogue: LoadedCatalogue) -> None:
    now = reckoned(desk(slug, real_catalogue), max_usd="0")["now"]
    assert now["cost_usd"] == now["applications"] == 0


@settings(max_examples=15)
@given(slug=st.sampled_from(SLUGS), data=st.data())
def test_every_end_of_every_control_can_be_reckoned(
    slug: str, data: st.DataObject, real_catalogue: LoadedCatalogue
) -> None:
    at = desk(slug, real_catalogue)
    name = data.draw(st.sampled_from([each.name for each in at.controls if each.locked is None]))
    each = control(at.controls, name)
    ends: list[Value] = [True, False]
    if each.scale is not None:
        ends = [each.scale.low, each.scale.high]
    elif each.choices:
        ends = [code for code, _ in each.choices]
    value = sent(data.draw(st.sampled_from(ends)))
    try:
        figures = reckoned(at, **{name: value})
    except ChangeInvalid:
        assert name.startswith("field_")
        return
    assert len(figures["changed"]) <= 1
