import pytest

from matching.presentation.programs import (
    listed_words,
    listing_words,
    program_name,
    program_place,
    program_specialty,
)
from tests.matching.presentation.samples import program_of


def test_program_name_without_its_last_word() -> None:
    assert program_name(program_of(name="Mission Hospital Program")) == "Mission Hospital"
    assert program_name(program_of(name=" Program")) == " Program"


def test_program_specialty_names_the_track_where_it_matters() -> None:
    assert program_specialty(program_of()) == "Internal medicine"
    assert program_specialty(program_of(track="preliminary")) == "Internal medicine, preliminary, one year"
    assert program_specialty(program_of(specialty_name=None)) == "Internal medicine"


@pytest.mark.parametrize(
    ("city", "county", "place"),
    [
        ("Los Angeles", True, "Los Angeles, CA"),
        ("Glendale", True, "Glendale, LA County, CA"),
        ("Anaheim", False, "Anaheim, CA"),
    ],
)
def test_program_place_marks_los_angeles_county(city: str, county: bool, place: str) -> None:
    assert program_place(program_of(city=city, in_los_angeles_county=county)) == place


@pytest.mark.parametrize(
    ("status", "year", "words"),
    [
        ("current", 2026, ""),
        ("unconfirmed", 2023, "Last seen listed in 2023. Check it still exists."),
        ("unconfirmed", None, "Not seen in a dated list. Check it still exists."),
        ("old", 2020, "Last seen listed in 2020. It may be closed: check it still exists."),
    ],
)
def test_listing_words_only_where_it_is_not_fresh(status: str, year: int | None, words: str) -> None:
    assert listing_words(program_of(listing_status=status, last_listed_year=year)) == words


def test_listed_words_with_and_without_a_year() -> None:
    assert listed_words(program_of()) == "listed 2026"
    assert listed_words(program_of(last_listed_year=None)) == "year of listing not known"
