import pytest

from tests.reading import LEAST_WORDS, grade, hardest, prose

PAGE = """<html><body><nav><p>Not this.</p></nav><main><h1>Your plan</h1>
<p>Go <a href="#">there</a> first, and then come back</p>
<table><tr><td><p>12</p></td></tr></table><p data-reading="skip">Cedars-Sinai Medical Center</p>
<ul><li>One step after another is enough.</li><li>Step 3</li></ul><br></main></body></html>"""
EASY = "Ask for the letter now. Say who you are. Tell what you did there. " * 10
HARD = (
    "Notwithstanding institutional heterogeneity, comprehensive evaluation methodologies "
    "systematically disadvantage internationally educated candidates "
    "regardless of demonstrable competencies. "
) * 10


def test_prose_is_what_main_says_in_words() -> None:
    assert prose(PAGE).splitlines() == [
        "Go there first, and then come back.",
        "One step after another is enough.",
    ]


def test_prose_needs_a_main() -> None:
    with pytest.raises(ValueError, match="no main"):
        prose("<p>Words.</p>")


def test_grade_tells_easy_from_hard() -> None:
    assert grade(EASY) < 4
    assert grade(HARD) > 16
    assert hardest(EASY + HARD)[0][1].startswith("Notwithstanding")


def test_grade_takes_abbreviations_of_the_field_for_words() -> None:
    assert grade(EASY + "The ECFMG and USMLE IDs. " * 5) < 4


def test_grade_of_few_words_says_nothing() -> None:
    with pytest.raises(ValueError, match=f"{3} words"):
        grade("Three short words.")
    assert LEAST_WORDS > 3
