"""Differences in words and marks, from two sides made by hand."""

from typing import Any

import pytest

from matching.presentation.histogram import columns_of
from matching.whatif.answer_view import answer_view, takes_words
from matching.whatif.differences import (
    announced,
    differences,
    headline,
    line_of,
    moved_sentences,
    ring_differences,
    tier_differences,
)
from matching.whatif.seasons import seasons_beside


def side(match: float = 0.5, none: float = 0.1, **values: Any) -> dict[str, Any]:
    shares = [none, 0.3, 0.3, 0.3 - none]
    interviews = {"expected": 2.0, "p10": 0, "p50": 2, "p90": 3, "none": none, "histogram": shares}
    chance = {"probability": match, "low": match - 0.1, "high": match + 0.1}
    scope = {
        "scope": "los-angeles", "applications": 10, "cost_usd": 300, "match": chance,
        "interviews": {"expected": 1.0, "none": 0.3}, "p_los_angeles": match, "match_lost": 0.0,
    }  # fmt: skip
    return {
        "interviews": interviews,
        "match": chance,
        "tiers": {"reach": 5, "target": 3, "safety": 0},
        "p_los_angeles": 0.2,
        "applications": 8,
        "cost_usd": 900,
        "screened": 4,
        "scopes": [scope],
        **values,
    }


def pair(now: dict[str, Any], *, changed: int = 1, **moved: Any) -> dict[str, Any]:
    nothing: dict[str, Any] = {"count": 0, "names": []}
    line: dict[str, Any] = {
        "name": "a", "label": "A", "was": "no", "now": "yes", "along": [],
        "months": None, "weeks": None, "usd": None,
    }  # fmt: skip
    return {
        "base": side(),
        "now": now,
        "moved": {"into": {}, "joined": nothing, "left": nothing, **moved},
        "changed": [line] * changed,
    }


def told(now: dict[str, Any]) -> dict[str, tuple[str, str, str]]:
    return {each.name: (each.mark, each.change, each.feel) for each in differences(side(), now)}


def test_better_is_said_with_a_mark_a_number_and_whether_the_ranges_overlap() -> None:
    words = told(side(match=0.56, none=0.07))
    assert words["Chance of a match"] == ("▲", "6 more in 100; the ranges overlap", "better")
    assert words["No interview at all"] == ("▼", "3 fewer in 100", "better")
    assert told(side(match=0.8))["Chance of a match"][1] == "30 more in 100; the ranges do not meet"


def test_worse_is_said_as_plainly() -> None:
    words = told(side(match=0.44, none=0.14, cost_usd=1020))
    assert words["Chance of a match"] == ("▼", "6 fewer in 100; the ranges overlap", "worse")
    assert words["No interview at all"] == ("▲", "4 more in 100", "worse")
    assert words["Application fees"] == ("▲", "$120 more", "worse")


def test_saved_money_is_said_as_saved() -> None:
    assert told(side(cost_usd=780))["Application fees"] == ("▼", "saves $120", "better")


def test_what_rounds_to_nothing_is_no_change_we_could_tell() -> None:
    assert told(side(match=0.5004))["Chance of a match"] == ("=", "no change we could tell", "same")
    assert told(side())["Chance of a match"] == ("=", "no change", "same")


def test_the_difference_is_the_one_of_the_numbers_shown() -> None:
    base, now = side(p_los_angeles=0.336), side(p_los_angeles=0.414)
    each = next(one for one in differences(base, now) if "Los Angeles" in one.name)
    assert (each.was, each.now, each.change) == ("34 in 100", "41 in 100", "7 more in 100")


@pytest.mark.parametrize(
    ("match", "changed", "words"),
    [
        (0.5, 0, "Nothing is changed yet. This is where you stand."),
        (0.56, 1, "With this change, 6 more seasons in 100 like yours end with a match."),
        (0.51, 2, "With these 2 changes, 1 more season in 100 like yours ends with a match."),
        (0.45, 2, "With these 2 changes, 5 fewer seasons in 100 like yours end with a match."),
        (0.501, 1, "With this change, the chance of a match stays about the same."),
    ],
)
def test_headline_is_one_sentence(match: float, changed: int, words: str) -> None:
    assert headline(pair(side(match=match), changed=changed)) == words


