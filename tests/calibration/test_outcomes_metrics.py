from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss, log_loss

from matching.calibration.outcomes_metrics import (
    applicants_in,
    bins_merged,
    bins_of,
    brier_parts,
    entropy,
    measures,
    moments,
    row_losses,
    wilson,
)
from matching.scoring.columns import Ints
from matching.scoring.draws import Floats

Rows = tuple[Ints, Floats, Floats]


@st.composite
def rows(draw: st.DrawFn) -> Rows:
    """Applicants, chances (often equal ones) and what happened, of one to sixty rows."""
    n = draw(st.integers(1, 60))
    chance = st.sampled_from([0.05, 0.1, 0.5]) | st.floats(0.001, 0.999)
    applicant = draw(st.lists(st.integers(0, 7), min_size=n, max_size=n))
    p = draw(st.lists(chance, min_size=n, max_size=n))
    y = draw(st.lists(st.sampled_from([0.0, 1.0]), min_size=n, max_size=n))
    return np.unique(np.array(applicant), return_inverse=True)[1], np.array(p), np.array(y)


def measured(made: Rows, count: int = 4) -> Any:
    applicant, p, y = made
    return measures(moments(applicant, p, y, bins_of(p, count)).sum(axis=0))


@given(rows())
def test_sums_over_applicants_give_what_rows_give(made: Rows) -> None:
    _, p, y = made
    found = measured(made)
    assert found.brier == pytest.approx(brier_score_loss(y, p))
    assert found.log_loss == pytest.approx(log_loss(y, p, labels=[0, 1]))
    assert found.predicted == pytest.approx(p.mean())
    assert found.observed == pytest.approx(y.mean())
    squared, logs = row_losses(p, y)
    assert squared.mean() == pytest.approx(found.brier)
    assert logs.mean() == pytest.approx(found.log_loss)


@given(rows(), st.integers(1, 12))
def test_calibration_error_lies_between_that_of_one_bin_and_that_of_every_row(made: Rows, count: int) -> None:
    _, p, y = made
    found = measured(made, count)
    assert abs(p.mean() - y.mean()) <= found.ece + 1e-12
    assert found.ece <= np.abs(p - y).mean() + 1e-12


@given(rows(), st.integers(1, 12), st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(made: Rows, count: int, random: Any) -> None:
    order = list(range(len(made[0])))
    random.shuffle(order)
    turned = (made[0][order], made[1][order], made[2][order])
    assert measured(turned, count).ece == pytest.approx(measured(made, count).ece)
    assert measured(turned, count).brier == pytest.approx(measured(made, count).brier)


@given(rows(), st.integers(1, 12))
def test_bins_rise_part_no_equal_chances_and_none_is_empty(made: Rows, count: int) -> None:
    p = made[1]
    bins = bins_of(p, count)
    order = np.argsort(p, kind="stable")
    assert (np.diff(bins[order]) >= 0).all()
    assert set(bins.tolist()) == set(range(bins.max() + 1))
    assert bins.max() < count
    for value in np.unique(p):
        assert len(set(bins[p == value].tolist())) == 1


def test_bins_of_distinct_chances_hold_equal_counts() -> None:
    assert np.bincount(bins_of(np.linspace(0.1, 0.9, 50), 10)).tolist() == [5] * 10


@given(rows(), st.integers(1, 6))
def test_merged_bins_hold_enough_applicants_or_are_one(made: Rows, least: int) -> None:
    applicant, p, _ = made
    before = bins_of(p, 8)
    after = bins_merged(before, applicant, least)
    assert after.max() == 0 or applicants_in(after, applicant).min() >= least
    assert set(after.tolist()) == set(range(after.max() + 1))
    order = np.argsort(before, kind="stable")
    assert (np.diff(after[order]) >= 0).all()


@given(rows(), st.integers(1, 12))
def test_the_parts_of_the_brier_score_add_up(made: Rows, count: int) -> None:
    _, p, y = made
    parts = brier_parts(p, y, bins_of(p, count))
    whole = parts.reliability - parts.resolution + parts.uncertainty + parts.within
    assert whole == pytest.approx(((p - y) ** 2).mean())
    assert parts.reliability >= 0
    assert parts.uncertainty + 1e-12 >= parts.resolution >= 0


@given(rows())
def test_nothing_is_left_within_bins_where_each_holds_one_chance(made: Rows) -> None:
    p = np.round(made[1], 1) * 0.9 + 0.05
    bins = np.unique(p, return_inverse=True)[1]
    assert brier_parts(p, made[2], bins).within == pytest.approx(0, abs=1e-12)


@given(st.integers(0, 30), st.integers(1, 30), st.floats(0.001, 0.999))
def test_no_one_chance_said_each_time_beats_the_entropy_of_the_share(
    hits: int, misses: int, p: float
) -> None:
    happened = np.array([1.0] * hits + [0.0] * misses)
    share = hits / (hits + misses)
    assert row_losses(np.full(len(happened), p), happened)[1].mean() >= entropy(share) - 1e-12
    if hits:
        assert row_losses(np.full(len(happened), share), happened)[1].mean() == pytest.approx(entropy(share))


@given(st.integers(1, 400), st.floats(0, 1))
def test_wilsons_range_holds_the_share_and_stays_a_share(total: int, part: float) -> None:
    hits = float(round(part * total))
    low, high = wilson(np.array([hits]), np.array([float(total)]), 1.96)
    assert 0 <= low[0] <= hits / total + 1e-12
    assert hits / total - 1e-12 <= high[0] <= 1


def test_wilsons_range_of_none_in_ten() -> None:
    low, high = wilson(np.array([0.0]), np.array([10.0]), 1.959964)
    assert (low[0], high[0]) == (pytest.approx(0.0, abs=1e-12), pytest.approx(0.2775, abs=1e-4))
