"""Whether scores are spoken of: only after a fail, several attempts or a large gap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.brief.drawing import brief_of
from matching.brief.sources import mark
from matching.scoring.applicant import Exam, Experience
from tests.matching.brief.made import codes_of, facts_of

ADDRESS = {"statement.attempts", "statement.not_passed", "statement.gap"}


def statement_of(**members: object) -> set[str]:
    return {code for code in codes_of(facts_of(**members)) if code.startswith("statement.")}


@given(st.integers(214, 280))
def test_statement_a_score_alone_is_never_explained(score: int) -> None:
    found = statement_of(step2ck=Exam(status="pass", score=score, attempts=1))
    assert found == {"statement.leave_out"}


@given(st.integers(1, 300), st.integers(1, 300))
def test_statement_a_gap_is_explained_from_the_mark_on(first: int, second: int) -> None:
    found = statement_of(
        step1=Exam(status="pass", score=first, attempts=1),
        step2ck=Exam(status="pass", score=second, attempts=1),
    )
    assert ("statement.gap" in found) is (abs(second - first) >= mark("large_gap"))
    assert ("statement.leave_out" in found) is not ("statement.gap" in found)


@pytest.mark.parametrize("exam", ["step1", "step2ck", "step3"])
def test_statement_several_attempts_are_named(exam: str) -> None:
    found = statement_of(**{exam: Exam(status="pass", score=None, attempts=3)})
    assert "statement.attempts" in found
    assert "statement.leave_out" not in found


def test_statement_a_fail_without_a_pass_waits_for_it() -> None:
    found = statement_of(step2ck=Exam(status="fail", score=200, attempts=1))
    assert found & ADDRESS == {"statement.not_passed"}


@pytest.mark.parametrize("status", ["pending", "not_taken", None])
def test_statement_says_nothing_before_there_is_a_result(status: str | None) -> None:
    assert statement_of(step2ck=Exam(status=status)) == {"statement.wait"}  # type: ignore[arg-type] # as told


def test_statement_evidence_is_hers_alone() -> None:
    facts = facts_of(
        step1=Exam(status="pass", attempts=2),
        step3=Exam(status="pass", attempts=1),
        experience=(Experience("elective", 12, "CA", "los-angeles"),),
    )
    said = brief_of(facts).sections[0].points[0].said
    assert said.write[-1] == "I then passed Step 2 CK at the first attempt."
    assert "passed Step 3 at the first attempt" in said.say[-1]
    assert "12 weeks of hands-on work in Los Angeles" in said.say[-1]


def test_statement_without_evidence_says_so_and_leads_to_the_plan() -> None:
    facts = facts_of(step2ck=Exam(status="pass", score=220, attempts=2))
    point = brief_of(facts).sections[0].points[0]
    assert any("told us of nothing since" in text for text in point.said.say)
    assert point.said.link is not None
    assert point.said.link[0] == "matching:plan"


def test_statement_scaffold_is_three_sentences() -> None:
    facts = facts_of(step1=Exam(status="pass", attempts=2), step3=Exam(status="pass", attempts=1))
    assert len(brief_of(facts).sections[0].points[0].said.write) == 3


@pytest.mark.parametrize(
    ("year", "taken", "score", "asked"),
    [
        (2016, None, None, True),
        (2025, None, None, False),
        (2016, None, 230, False),
        (2016, "2023-05", None, False),
    ],
)
def test_statement_asks_for_a_step1_number_only_where_there_was_one(
    year: int, taken: str | None, score: int | None, asked: bool
) -> None:
    found = statement_of(
        step1=Exam(status="pass", score=score, attempts=1, taken=taken), graduation_year=year
    )
    assert ("statement.step1_unknown" in found) is asked


def test_statement_of_a_rise_is_one_sentence() -> None:
    facts = facts_of(
        step1=Exam(status="pass", score=205, attempts=1), step2ck=Exam(status="pass", score=240, attempts=1)
    )
    assert len(brief_of(facts).sections[0].points[0].said.write) == 1


@pytest.mark.parametrize(("before", "said"), [(True, True), (False, False), (None, False)])
def test_statement_speaks_of_an_earlier_season_only_where_told(before: bool | None, said: bool) -> None:
    assert ("statement.reapplied" in codes_of(facts_of(applied_before=before))) is said
