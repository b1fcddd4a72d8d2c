from typing import Any

from matching.method.report_card import MINUS, checked_words, report_card
from tests.calibration.made_document import small_calibration


def document() -> dict[str, Any]:
    return {**small_calibration().document, "parameters": "0123456789abcdef"}


def test_the_card_tells_every_fitted_value_with_its_headline() -> None:
    card = report_card(document())
    assert [row.kind for row in card.fitted] == [
        "US-citizen IMGs",
        "Non-US IMGs",
        "Graduates of US MD schools",
        "Graduates of US DO schools",
    ]
    first, fitted = card.fitted[0], small_calibration().fitted[0]
    assert (first.headline, first.parameter) == ("67.8%", "base.us_img")
    assert first.value == f"{MINUS}{abs(fitted.value):.2f}"
    assert first.span.startswith(MINUS)
    assert (card.people, card.year, card.check_year, card.digest) == (
        "48",
        "2025",
        "2026",
        "0123456789abcdef",
    )


def test_groups_hold_imgs_and_leave_out_bands_that_none_is_in() -> None:
    by_title = {table.title: table for table in report_card(document()).groups}
    exams = by_title["Exams"]
    assert [name for name, _ in exams.rows] == ["a failed exam", "no failed exam"]
    assert exams.heads == ("US-citizen IMGs", "Non-US IMGs")
    for table in by_title.values():
        assert all(len(cells) == len(table.heads) for _, cells in table.rows)
        assert all(set(cells) != {"–"} for _, cells in table.rows)


def test_the_strongest_judgements_come_first() -> None:
    strongest = report_card(document()).strongest
    shifts = [abs(float(shift.replace(MINUS, "-"))) for _, shift in strongest]
    assert shifts == sorted(shifts, reverse=True)
    assert strongest[0][0].startswith("population.")


def test_what_is_known_runs_from_nothing_to_everything() -> None:
    card = report_card(document())
    assert [row.known for row in card.known] == ["0", "0.35", "0.7", "1"]
    assert card.blind == card.known[0].rate
    assert card.expected_interviews == "2 to 8"


def test_whose_chances_were_checked_is_said() -> None:
    found = {"kinds": {"us_img": {}, "us_do": {}}, "applicants": 1200, "seasons": ["2025", "2026"]}
    assert checked_words(found) == (
        "US-citizen IMGs and graduates of US DO schools: 1,200 applicants, seasons 2025 and 2026."
    )
    assert checked_words(None) == ""
    assert checked_words({**found, "kinds": {}}) == ""
