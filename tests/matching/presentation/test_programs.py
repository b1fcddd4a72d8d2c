from math import nan

import pytest

from matching.presentation.programs import (
    distance_words,
    listed_words,
    listing_words,
    program_name,
    program_place,
    program_specialty,
    share_words,
    type_words,
)
from tests.matching.made_snapshot import fact_make, row_make
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


@pytest.mark.parametrize(
    ("miles", "words"),
    [
        (2.0, "under 10 miles"),
        (16.9, "about 15 miles"),
        (347.2, "about 350 miles"),
        (2446.0, "about 2,450 miles"),
        (nan, ""),
        (None, ""),
    ],
)
def test_distance_words_are_round_miles(miles: float | None, words: str) -> None:
    assert distance_words(miles) == words


def test_type_words_where_a_source_says() -> None:
    assert type_words(program_of(program_type="community")) == "community program"
    assert type_words(program_of(program_type=None)) == ""


def test_share_words_are_counts_with_their_year() -> None:
    us = {"residents_us_img": fact_make(1, "residents_us_img", 5.0, page_year=2023)}
    whole = {"residents_total": fact_make(1, "residents_total", 24.0)}
    assert share_words(row_make(1, facts=us | whole)) == "US-citizen IMGs: 5 of 24 residents (2023)"
    assert share_words(row_make(1, facts=us)) == "US-citizen IMGs: 5 residents (2023)"


def test_share_words_of_all_imgs_where_no_more_is_known() -> None:
    told = fact_make(1, "residents_img", None, as_stated="6-10", page_year=None)
    assert share_words(row_make(1, facts={"residents_img": told})) == "IMGs: 6-10 residents"
    assert share_words(row_make(1)) == ""
    assert share_words(None) == ""
