from typing import Any

import pytest

from matching.licence import licence_rules
from matching.presentation.rules import licence_lines, rules_words, screened_sentence, screened_words
from tests.matching.presentation.samples import summary_of


def closed(count: int, usd: int, *by_gate: tuple[str, int]) -> dict[str, Any]:
    gates = [{"label": label, "count": number} for label, number in by_gate]
    return summary_of(screened_out={"count": count, "saves_usd": usd, "by_gate": gates})


def test_screened_sentence_says_how_many_and_what_they_would_cost() -> None:
    assert screened_sentence(closed(17, 510)) == "17 applications, $510, would probably not be read."
    assert screened_sentence(closed(1, 0)) == "1 application would probably not be read."
    assert screened_sentence(closed(0, 0)) == ""


def test_screened_words_name_the_rules_that_close_most() -> None:
    words = screened_words(closed(17, 510, ("Lowest Step 2 CK", 12), ("Visa", 6)))
    assert words.endswith("The rules that close most: Lowest Step 2 CK (12) and Visa (6).")
    assert "Each program states a rule you do not meet, so we left them out." in words
    assert "left it out." in screened_words(closed(1, 30, ("Visa", 1)))
    assert screened_words(closed(0, 0)) == ""


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"undecided": 0, "wishes_not_met": 0}, ""),
        ({"undecided": 2, "wishes_not_met": 0}, "2 programs on this list may have a rule against you"),
        ({"undecided": 0, "wishes_not_met": 1}, "1 program states a wish you do not meet."),
        ({"undecided": 1, "wishes_not_met": 3}, "3 programs state a wish you do not meet."),
    ],
)
def test_rules_words(rules: dict[str, int], words: str) -> None:
    assert words in rules_words(summary_of(rules=rules))
    assert bool(words) is bool(rules_words(summary_of(rules=rules)))


def test_licence_lines_show_both_of_what_two_pages_say_with_their_sources() -> None:
    lines = licence_lines(licence_rules())
    words = [line.words for line in lines]
    assert any("36 months" in each and "training licence lasts" in each for each in words)
    assert any("39 months" in each for each in words)
    assert any(each.startswith("Authorization letter for IMGs (PTAL): not required") for each in words)
    assert any("180 days" in each for each in words)
    assert all(line.fact and line.fact["source"] for line in lines)
    assert licence_lines(()) == ()
