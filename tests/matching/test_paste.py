"""A pasted list, line by line, whatever people paste."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.paste import MOST_CANDIDATES, Index, Line, Listed, lines_read
from programs.search import search_text

SPECIALTIES = {
    "internal-medicine": "Internal medicine",
    "family-medicine": "Family medicine",
    "pediatrics": "Pediatrics",
}


def listed(number: int, name: str, city: str, state: str, **more: str | None) -> Listed:
    ident, acgme, nrmp = f"sp{number:05d}", more.get("acgme"), more.get("nrmp")
    return Listed(
        id=ident,
        key=str(more.get("key") or acgme or ident),
        acgme_id=acgme,
        nrmp_code=nrmp,
        search_text=search_text(name, name, city, ident, acgme, nrmp),
        state=state,
        specialty=str(more.get("specialty") or "internal-medicine"),
        track=str(more.get("track") or "categorical"),
    )


TRACKS = (
    listed(1, "LAC+USC Medical Center Program", "Los Angeles", "CA", acgme="1400521001", nrmp="1050140C0"),
    listed(2, "LAC+USC Medical Center Program", "Los Angeles", "CA", acgme="1400521001", track="preliminary"),
    listed(3, "Kern Medical Center Program", "Bakersfield", "CA", acgme="1400521002"),
    listed(4, "Kern Medical Center Program", "Bakersfield", "CA", specialty="family-medicine"),
    listed(5, "St. Mary's Hospital Program", "San Francisco", "CA"),
    listed(6, "St. Mary's Hospital Program", "Waterbury", "CT"),
)
INDEX = Index(TRACKS, frozenset({"internal-medicine"}))


def one(text: str) -> Line:
    (line,) = lines_read(text, SPECIALTIES)
    return line


@pytest.mark.parametrize(
    "text",
    ["1400521002", "140-05-21-002", "3.\t1400521002\tKern", "Kern Medical Center (1400521002), Bakersfield",
     "ACGME ID: 1400521002", "  * 1400521002 ", "sp00003", "SP00003"],
)  # fmt: skip
def test_index_finds_a_code_wherever_it_stands(text: str) -> None:
    read = INDEX.read(one(text))
    assert (read.candidates, read.sure) == (("sp00003",), True)


def test_index_finds_an_nrmp_code_in_either_case() -> None:
    assert INDEX.read(one("1050140c0")).candidates == ("sp00001",)


def test_index_of_a_code_with_several_tracks_puts_the_categorical_first() -> None:
    read = INDEX.read(one("1400521001"))
    assert (read.candidates, read.sure) == (("sp00001", "sp00002"), True)
    assert INDEX.read(one("1400521001 preliminary")).candidates == ("sp00002",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kern Medical Center", "sp00003"),  # of her specialty where the line names none
        ("Kern Medical Center - Family Medicine", "sp00004"),
        ("12) Kern Medical Center FM Bakersfield, CA", "sp00004"),
        ("St Mary's Hospital, Waterbury, CT", "sp00006"),
        ("ST. MARYS HOSPITAL (CA)", "sp00005"),
        ("3.\tKern Medical Center\tBakersfield\tCA\tApplied", "sp00003"),  # a column of ERAS
    ],
)
def test_index_finds_a_name_by_what_else_the_line_says(text: str, found: str) -> None:
    read = INDEX.read(one(text))
    assert (read.candidates, read.sure) == ((found,), True)


def test_index_asks_where_several_programs_fit() -> None:
    read = INDEX.read(one("St Marys Hospital"))
    assert read.sure is False
    assert set(read.candidates) == {"sp00005", "sp00006"}


def test_index_proposes_where_most_words_fit() -> None:
    read = INDEX.read(one("Kern Medical Center of Oildale, Bakersfield CA"))
    assert read.sure is False
    assert read.candidates[0] == "sp00003"


def test_index_finds_nothing_for_what_is_nowhere() -> None:
    assert INDEX.read(one("Sisters of Nowhere, Atlantis")).candidates == ()
    assert INDEX.read(one("9999999999")).candidates == ()


def test_lines_read_leaves_out_blanks_and_headings_and_keeps_numbers() -> None:
    head = "My ERAS list\n\nProgram Name\tAccreditation ID\tCity\tState\n"
    text = f"{head}1. Kern Medical Center\r\n\n2. Loma Linda"
    lines = lines_read(text, SPECIALTIES)
    assert [(line.number, line.text) for line in lines] == [
        (4, "1. Kern Medical Center"),
        (6, "2. Loma Linda"),
    ]


def test_lines_read_drops_what_no_database_takes() -> None:
    assert one("Kern\x00 Medical").text == "Kern Medical"


@given(st.text(max_size=300))
def test_lines_read_and_index_stand_any_text(text: str) -> None:
    for line in lines_read(text, SPECIALTIES):
        assert line.codes or line.words
        read = INDEX.read(line)
        assert len(set(read.candidates)) == len(read.candidates) <= MOST_CANDIDATES
        assert set(read.candidates) <= {track.id for track in TRACKS}


@given(st.sampled_from(TRACKS), st.integers(1, 300), st.sampled_from([". ", ")", "\t", " - ", ": "]))
def test_index_finds_every_track_by_its_own_id_behind_any_number(
    track: Listed, number: int, mark: str
) -> None:
    assert INDEX.read(one(f"{number}{mark}{track.id}")).candidates == (track.id,)
