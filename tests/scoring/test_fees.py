"""Fees: the published examples, the reference file as it stands, and rows that cannot be."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring.fees import FeeRowInvalid, FeeTable, FeeUnknown

ROOT = Path(__file__).resolve().parents[2]
ROWS = list(csv.DictReader((ROOT / "fixtures" / "fees.csv").open(encoding="utf-8")))
FEES = FeeTable.from_rows(ROWS, "2027")
SERVICE = {"internal-medicine": "eras", "family-medicine": "eras", "emergency-medicine": "residencycas"}
COUNTS = st.dictionaries(st.sampled_from(sorted(SERVICE)), st.integers(0, 150))


def row(**given: str) -> dict[str, str]:
    return {"season": "2026", "service": "eras", "from_count": "1", "to_count": "", "usd_each": "11"} | given


@pytest.mark.parametrize(
    ("counts", "usd"),
    [
        ({}, 0),
        ({"internal-medicine": 0}, 0),
        ({"internal-medicine": 1}, 11),
        ({"internal-medicine": 30}, 330),
        ({"internal-medicine": 31}, 360),
        ({"internal-medicine": 43, "family-medicine": 7}, 797),
        ({"internal-medicine": 50, "family-medicine": 50}, 1860),
        ({"internal-medicine": 100}, 2430),
        ({"emergency-medicine": 1}, 99),
        ({"emergency-medicine": 18}, 99),
        ({"emergency-medicine": 19}, 117),
        ({"emergency-medicine": 30}, 99 + 12 * 18),
        ({"emergency-medicine": 31}, 99 + 12 * 18 + 23),
        ({"emergency-medicine": 20, "internal-medicine": 2}, 99 + 36 + 22),
    ],
)
def test_fees_cost_published_examples(counts: dict[str, int], usd: int) -> None:
    assert FEES.cost(counts, SERVICE) == usd


def test_fees_transcript_and_ranks_stand_apart() -> None:
    assert FEES.transcript_usd == 80
    assert [FEES.extra_rank_usd(ranked) for ranked in (0, 20, 21, 25)] == [0, 0, 30, 150]
    assert FEES.cost({"internal-medicine": 30}, SERVICE) == 330


@given(COUNTS, st.sampled_from(sorted(SERVICE)))
def test_fees_marginal_is_the_difference(counts: dict[str, int], specialty: str) -> None:
    before = counts.get(specialty, 0)
    more = FEES.cost({**counts, specialty: before + 1}, SERVICE) - FEES.cost(counts, SERVICE)
    assert FEES.marginal(before, SERVICE[specialty]) == more >= 0


@pytest.mark.parametrize("most", [0, 1, 17, 18, 300])
def test_fees_steps_add_up_to_the_cost(most: int) -> None:
    steps = FEES.steps_usd(["eras", "residencycas", "eras"], most)
    assert steps.shape == (3, most + 1)
    for count in range(most + 2):
        assert steps[0, :count].sum() == FEES.cost({"internal-medicine": count}, SERVICE)
        assert steps[1, :count].sum() == FEES.cost({"emergency-medicine": count}, SERVICE)
    assert (steps[2] == steps[0]).all()


def test_fees_steps_of_nothing() -> None:
    assert FEES.steps_usd([]).shape == (0, 301)


def test_fees_latest_season_not_after_the_asked_one() -> None:
    rows = [
        row(season=season, usd_each=usd) for season, usd in (("2025", "9"), ("2026", "11"), ("2028", "99"))
    ]
    for season, usd in (("2025", 9), ("2026", 11), ("2027", 11), ("2028", 99), ("2040", 99)):
        assert FeeTable.from_rows(rows, season).marginal(0, "eras") == usd
    with pytest.raises(FeeUnknown, match="'eras' is known for season 2024"):
        FeeTable.from_rows(rows, "2024").cost({"internal-medicine": 1}, SERVICE)


def test_fees_unknown_is_never_free() -> None:
    with pytest.raises(FeeUnknown, match="application service"):
        FEES.cost({"dermatology": 1}, SERVICE)
    with pytest.raises(FeeUnknown, match="'sf-match'"):
        FEES.marginal(0, "sf-match")
    with pytest.raises(FeeUnknown, match="'sf-match'"):
        FEES.steps_usd(["eras", "sf-match"])
    with pytest.raises(ValueError, match="-1"):
        FEES.cost({"internal-medicine": -1}, SERVICE)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"usd_each": "eleven"}, "row 2"),
        ({"usd_each": "99 each"}, "not an amount"),
        ({"usd_each": ""}, "row 2"),
        ({"usd_each": "-1"}, "negative"),
        ({"season": "soon"}, "row 2"),
        ({"from_count": "0"}, "start at 1"),
        ({"from_count": "5", "to_count": "4"}, "backwards"),
    ],
)
def test_fees_rows_refused(fault: dict[str, str], said: str) -> None:
    with pytest.raises(FeeRowInvalid, match=said):
        FeeTable.from_rows([row(), row(**fault)], "2027")


def test_fees_rows_without_a_column() -> None:
    with pytest.raises(FeeRowInvalid, match="to_count"):
        FeeTable.from_rows(
            [{"season": "2026", "service": "eras", "from_count": "1", "usd_each": "1"}], "2027"
        )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row(from_count="2")], "expected a step from 1, found 2"),
        ([row(to_count="30"), row(from_count="32")], "expected a step from 31, found 32"),
        ([row(to_count="30"), row(from_count="30")], "expected a step from 31, found 30"),
        ([row(to_count="30")], "no step from 31"),
        ([row(), row(from_count="31")], "expected a step from None"),
    ],
)
def test_fees_steps_leave_no_gap(rows: list[dict[str, str]], said: str) -> None:
    with pytest.raises(FeeRowInvalid, match=said):
        FeeTable.from_rows(rows, "2027")
