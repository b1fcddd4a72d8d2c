"""What the model promises holds as well where outcomes have moved its log-odds."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import logit

from matching.reference import model_with
from matching.scoring.answer import Answer
from matching.scoring.applicant import Applicant, Exam, Letter
from matching.scoring.kinds import KINDS
from matching.scoring.model import Model
from matching.scoring.score import catalogue_score, score
from programs.reference import reference_rows
from tests.scoring.made_catalogue import EVERYTHING, SEASON, MadeTrack, columns_of, model_now, plain_applicant
from tests.scoring.made_strategies import FEW, applicants, catalogues


@lru_cache(maxsize=4)
def model_recalibrated(intercept: float, slope: float) -> Model:
    """The same line for every kind of graduate."""
    new = {f"recalibration.intercept.{kind}": intercept for kind in KINDS}
    new |= {f"recalibration.slope.{kind}": slope for kind in KINDS}
    rows = [{**row, "value": str(new.get(row["name"], row["value"]))} for row in reference_rows("parameters")]
    return model_with(SEASON, rows)


LINES = st.sampled_from([(-0.4, 0.7), (0.3, 1.4)])


def answered(applicant: Applicant, tracks: list[MadeTrack], line: tuple[float, float]) -> Answer:
    return score(applicant, EVERYTHING, columns_of(*tracks), model_recalibrated(*line))


@FEW
@given(applicants(), catalogues(), LINES)
def test_log_odds_lie_on_the_line(
    applicant: Applicant, tracks: list[MadeTrack], line: tuple[float, float]
) -> None:
    columns = columns_of(*tracks)
    before = catalogue_score(applicant, columns, model_now()).log_odds
    after = catalogue_score(applicant, columns, model_recalibrated(*line)).log_odds
    assert after == pytest.approx(line[0] + line[1] * before)


@FEW
@given(applicants(), catalogues(), LINES)
def test_sums_stay_exact_and_ranges_hold_their_value(
    applicant: Applicant, tracks: list[MadeTrack], line: tuple[float, float]
) -> None:
    rows = answered(applicant, tracks, line).rows
    assert rows.base + rows.contributions.sum(axis=1) == pytest.approx(logit(rows.p), abs=1e-6)
    assert (rows.low <= rows.p).all()
    assert (rows.p <= rows.high).all()


def chances(answer: Answer) -> dict[int, tuple[float, float]]:
    rows = answer.rows
    return {
        int(row): (p, low) for row, p, low in zip(rows.row, rows.p.tolist(), rows.low.tolist(), strict=True)
    }


@FEW
@given(applicants(), catalogues(), LINES)
def test_better_is_never_worse(
    applicant: Applicant, tracks: list[MadeTrack], line: tuple[float, float]
) -> None:
    one = replace(applicant, step2ck=Exam("pass", 225, 1), letters=())
    for better in (
        replace(one, step2ck=Exam("pass", 245, 1)),
        replace(one, letters=(Letter("us_academic"),)),
    ):
        before, after = (chances(answered(each, tracks, line)) for each in (one, better))
        for row in before.keys() & after.keys():
            assert after[row][0] >= before[row][0] - 1e-9
            assert after[row][1] >= before[row][1] - 1e-6


def test_only_the_kind_that_outcomes_spoke_of_moves() -> None:
    rows = [
        {**row, "value": "-0.5"} if row["name"] == "recalibration.intercept.us_do" else row
        for row in reference_rows("parameters")
    ]
    model, columns = model_with(SEASON, rows), columns_of(*[MadeTrack("sp00001", "key1")])
    for kind in KINDS:
        applicant = plain_applicant(applicant_type=kind)
        moved = (
            catalogue_score(applicant, columns, model).log_odds
            - catalogue_score(applicant, columns, model_now()).log_odds
        )
        assert moved == pytest.approx(np.full(1, -0.5 if kind == "us_do" else 0.0))
