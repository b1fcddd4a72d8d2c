"""The grade and the findings of a list from what was counted about it."""

from dataclasses import replace
from typing import Any

import pytest

from matching.balance_words import WORDS, balance_document
from matching.scoring.balance import GRADES, SERIOUS, Measures, balance_of
from tests.scoring.made_catalogue import model_now

GOOD = Measures(
    programs=80,
    value=0.6,
    best=0.6,
    none=0.02,
    tiers=(40, 35, 5),
    specialty=50,
    specialties=2,
    state=20,
    california=30,
    wishes_la=True,
    img=True,
    typed=20,
    university=2,
    unconfirmed=10,
    closed=0,
    past_stop=0,
)


def graded(**changes: Any) -> tuple[str, set[str]]:
    found = balance_of(replace(GOOD, **changes), model_now().parameters.values)
    return found.grade, {finding.code for finding in found.findings}


def test_a_list_with_nothing_against_it_is_an_a() -> None:
    assert graded() == ("A", set())


@pytest.mark.parametrize(
    ("changes", "grade", "code"),
    [
        ({"value": 0.55}, "B", "below_best"),
        ({"value": 0.3}, "F", "below_best"),
        ({"none": 0.2}, "B", "no_interview"),
        ({"none": 0.6}, "D", "no_interview"),
        ({"none": 0.9, "value": 0.55}, "F", "no_interview"),
        ({"closed": 2}, "B", "closed"),
        ({"closed": 1, "none": 0.9}, "F", "closed"),
        ({"tiers": (75, 5, 0)}, "A", "few_targets"),
        ({"tiers": (75, 5, 0)}, "A", "many_reaches"),
        ({"tiers": (40, 40, 0)}, "A", "no_safety"),
        ({"specialty": 79}, "A", "one_specialty"),
        ({"state": 60}, "A", "one_state"),
        ({"past_stop": 6}, "A", "past_stop_line"),
        ({"unconfirmed": 60}, "A", "unconfirmed"),
        ({"california": 5}, "A", "few_california"),
        ({"university": 12}, "A", "many_university"),
    ],
)
def test_each_fault_is_found_and_graded(changes: dict[str, Any], grade: str, code: str) -> None:
    found, codes = graded(**changes)
    assert found == grade
    assert code in codes


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"specialty": 80, "specialties": 1}, "one_specialty"),
        ({"california": 0, "wishes_la": False}, "few_california"),
        ({"university": 12, "img": False}, "many_university"),
        ({"typed": 4, "university": 4}, "many_university"),
    ],
)
def test_what_was_asked_for_or_is_not_known_is_no_fault(changes: dict[str, Any], code: str) -> None:
    assert code not in graded(**changes)[1]


def test_an_empty_list_fails_and_says_so() -> None:
    nothing = {"programs": 0, "none": 1.0, "value": 0.0, "tiers": (0, 0, 0), "specialty": 0, "state": 0}
    assert graded(**nothing, california=0, typed=0, university=0, unconfirmed=0) == ("F", {"empty"})


def test_every_finding_has_words_the_most_serious_first() -> None:
    found = balance_of(
        replace(GOOD, closed=1, none=0.8, value=0.1, tiers=(80, 0, 0), state=80, university=15, california=1),
        model_now().parameters.values,
    )
    severities = [finding.severity for finding in found.findings]
    assert severities == sorted(severities, reverse=True)
    assert severities[0] == SERIOUS
    written = balance_document(found)
    assert written["grade"] in GRADES
    assert {one["code"] for one in written["findings"]} <= WORDS.keys()
    assert "1 program." in written["findings"][0]["detail"]
    assert WORDS["past_stop_line"](1) == "Costing more than it adds: the last program."
    assert all(one["detail"].endswith(".") for one in written["findings"])
