from typing import Any

import pytest

from matching.receipts.words import (
    APART,
    OVERLAP,
    because,
    cause_names,
    causes_sentence,
    headline,
    overlap_words,
    place_sentence,
    signal_sentence,
)

NAMES = ["your Step 3", "your letters", "new data on the programs", "the rest"]


def document(
    before: tuple[Any, Any] = (0.31, 0.48),
    after: tuple[Any, Any] = (0.35, 0.52),
    shares: tuple[float, ...] = (0.03, 0.01, -0.005),
    **members: Any,
) -> dict[str, Any]:
    change = sum(shares)
    figure = {"name": "match", "before": 0.4, "after": 0.4 + change, "shares": list(shares), "rest": 0.0}
    players: list[dict[str, Any]] = [{"code": code, "groups": []} for code in ("step3", "letters", "data")]
    ends = [{"match": list(before)}, {"match": list(after)}]
    return {"players": players, "figures": [figure], "ends": ends, "rest": None, **members}


def test_headline_says_both_ranges() -> None:
    assert headline(document()) == "Your chance of a match went from 31–48% to 35–52%."


def test_headline_of_the_same_range_says_it_stayed() -> None:
    same = document(after=(0.312, 0.482))
    assert headline(same) == "Your chance of a match stayed at 31–48%."
    assert overlap_words(same) == ""


def test_headline_without_ranges_counts_seasons() -> None:
    told = document(before=(None, None), after=(None, None))
    assert headline(told) == "Your chance of a match went from about 40 in 100 to about 44 in 100."
    assert overlap_words(told) == ""


@pytest.mark.parametrize(
    ("after", "words"), [((0.35, 0.52), OVERLAP), ((0.2, 0.31), OVERLAP), ((0.49, 0.6), APART)]
)
def test_overlap_is_told(after: tuple[float, float], words: str) -> None:
    assert overlap_words(document(after=after)) == words


def test_because_names_what_moved_it_most() -> None:
    assert because(document(), NAMES) == "Mostly because of your Step 3."
    assert because(document(shares=(0.0, 0.01, 0.0)), NAMES) == "That is because of your letters."
    assert because(document(shares=(0.0, 0.0, 0.0)), NAMES) == "None of what changed moved it."


def test_causes_are_told_with_their_signs_and_add_up() -> None:
    told = causes_sentence(NAMES, [0.021, 0.004, -0.005, 0.0])
    assert told == (
        "Odds: mostly your Step 3 (+2.1), then your letters (+0.4), less new data on the programs (−0.5)."
    )


def test_causes_of_a_fall_say_what_spoke_against_it() -> None:
    told = causes_sentence(NAMES, [0.005, 0.0, -0.044, 0.0])
    assert told == "Odds: mostly new data on the programs (−4.4), but for your Step 3 (+0.5)."


def test_causes_of_one_or_none() -> None:
    assert causes_sentence(NAMES, [0.0, 0.01, 0.0, 0.0]) == "Odds: your letters alone (+1.0)."
    assert causes_sentence(NAMES, [0.0001, 0.0, 0.0, 0.0]) == ""


def test_place_names_what_brought_it_there() -> None:
    assert place_sentence(NAMES, [0.7, 0.5, -0.2, 0.0]) == "On the list mostly because of your Step 3."
    assert place_sentence(NAMES, [0.0, -1.0, 0.0, 0.0]) == "Off the list because of your letters."


def test_cause_names_call_a_season_by_its_name() -> None:
    told = document(players=[{"code": "model", "groups": []}])
    assert cause_names(told, season=False)[0] == "a new version of the model"
    assert cause_names(told, season=True)[0] == "the new season, with its model"


@pytest.mark.parametrize(
    ("had", "has", "said"),
    [
        (None, "gold", "One of your signals goes here now"),
        ("single", None, "Your signal went elsewhere"),
        ("gold", "silver", "from gold to silver"),
    ],
)
def test_signal_that_came_or_went_is_named_beside_the_cause(
    had: str | None, has: str | None, said: str
) -> None:
    before, after = {"signal": had, "closed": False}, {"signal": has, "closed": False}
    assert said in signal_sentence(before, after)
    assert signal_sentence(before, {"signal": None, "closed": True}) == ""
    assert signal_sentence(before, before) == ""


def test_signal_of_an_older_receipt_is_not_spoken_of() -> None:
    assert signal_sentence({"closed": False}, {"closed": False}) == ""
