import pytest

from matching.presentation.sentences import (
    expected_words,
    headline,
    key_numbers,
    los_angeles_sentence,
    next_steps,
    no_safety_steps,
    second_sentence,
)
from tests.matching.presentation.samples import interviews_of, row_of, scope_of, summary_of


def test_headline_says_what_to_expect() -> None:
    summary = summary_of(applications=80, interviews=interviews_of(expected=6.1, p10=2, p90=11))
    assert headline(summary) == "Expect about 6 interviews from 80 applications, usually 2 to 11."


def test_headline_hard_season_says_so_first() -> None:
    summary = summary_of(applications=80, interviews=interviews_of(none=0.41, expected=1.2, p10=0, p90=4))
    assert headline(summary) == (
        "This is hard. About 41 in 100 seasons like yours bring no interview, even with 80 applications."
    )


def test_headline_nothing_left_to_apply_to() -> None:
    summary = summary_of(applications=0)
    assert headline(summary) == "No program is left to apply to within your limits."
    assert "Widen" in second_sentence(summary)


@pytest.mark.parametrize(
    ("expected", "words"),
    [(0.3, "less than one interview"), (1.2, "about 1 interview"), (2.8, "about 3 interviews")],
)
def test_expected_words_are_whole(expected: float, words: str) -> None:
    assert expected_words(expected) == words


def test_second_sentence_percent_stands_beside_match() -> None:
    assert second_sentence(summary_of()) == (
        "They cost $1,830. In about 10 in 100 seasons like yours, no interview comes at all. "
        "For the list as a whole, we estimate 44\N{EN DASH}70% match."
    )
    assert "Expect about 1 interview." in second_sentence(
        summary_of(interviews=interviews_of(none=0.4, expected=1.1))
    )


def test_los_angeles_sentence_only_where_it_is_on_the_list() -> None:
    assert los_angeles_sentence(summary_of()) == (
        "A match in the Los Angeles area itself: about 31 in 100, from 1 program there."
    )
    assert los_angeles_sentence(summary_of(list_by_ring={"los-angeles": 0})) == ""
    assert los_angeles_sentence(summary_of(p_los_angeles=None)) == ""


def test_next_steps_stand_beside_bad_news_alone() -> None:
    assert next_steps(summary_of(interviews=interviews_of(expected=6.0, none=0.02))) == ()
    steps = next_steps(summary_of(interviews=interviews_of(expected=1.0, none=0.4)))
    assert steps[0] == "Look beyond Los Angeles. The whole nation adds about 3.8 expected interviews."
    assert len(steps) == 2


def test_next_steps_without_a_nation_that_adds_much() -> None:
    scopes = [scope_of("los-angeles"), scope_of("national")]
    steps = next_steps(summary_of(interviews=interviews_of(expected=1.0), scopes=scopes))
    assert not any("beyond Los Angeles" in step for step in steps)


def test_no_safety_steps_name_the_strongest_and_what_to_ask() -> None:
    rows = [
        row_of(1, probability=0.05),
        row_of(2, probability=0.2, confidence="high"),
        row_of(3, probability=None),
    ]
    steps = no_safety_steps(rows)
    assert steps[0] == "Your strongest program is Hospital 2. Write that application with the most care."
    assert steps[1].endswith("We hold no rule of 2 on this list.")
    assert no_safety_steps([row_of(1, probability=None, confidence="low")])[0].startswith("Do not pad")


def test_key_numbers_are_the_chance_of_a_match_of_none_and_the_price() -> None:
    numbers = key_numbers(summary_of())
    assert [(number.value, number.note) for number in numbers] == [
        ("44\N{EN DASH}70%", "for the whole list, as a range"),
        ("10 in 100", "seasons like yours"),
        ("$1,830", "3 applications"),
    ]
    assert key_numbers(summary_of(applications=0)) == ()
