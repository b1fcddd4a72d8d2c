from matching.presentation.landing_page import held_rings, landing_page
from tests.matching.presentation.samples import document_of, row_of, summary_of


def test_landing_page_shows_the_same_sentence_as_the_result() -> None:
    sample = landing_page(document_of([row_of()]))
    assert sample is not None
    assert sample.headline == "Expect about 2 interviews from 3 applications, usually 1 to 4."
    assert sample.geography.table.heads == ("Los Angeles", "Whole nation")


def test_landing_page_without_an_answer() -> None:
    assert landing_page(None) is None
    assert landing_page(document_of([], summary=summary_of(applications=0))) is None


def test_held_rings_by_name() -> None:
    assert held_rings([("los-angeles", 190), ("national", 3920)]) == (
        ("Los Angeles", 190),
        ("Whole nation", 3920),
    )
