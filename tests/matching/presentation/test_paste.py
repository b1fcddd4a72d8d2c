import pytest

from matching.list_selectors import paste_index, programs_named
from matching.paste import lines_read
from matching.presentation.paste import PastePage, paste_page
from programs.models import DataVersion
from tests.matching.factories import program_make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]


def page_of(text: str, listed: frozenset[str] = frozenset()) -> PastePage:
    index = paste_index(["internal-medicine"])
    reads = [index.read(line) for line in lines_read(text, {"internal-medicine": "Internal medicine"})]
    return paste_page(reads, programs_named({name for read in reads for name in read.candidates}), listed)


def test_paste_page_sorts_lines_by_what_they_are(small_catalogue: DataVersion) -> None:
    page = page_of("sp00001\nsp00001\nHarbor\nAtlantis General\nsp00002", frozenset({"p00002"}))
    assert [row.first.id for row in page.matched] == ["sp00001"]
    assert [row.line.text for row in page.questions] == ["Harbor"]
    assert [(row.line.number, row.said) for row in page.doubled] == [
        (2, "the same program as line 1"),
        (5, "on your list already"),
    ]
    assert page.unmatched_text == "Atlantis General"
    assert page.addable


def test_paste_page_of_a_program_with_two_tracks_matches_both() -> None:
    program_make("sp00090", program_key="p00001", track="preliminary", acgme_id="1400521001")
    program_make("sp00091", program_key="p00001", track="primary-care", acgme_id="1400521001")
    (row,) = page_of("1400521001").matched
    assert [each.id for each in row.candidates] == ["sp00090", "sp00091"]


def test_paste_page_of_nothing_known_adds_nothing() -> None:
    page = page_of("Atlantis General")
    assert not page.addable
    assert len(page.unmatched) == 1