def test_what_is_read_out_names_only_what_moved() -> None:
    words = announced(pair(side(match=0.56)))
    assert words.startswith("With this change, 6 more seasons")
    assert "Chance of a match: 46–66%, was 40–60%." in words
    assert "Application fees" not in words
    assert announced(pair(side(), changed=0)) == "Nothing is changed yet. This is where you stand."


def test_line_of_a_narrow_window_holds_the_answer() -> None:
    assert line_of(pair(side(match=0.56))) == "Match 46–66%, 6 more in 100 · no interview 10 in 100"
    assert line_of(pair(side(), changed=0)) == "Match 40–60% · no interview 10 in 100"


def test_tiers_are_neither_good_nor_bad() -> None:
    told = tier_differences(side(), side(tiers={"reach": 2, "target": 6, "safety": 0}))
    assert [(each.tier, each.count, each.was, each.change, each.mark) for each in told] == [
        ("reach", 2, 5, "3 fewer", "▼"),
        ("target", 6, 3, "3 more", "▲"),
        ("safety", 0, 0, "no change", "="),
    ]


def test_programs_are_told_by_name() -> None:
    names = ["A", "B", "C", "D", "E"]
    figures = pair(
        side(screened=6),
        into={"target": {"count": 7, "names": names}, "safety": {"count": 1, "names": ["Z"]}},
        joined={"count": 2, "names": ["F", "G"]},
        left={"count": 1, "names": ["H"]},
    )
    assert moved_sentences(figures) == (
        "7 programs are now a target: A, B, C, D and 3 more.",
        "1 program is now a safety: Z.",
        "2 programs new on the list: F and G.",
        "1 program no longer on it: H.",
        "Rules close 2 more programs.",
    )


def test_rings_stand_beside_their_baseline_and_an_empty_one_says_so() -> None:
    now = side(match=0.56)
    (ring,) = ring_differences(side(), now)
    assert (ring.name, ring.change, ring.interviews, ring.was_fees) == (
        "Los Angeles", "6 more in 100", "1.0", "$300",
    )  # fmt: skip
    assert ring.match is not None
    empty = side(scopes=[{**now["scopes"][0], "applications": 0}])
    (ring,) = ring_differences(side(), empty)
    assert (ring.match, ring.interviews, ring.fees) == (None, "–", "–")


def test_seasons_are_drawn_over_the_line_of_the_baseline() -> None:
    base, now = side(none=0.2)["interviews"], side(none=0.1)["interviews"]
    figure = seasons_beside(base, now)
    for drawing in figure.drawings:
        assert drawing.outline.startswith(f"M0 {drawing.baseline:g}V")
        assert drawing.outline.count("H") == len(columns_of(base))
        tops = [float(part.split("H")[0]) for part in drawing.outline.split("V")[1:]]
        assert all(0 <= top <= drawing.baseline for top in tops)
    assert figure.table[0].share == "10 (was 20)"
    assert "thin line" in figure.caption


def test_seasons_of_the_baseline_alone_have_no_line() -> None:
    figure = seasons_beside(side()["interviews"], side()["interviews"])
    assert {drawing.outline for drawing in figure.drawings} == {""}


def test_answer_without_a_list_draws_nothing() -> None:
    empty = side(match=0.1, applications=0, cost_usd=0, scopes=[])
    assert answer_view(pair(empty)).figure is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            {"months": 4, "weeks": 6, "usd": 1400},
            "Start about 4 months before you apply, about 6 weeks of work, about $1,400.",
        ),
        (
            {"months": 0.5, "weeks": 0.5, "usd": 0},
            "Start about half a month before you apply, about half a week of work.",
        ),
        (
            {"months": 1, "weeks": 1.5, "usd": 0},
            "Start about 1 month before you apply, about 1.5 weeks of work.",
        ),
        ({"months": None, "weeks": None, "usd": None}, ""),
    ],
)
def test_what_a_change_takes_is_said(line: dict[str, Any], words: str) -> None:
    assert takes_words(line) == words
