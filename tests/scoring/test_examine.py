from typing import Any

import numpy as np
import pytest

from matching.scoring.applicant import Applicant, Exam
from matching.scoring.columns import Columns
from matching.scoring.examine import Ranged, examine, low_high, range_rows
from tests.scoring.made_catalogue import columns_of, model_now, plain_applicant, track_make, value_of
from tests.scoring.made_terms import scored

TRACKS = (
    track_make(1),
    track_make(2, facts={"residents_us_img": 9.0, "residents_total": 30.0}),
    track_make(3, ("CA", "Los Angeles"), specialty="family-medicine"),
)
COLUMNS = columns_of(*TRACKS)


def ranged_of(applicant: Applicant, rows: list[int], columns: Columns = COLUMNS) -> Ranged:
    found, at = scored(applicant, columns), np.array(rows)
    examined = examine(found.terms, found.sd, at, model_now())
    return range_rows(found.terms, found.sd, found.usual, examined, at, model_now())


def test_examine_adds_up_with_averaging_as_a_factor_of_its_own() -> None:
    found = scored(plain_applicant(), COLUMNS)
    examined = examine(found.terms, found.sd, np.arange(3), model_now())
    total = examined.base + examined.contributions.sum(axis=1)
    assert total == pytest.approx(np.log(examined.p / (1 - examined.p)), abs=1e-8)
    assert (value_of(examined.contributions, "averaging") > 0).all()  # long odds are drawn towards a half
    assert examined.at(np.array([2, 0])).tolist() == [2, 0]


def test_a_row_is_the_same_alone_and_among_others() -> None:
    found = scored(plain_applicant(), COLUMNS)
    together = examine(found.terms, found.sd, np.arange(3), model_now())
    alone = examine(found.terms, found.sd, np.array([1]), model_now())
    assert alone.p[0] == together.p[1]
    assert np.array_equal(alone.contributions[0], together.contributions[1])
    range_alone, range_together = ranged_of(plain_applicant(), [1]), ranged_of(plain_applicant(), [0, 1, 2])
    assert range_alone.low[0] == range_together.low[1]
    assert range_alone.high[0] == range_together.high[1]


@pytest.mark.parametrize(
    ("said", "unsaid"),
    [
        ({"step2ck": Exam("pass", 233, 1)}, {"step2ck": Exam("pending", None, 1)}),
        ({"graduation_year": 2024}, {"graduation_year": None}),
        ({"step1": Exam("pass", None, 1)}, {"step1": Exam("pass")}),
    ],
)
def test_what_is_not_said_widens_the_range(said: dict[str, Any], unsaid: dict[str, Any]) -> None:
    """Over many programs: each has its own few draws of what is not known of it."""
    many = columns_of(*(track_make(number) for number in range(1, 61)))
    told, silent = (
        ranged_of(plain_applicant(**members), list(range(60)), many) for members in (said, unsaid)
    )
    assert np.log(silent.high / silent.low).mean() > np.log(told.high / told.low).mean()


def test_counted_residents_narrow_the_range() -> None:
    found = ranged_of(plain_applicant(), [0, 1])
    width = np.log(found.high) - np.log(found.low)
    assert width[1] < width[0]


def test_low_high_are_the_tenth_and_ninetieth_percentile_and_never_fall() -> None:
    drawn = np.random.default_rng(1).random((64, 5))
    low, high = low_high(drawn)
    assert low == pytest.approx(np.percentile(drawn, 10, axis=0))
    assert high == pytest.approx(np.percentile(drawn, 90, axis=0))
    drawn[3] += 0.2
    more_low, more_high = low_high(drawn)
    assert (more_low >= low).all()
    assert (more_high >= high).all()
