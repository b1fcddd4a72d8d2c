from typing import Any

import pytest

from matching.cause_words import cause_words, match_cause_words
from matching.explanation import Subject
from matching.scoring.applicant import Applicant, Exam
from matching.scoring.causes import CAUSES
from tests.matching.made_snapshot import row_make

NOBODY = Applicant()


def told(cause: str, applicant: Applicant = NOBODY, **facts: Any) -> tuple[str, str]:
    return cause_words(cause, Subject(applicant, row_make(1, facts=facts), "Internal medicine", "2027"))


@pytest.mark.parametrize("cause", CAUSES)
def test_every_cause_has_words_that_follow_because(cause: str) -> None:
    code, words = told(cause)
    assert code == cause
    assert words[0].islower()
    assert not words.endswith(".")


def test_a_program_without_counts() -> None:
    us_img = Applicant("us_img")
    assert told("program", us_img)[1] == "the share of US-citizen IMGs among its residents is not known"
    assert "without US citizenship" in told("program", Applicant("non_us_img"))[1]
    assert told("program")[1] == "how it looks at graduates like you is not known"
    assert told("program", us_img, residents_total=24.0)[0] == "program"
    assert told("program", us_img, residents_img=3.0)[0] == "program"


def test_a_program_with_counts() -> None:
    code, words = told("program", Applicant("us_img"), residents_total=24.0, residents_img=3.0)
    assert (code, words) == ("program_counted", "only 24 residents are counted")


def test_a_result_that_is_not_there_yet_is_not_called_unsaid() -> None:
    pending = Applicant(step2ck=Exam("pending"))
    assert told("unsaid:step2ck.score", pending) == ("pending", "your Step 2 CK result is not known yet")
    assert told("unsaid:step2ck.score", Applicant(step2ck=Exam("pass")))[0] == "unsaid:step2ck.score"


def test_a_judgement_names_what_is_weighed() -> None:
    assert told("judgement:usce")[1] == (
        "how much this counts is not settled: hands-on US clinical experience"
    )
    assert told("judgement:step1")[1] == "how much this counts is not settled: Step 1"


@pytest.mark.parametrize("cause", CAUSES)
def test_every_cause_of_the_match_has_words_too(cause: str) -> None:
    code, words = match_cause_words(cause, NOBODY)
    assert code == cause
    assert words[0].islower()
    assert not words.endswith(".")


def test_the_programs_of_a_list_are_many() -> None:
    assert match_cause_words("program", Applicant("us_img"))[1] == (
        "how open these programs are to US-citizen IMGs is not known"
    )
