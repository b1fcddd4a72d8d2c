import numpy as np

from matching.calibration.outcomes_bootstrap import interval, resampled_totals
from matching.calibration.outcomes_metrics import measures, moments
from tests.calibration.made_outcomes import outcomes_made


def test_every_resample_has_as_many_applicants_as_there_are() -> None:
    totals = resampled_totals(np.column_stack((np.ones(40), np.arange(40.0))), 70, seed=3)
    assert totals.shape == (70, 2)
    assert (totals[:, 0] == 40).all()
    assert len(np.unique(totals[:, 1])) > 50


def test_the_same_seed_gives_the_same_resamples() -> None:
    made = np.random.default_rng(1).random((30, 3))
    assert np.array_equal(resampled_totals(made, 50, seed=5), resampled_totals(made, 50, seed=5))
    assert not np.array_equal(resampled_totals(made, 50, seed=5), resampled_totals(made, 50, seed=6))


def width(applicant: np.ndarray, p: np.ndarray, y: np.ndarray) -> float:
    totals = resampled_totals(moments(applicant, p, y, np.zeros(len(p), dtype=np.int64)), 400, seed=7)
    low, high = interval(measures(totals).observed, 0.95)
    return float(high - low)


def test_rows_that_hang_together_widen_the_range_and_independent_rows_do_not() -> None:
    hanging = outcomes_made(2, applicants=120, each=50, luck=1.5)
    rows = np.arange(len(hanging))
    clustered = width(hanging.applicant, hanging.probability, hanging.interviewed)
    assert clustered > 2 * width(rows, hanging.probability, hanging.interviewed)
    apart = np.random.default_rng(3).permutation(hanging.interviewed)
    ratio = width(hanging.applicant, hanging.probability, apart) / width(rows, hanging.probability, apart)
    assert 0.8 < ratio < 1.25


def test_resamples_that_miss_a_bin_are_left_out_and_a_bin_all_miss_has_no_range() -> None:
    low, high = interval(np.array([[0.2, np.nan], [np.nan, np.nan], [0.4, np.nan]]), 0.9)
    assert 0.2 <= low[0] < high[0] <= 0.4
    assert np.isnan([low[1], high[1]]).all()
