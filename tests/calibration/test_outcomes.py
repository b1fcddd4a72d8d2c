import numpy as np
import pytest

from matching.calibration.outcomes import SCORE_BANDS, band_of
from tests.calibration.made_outcomes import outcomes_made, outcomes_of


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (196, "below-220"),
        (219, "below-220"),
        (220, "220-229"),
        (239, "230-239"),
        (240, "240-249"),
        (250, "250-up"),
    ],
)
def test_a_score_lies_in_one_band(score: int, band: str) -> None:
    assert band_of(score) == band
    assert band in SCORE_BANDS


def test_rows_taken_keep_their_cells_and_code_their_applicants_anew() -> None:
    outcomes = outcomes_made(1, applicants=6, each=3)
    some = outcomes.take(np.array([15, 16, 3]))
    assert some.applicant.tolist() == [1, 1, 0]
    assert some.probability.tolist() == outcomes.probability[[15, 16, 3]].tolist()
    assert some.program.tolist() == outcomes.program[[15, 16, 3]].tolist()
    assert some.applicants == 2


def test_what_is_not_known_is_not_a_refusal() -> None:
    outcomes = outcomes_of([0, 0, 1], [0.1, 0.2, 0.3], [1, np.nan, 0])
    assert outcomes.known.tolist() == [True, False, True]
    assert len(outcomes) == 3
