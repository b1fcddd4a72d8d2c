from matching.presentation.unknown import prior_only, unknown_answers
from tests.matching.presentation.samples import row_of

KNOWN = {
    "graduation_year": 2025,
    "ecfmg_certified": False,
    "visa_needed": "none",
    "experience": [],
    "letters": [],
    "research": {"projects": 0, "publications": 0},
    "service": [],
    "languages": [],
    "ties": [],
    "red_flags": [],
    "step1": {"status": "pass", "score": None},
    "step2ck": {"status": "pass", "score": 224},
    "step3": {"status": "not_taken", "score": None},
}


def test_unknown_answers_none_where_all_is_said() -> None:
    assert unknown_answers(KNOWN) == []


def test_unknown_answers_an_empty_list_is_an_answer_and_none_is_not() -> None:
    assert unknown_answers({**KNOWN, "letters": None, "ties": []}) == ["your letters"]


def test_unknown_answers_exams() -> None:
    profile = {
        **KNOWN,
        "step1": None,
        "step2ck": {"status": "pending", "score": None},
        "step3": {"status": None},
    }
    assert unknown_answers(profile) == [
        "how Step 1 went",
        "your Step 2 CK result, which is pending",
        "whether you have taken Step 3",
    ]
    assert unknown_answers({**KNOWN, "step2ck": {"status": "pass", "score": None}}) == [
        "your Step 2 CK score"
    ]


def test_prior_only_counts_programs_without_facts_of_their_own() -> None:
    assert prior_only([row_of(1), row_of(2, confidence="high")]) == 1
