"""Counts of signals: the newest row not after the season, and rows that cannot be."""

import pytest

from matching.scoring.signals import LEVELS, SignalRowInvalid, SignalTable
from programs.reference import reference_rows


def row(season: str = "2025", specialty: str = "internal-medicine", **counts: str) -> dict[str, str]:
    return {"season": season, "specialty": specialty, "source": "AAMC", **dict.fromkeys(LEVELS, ""), **counts}


def test_fixture_counts_serve_later_seasons() -> None:
    table = SignalTable.from_rows(reference_rows("signals"), "2027")
    medicine, family = table.of("internal-medicine"), table.of("family-medicine")
    assert medicine is not None
    assert family is not None
    assert (medicine.season, medicine.counts, medicine.total) == (2025, (3, 12, 0), 15)
    assert family.counts == (0, 0, 5)
    assert medicine.source
    assert table.season == 2027


def test_a_specialty_without_a_row_has_no_signals() -> None:
    assert SignalTable.from_rows(reference_rows("signals"), "2027").of("obstetrics-gynecology") is None


def test_newest_row_not_after_the_season_counts() -> None:
    rows = [
        row("2027", single="9"),
        row("2025", single="5"),
        row("2026", single="7"),
        row("2028", single="1"),
    ]
    found = SignalTable.from_rows(rows, "2027").of("internal-medicine")
    assert found is not None
    assert (found.season, found.total) == (2027, 9)
    assert SignalTable.from_rows(rows, "2024").of("internal-medicine") is None


def test_a_row_without_counts_ends_them() -> None:
    table = SignalTable.from_rows([row("2025", single="5"), row("2026")], "2027")
    assert table.of("internal-medicine") is None
    assert table.by_specialty["internal-medicine"].season == 2026


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row(gold="-1")], "signal row 1: a count cannot be negative"),
        ([row(gold="some")], "signal row 1"),
        ([row(gold="3", single="2")], "one kind of signal"),
        ([row(single="2"), row(single="3")], "signal row 2: internal-medicine stands twice in 2025"),
        ([{"season": "2025"}], "signal row 1"),
    ],
)
def test_rows_that_cannot_be_are_named(rows: list[dict[str, str]], words: str) -> None:
    with pytest.raises(SignalRowInvalid, match=words):
        SignalTable.from_rows(rows, "2027")
