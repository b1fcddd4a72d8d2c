from typing import Any

from matching.presentation.balance import Finding, balance_card, repair_of, repaired_words
from tests.matching.presentation.samples import interviews_of, summary_of


def balance(**values: Any) -> dict[str, Any]:
    findings = [
        {"code": "few_targets", "severity": "warning", "detail": "Few."},
        {"code": "no_safety", "severity": "note", "detail": "None."},
        {"code": "no_interview", "severity": "serious", "detail": "Many."},
    ]
    return {"grade": "B", "value_of_best": 1.0, "findings": findings, **values}


def test_the_card_says_what_its_grade_rests_on_and_what_is_not_said_elsewhere() -> None:
    card = balance_card(summary_of(balance=balance(), interviews=interviews_of(none=0.12)))
    assert card is not None
    assert (card.grade, card.findings) == ("B", (Finding("warning", "Few."),))
    assert card.meaning == (
        "No other list for this price would serve you better. About 12 in 100 seasons bring no interview."
    )


def test_a_list_that_could_be_better_is_not_called_the_best() -> None:
    card = balance_card(summary_of(balance=balance(value_of_best=0.9)))
    assert card is not None
    assert card.meaning.startswith("Another list")


def test_no_list_has_no_grade() -> None:
    assert balance_card(summary_of(balance=None)) is None
    assert balance_card(summary_of(balance=balance(), applications=0)) is None


def test_a_list_that_could_be_better_is_repaired_by_one_click() -> None:
    repair = repair_of(summary_of(balance=balance(value_of_best=0.9), stop_line={"applications": 1}))
    assert repair is not None
    assert repair.button == "Repair the list"


def test_the_best_list_may_be_cut_where_its_end_is_too_dear() -> None:
    repair = repair_of(summary_of(balance=balance(), stop_line={"applications": 1}))
    assert repair is not None
    assert repair.button == "Leave out the last 2"
    assert "the first 1 program as" in repair.words


def test_where_nothing_can_be_bettered_there_is_no_button() -> None:
    assert repair_of(summary_of(balance=balance())) is None
    assert repair_of(summary_of(balance=balance(), stop_line={"applications": 0})) is None


def test_repaired_words_tell_both_grades_fees_and_chances() -> None:
    before = summary_of(balance=balance(), cost_usd=1260)
    after = summary_of(balance=balance(grade="A"), cost_usd=900)
    assert repaired_words(before, after, [], ["Harbor", "Mission"]) == (
        "Took off Harbor and Mission. Balance B before, A now. Fees $1,260 before, $900 now. "
        "44\N{EN DASH}70% match before, 44\N{EN DASH}70% now. Undo brings the list back as it was."
    )


def test_repaired_words_name_the_first_few_and_count_the_rest() -> None:
    words = repaired_words(None, None, ["A"], ["B", "C", "D", "E", "F", "G"])
    assert words == ("Added A. Took off B, C, D, E and 2 more. Undo brings the list back as it was.")


def test_repaired_words_where_nothing_was_to_better() -> None:
    assert repaired_words(None, None, [], []).startswith("There was nothing to better")
