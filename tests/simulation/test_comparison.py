"""Seeds put together."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from matching.simulation.comparison import Estimate, estimate, promises_of, rates_of, rows_of
from matching.simulation.measures import Measured, Promised, SeedResult
from matching.simulation.strategies import BY_ODDS, OURS


def seed_result(seed: int, ours: float, other: float) -> SeedResult:
    def one(name: str, matched: float) -> Measured:
        return Measured(seed, name, 40, 40.0, 440.0, 5.0, 4.0, 0.1, matched, 0.2, 0.3)

    promised = Promised(seed, OURS, 40, 4.0, 0.5, 0.2)
    return SeedResult((one(OURS, ours), one(BY_ODDS, other)), (promised,), np.array([0.6, 0.5, 0.9, 0.9]))


@given(values=st.lists(st.floats(-10, 10), min_size=2, max_size=20))
def test_an_interval_is_students(values: list[float]) -> None:
    found = estimate(values)
    wanted = stats.t.ppf(0.975, len(values) - 1) * stats.sem(values)
    assert found.mean == pytest.approx(np.mean(values), abs=1e-12)
    assert found.half == pytest.approx(wanted, abs=1e-9)
    assert found.low <= found.mean <= found.high


def test_one_seed_has_no_interval_and_none_no_mean() -> None:
    assert math.isnan(estimate([0.3]).half)
    with pytest.raises(ValueError, match="no seed"):
        estimate([])


def test_differences_are_paired_by_seed() -> None:
    rows = rows_of([seed_result(1, 0.6, 0.5), seed_result(2, 0.4, 0.3)])
    ours, other = rows
    assert (ours.strategy, ours.programs) == (OURS, 40)
    assert ours.against["matched"] == Estimate(0.0, 0.0)
    assert other.by["matched"].half > 0.1
    assert other.against["matched"].mean == pytest.approx(-0.1)
    assert other.against["matched"].half == pytest.approx(0.0, abs=1e-12)


def test_promises_and_rates() -> None:
    results = [seed_result(1, 0.6, 0.5), seed_result(2, 0.4, 0.3)]
    assert promises_of(results, OURS, 40)["matched"].mean == pytest.approx(0.5)
    assert [round(one.mean, 2) for one in rates_of(results)] == [0.6, 0.5, 0.9, 0.9]
