import pytest

from matching.presentation.program_page import (
    HeadLine,
    head_lines,
    kind_words,
    listing_words,
    place_words,
    program_page,
)
from programs.selectors import facts_listed
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({}, "Torrance, Los Angeles County, California"),
        ({"city": "Los Angeles"}, "Los Angeles, California"),
        ({"county": ""}, "Torrance, California"),
        ({"city": "", "county": ""}, "California (city not known)"),
    ],
)
def test_place_words(members: dict[str, str], words: str) -> None:
    assert place_words(make_program(**members)) == words


@pytest.mark.parametrize(
    ("status", "year", "words"),
    [
        ("current", 2026, ""),
        ("unconfirmed", 2023, "We last saw it in a list of 2023. Look it up"),
        ("old", 2019, "We last saw it in a list of 2019. It may have closed. Look it up"),
        ("old", None, "We have not seen it in any dated list. It may have closed."),
    ],
)
def test_listing_words(status: str, year: int | None, words: str) -> None:
    told = listing_words(make_program(listing_status=status, last_listed_year=year))
    assert told.startswith(words) if words else told == ""


def test_head_lines_say_what_is_not_known() -> None:
    program = make_program(acgme_id="1400531039", last_listed_year=None)
    assert head_lines(program, ()) == (
        HeadLine("Type", "not openly known", soft=True),
        HeadLine("ACGME id", "1400531039"),
        HeadLine("NRMP code", "not known", soft=True),
        HeadLine("Apply through", "ERAS"),
        HeadLine("Last seen listed", "in no dated list", soft=True),
    )
    make_fact(program, "program_type", "university-affiliated")
    assert head_lines(program, facts_listed(program.pk))[0] == HeadLine("Type", "University-affiliated")


def test_kind_words_name_the_track() -> None:
    assert kind_words(make_program(track="preliminary")) == "Internal medicine, preliminary, one year"


def test_program_page_counts_what_is_not_known_and_asks_for_it() -> None:
    program = make_program()
    page = program_page(program, (), None, season="2027", year=2026, miles=16.9)
    assert not page.known
    assert page.you is None
    make_fact(program, "min_step2ck", "220")
    assert page.distance == "about 15 miles from downtown Los Angeles"
    less = program_page(program, facts_listed(program.pk), None, season="2027", year=2026, miles=16.9)
    assert less.known
    assert less.unknown == page.unknown - 1
    assert page.email is not None
    assert less.email is not None
    assert "minimum Step 2 CK" in page.email.body
    assert "minimum Step 2 CK" not in less.email.body
