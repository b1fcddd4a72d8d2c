from typing import Any
from urllib.parse import parse_qs, urlsplit

from matching.presentation.ask_first import asks
from matching.questions import QUESTIONS
from tests.matching.presentation.samples import program_of, summary_of

QUESTION = "I would like to apply. Is there a limit on years since graduation, & does it bind?"


def entry_of(number: int, fact: str) -> dict[str, Any]:
    return {
        "program": program_of(number),
        "fact": fact,
        "why": f"why {fact}",
        "gain": 0.1,
        "question": QUESTION,
    }


def test_programs_stand_under_their_question_in_their_order() -> None:
    entries = [entry_of(2, "residents_us_img"), entry_of(3, "min_step2ck"), entry_of(1, "residents_us_img")]
    first, second = asks(summary_of(ask_first=entries))
    assert (first.question, first.why) == (QUESTIONS["residents_us_img"], "why residents_us_img")
    assert [letter.id for letter in first.letters] == ["sp00002", "sp00001"]
    assert [letter.id for letter in second.letters] == ["sp00003"]


def test_letters_are_ready_to_send() -> None:
    (ask,) = asks(summary_of(ask_first=[entry_of(2, "min_step2ck")]))
    assert ask.letters[0].place == "Los Angeles, CA"
    letter = urlsplit(ask.letters[0].link)
    assert (letter.scheme, letter.path) == ("mailto", "")
    assert parse_qs(letter.query)["subject"] == ["A question before I apply: Hospital 2"]
    assert QUESTION in parse_qs(letter.query)["body"][0]


def test_nothing_open_needs_no_letter() -> None:
    assert asks(summary_of()) == asks(summary_of(ask_first=[])) == ()
