from urllib.parse import parse_qs, urlsplit

from matching.presentation.ask_first import asks
from tests.matching.presentation.samples import program_of, summary_of

QUESTION = "Is there a limit on years since graduation, & does it bind?"


def test_letters_keep_their_order_and_are_ready_to_send() -> None:
    entries = [
        {
            "program": program_of(n),
            "fact": "max_years_since_graduation",
            "why": "…",
            "gain": 0.1,
            "question": QUESTION,
        }
        for n in (2, 1)
    ]
    first, second = asks(summary_of(ask_first=entries))
    assert (first.id, second.id) == ("sp00002", "sp00001")
    assert first.place == "Los Angeles, CA"
    letter = urlsplit(first.letter)
    assert (letter.scheme, letter.path) == ("mailto", "")
    assert parse_qs(letter.query)["subject"] == ["A question before I apply: Hospital 2"]
    assert QUESTION in parse_qs(letter.query)["body"][0]


def test_nothing_open_needs_no_letter() -> None:
    assert asks(summary_of()) == asks(summary_of(ask_first=[])) == ()
