"""Flips and first questions in words: what to do, where, and what to write."""

from typing import Any

import numpy as np
import pytest

from matching.advice_documents import action_label, asks_documents, flips_by_row
from matching.scoring.actions import ACTION_INDEX, ALL_ACTIONS
from matching.scoring.answer import Asks, Flips
from matching.scoring.applicant import Applicant, Tie, Wishes
from matching.scoring.situation import Situation
from tests.matching.made_snapshot import catalogue_of, document_of, fact_make, row_make

NAMES = {"internal-medicine": "Internal medicine"}
CATALOGUE = catalogue_of(*(row_make(number) for number in range(1, 7)))
DONE: dict[str, Any] = {
    "graduation_year": 2025,
    "ecfmg_certified": True,
    "step1": {"status": "pass", "attempts": 1},
    "step2ck": {"status": "pass", "score": 224, "attempts": 1},
    "step3": {"status": "not_taken", "attempts": 0},
    "experience": [{"kind": "elective", "weeks": 8, "state": "CA"}],
    "letters": [{"author": "us_clinical"}],
    "wishes": {"ring": "los-angeles"},
}


def label(name: str, **members: Any) -> str:
    return action_label(ACTION_INDEX[name], Situation(Applicant(**members), 2026, {}), NAMES)


@pytest.mark.parametrize(
    ("name", "members", "words"),
    [
        ("step3_passed", {}, "Pass Step 3"),
        (
            "hands_on_8",
            {"wishes": Wishes("los-angeles"), "specialties": ("internal-medicine",)},
            "8 weeks of hands-on internal medicine in greater Los Angeles",
        ),
        ("observership_4", {"wishes": Wishes("california")}, "4 weeks of observership in California"),
        ("move", {"wishes": Wishes(None, ("NY",))}, "Move to New York"),
        ("letter_local", {"ties": (Tie("residence", "TX"),)}, "A letter in your specialty from Texas"),
        ("service_6", {}, "6 months of service to the underserved in the United States"),
        ("step2ck_plus_5", {}, "5 points more at Step 2 CK than expected"),
    ],
)
def test_a_label_names_place_and_field(name: str, members: dict[str, Any], words: str) -> None:
    assert label(name, **members) == words


def test_every_action_has_a_label_without_gaps() -> None:
    for action in ALL_ACTIONS:
        words = label(action.name)
        assert words[0].isupper() or words[0].isdigit()
        assert not set("{}") & set(words)


def test_flips_stand_with_their_row_as_they_came() -> None:
    flips = Flips(
        25, np.array([4, 4, 7]), np.array([0, 1, 0]), np.array([1, 1, 2]), np.array([0.1, 0.2, 0.4])
    )
    found = flips_by_row(flips, Applicant(), NAMES)
    assert [flip["action"] for flip in found[4]] == [ALL_ACTIONS[0].name, ALL_ACTIONS[1].name]
    assert found[7] == [
        {"action": "step1_passed", "label": "Pass Step 1", "tier": "safety", "interview": 0.4}
    ]


def test_an_answer_has_flips_on_explained_rows_and_questions_in_its_summary() -> None:
    written = document_of(CATALOGUE, options={"max_applications": 3, "explain": 4}, **DONE)
    assert ["flips" in row for row in written["list"]] == [True] * 4 + [False] * 2
    better = {"reach": ("target", "safety"), "target": ("safety",), "safety": ()}
    for row in written["list"][:4]:
        assert len(row["flips"]) <= 3
        for flip in row["flips"]:
            assert flip["tier"] in better[row["tier"]]
            assert flip["interview"] >= row["interview"]["probability"]
    asks = written["summary"]["ask_first"]
    assert asks
    for ask in asks:
        assert ask["fact"] == "residents_us_img"
        assert ask["gain"] > 0
        assert ask["question"].endswith("?")
        assert ask["program"]["name"] in ask["question"]
        assert ask["why"].endswith(".")


def test_a_question_says_what_was_read_where_it_was_in_words() -> None:
    stated = fact_make(1, "min_step2ck", None, as_stated="we prefer strong scores")
    catalogue = catalogue_of(row_make(1, facts={"min_step2ck": stated}))
    asks = Asks(np.array([0]), ("min_step2ck",), np.array([0.01]))
    written = asks_documents(asks, catalogue, lambda row: {"row": row})
    assert written[0]["program"] == {"row": 0}
    assert "we prefer strong scores" in written[0]["question"]
    assert "rule" in written[0]["why"]


def test_a_question_names_both_pages_where_two_as_sure_disagree() -> None:
    other = fact_make(2, "visa_h1b", "no")
    stated = fact_make(1, "visa_h1b", "yes", others=(other,))
    catalogue = catalogue_of(row_make(1, facts={"visa_h1b": stated}))
    asks = Asks(np.array([0]), ("visa_h1b",), np.array([0.01]))
    (written,) = asks_documents(asks, catalogue, lambda row: {"row": row})
    assert "I understand from your pages: yes on one page, no on another." in written["question"]
