"""What must hold of every answer, over catalogues and applicants made up."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import logit

from matching.packing import answer_pack, answer_unpack
from matching.scoring.applicant import Applicant, Exam, Experience, Letter, Options, Tie
from matching.scoring.fees import FeeTable
from matching.scoring.rules import FAIL
from matching.scoring.score import catalogue_score, score
from matching.scoring.tiers import SAFETY
from tests.scoring.made_catalogue import (
    EVERYTHING,
    MadeFact,
    MadeTrack,
    columns_of,
    model_now,
    plain_applicant,
    told,
    track_make,
)
from tests.scoring.made_strategies import FEW, applicants, catalogues

Made = tuple[MadeTrack, ...]
ROUNDING = 1e-9
SINGLE = 1e-6  # draws are in single precision


@FEW
@given(applicant=applicants(), made=catalogues())
def test_every_answer_is_whole(applicant: Applicant, made: Made) -> None:
    """Sums exact, ranges in order, one tier a track, one place a program, verdicts behind what is closed."""
    columns = columns_of(*made)
    answer = score(applicant, EVERYTHING, columns, model_now())
    rows = answer.rows
    assert rows.base + rows.contributions.sum(axis=1) == pytest.approx(logit(rows.p), abs=1e-6)
    assert (rows.low <= rows.p).all()
    assert (rows.p <= rows.high).all()
    assert answer.tiers_all == tuple(np.bincount(rows.tier, minlength=3).tolist())
    assert len(set(rows.row.tolist())) == len(rows.row)
    for scope in answer.scopes:
        programs = columns.program[scope.rows].tolist()
        assert len(set(programs)) == len(programs) <= EVERYTHING.max_applications
        assert (columns.listing[scope.rows] != 2).all()
        assert scope.match.low <= scope.match.value <= scope.match.high
        assert 0 <= scope.p_los_angeles <= scope.match.value + ROUNDING
    verdicts = answer.verdicts
    strict_fails = set(verdicts.row[(verdicts.verdict == FAIL) & verdicts.strict].tolist())
    assert set(answer.screened.tolist()) <= strict_fails
    assert strict_fails & set(rows.row.tolist()) == set(answer.waived.tolist())


@FEW
@given(applicant=applicants(), made=catalogues())
def test_interviews_are_a_distribution_with_the_mean_of_the_chances(applicant: Applicant, made: Made) -> None:
    answer = score(applicant, EVERYTHING, columns_of(*made), model_now())
    found, rows = answer.interviews, answer.rows
    assert found.pmf.sum() == pytest.approx(1, abs=1e-9)
    assert found.pmf @ np.arange(len(found.pmf)) == pytest.approx(rows.p[rows.selected].sum(), abs=1e-9)
    assert found.expected == pytest.approx(rows.p[rows.selected].sum(), abs=1e-9)
    assert found.p10 <= found.p50 <= found.p90
    matched = np.where(np.isnan(rows.match_if), 0.0, rows.match_if) * rows.p
    assert matched.sum() == pytest.approx(answer.widest.match.value, abs=1e-9)


@FEW
@given(applicant=applicants(), made=catalogues())
def test_same_input_same_bytes_and_bytes_are_the_whole_answer(applicant: Applicant, made: Made) -> None:
    columns = columns_of(*made)
    blob = answer_pack(score(applicant, EVERYTHING, columns, model_now()))
    assert answer_pack(score(applicant, EVERYTHING, columns_of(*made), model_now())) == blob
    assert answer_pack(answer_unpack(blob)) == blob
    assert answer_unpack(blob).applicant == applicant


@FEW
@given(applicant=applicants(), made=catalogues(), order=st.randoms(use_true_random=False))
def test_permuting_the_catalogue_permutes_the_answer(applicant: Applicant, made: Made, order: Any) -> None:
    mixed = list(made)
    order.shuffle(mixed)
    assert told(applicant, columns_of(*mixed)) == told(applicant, columns_of(*made))


@FEW
@given(applicant=applicants(), made=catalogues(), limit=st.integers(1, 6))
def test_lists_nest_and_a_longer_one_never_lowers_the_chance_of_a_match(
    applicant: Applicant, made: Made, limit: int
) -> None:
    columns = columns_of(*made)
    short, longer = (
        score(applicant, replace(EVERYTHING, max_applications=most), columns, model_now())
        for most in (limit, limit + 1)
    )
    for one, two in zip(short.scopes, longer.scopes, strict=True):
        assert two.rows.tolist()[: len(one.rows)] == one.rows.tolist()
        assert two.match.value >= one.match.value - ROUNDING
        assert two.none <= one.none + ROUNDING
        assert two.cost_usd >= one.cost_usd


RELENTLESS = {
    "program_type": "community",
    "accepts_img": "yes",
    "min_step2ck": "none",
    "holistic_review": "yes",
    "max_attempts_step1": "none",
    "max_attempts_step2ck": "none",
    "max_years_since_graduation": "none",
    "residents_us_img": 40.0,
    "residents_total": 40.0,
}


@pytest.mark.parametrize("specialty", ["internal-medicine", "family-medicine", "pathology", "psychiatry"])
@pytest.mark.parametrize("place", [("NY", "Kings"), ("CA", "Los Angeles"), ("FL", "Miami-Dade")])
def test_at_the_pass_mark_three_attempts_fifteen_years_out_nothing_is_safe(
    specialty: str, place: tuple[str, str]
) -> None:
    """Not even where all residents are US-citizen IMGs and she lives next door."""
    applicant = plain_applicant(
        graduation_year=2011,
        step2ck=Exam("pass", 218, 3),
        experience=(Experience("sub_internship", 52, place[0], None, None, specialty),),
        letters=tuple(Letter("us_academic", place[0], None, None, specialty) for _ in range(4)),
        ties=(Tie("residence", place[0]),),
    )
    columns = columns_of(track_make(1, place, specialty=specialty, facts=dict(RELENTLESS)))
    (row,) = told(applicant, columns).values()
    assert row.tier != SAFETY
    assert row.low < 0.30


def test_a_well_documented_open_program_can_be_a_safety() -> None:
    applicant = plain_applicant(
        graduation_year=2026,
        step2ck=Exam("pass", 250, 1),
        step3=Exam("pass", 225, 1),
        experience=(Experience("sub_internship", 60, "NY", None, "sp00001", "internal-medicine"),),
        letters=tuple(Letter("us_academic", "NY", None, "sp00001", "internal-medicine") for _ in range(4)),
        ties=(Tie("residence", "NY"),),
    )
    columns = columns_of(track_make(1, facts=dict(RELENTLESS)))
    (row,) = told(applicant, columns).values()
    assert row.tier == SAFETY
    assert row.low >= 0.30


@FEW
@given(imgs=st.integers(0, 29), total=st.just(30), kind=st.sampled_from(["us_img", None]))
def test_more_us_img_residents_never_lower_the_chance(imgs: int, total: int, kind: Any) -> None:
    def chance(count: int | None) -> float:
        facts = {} if count is None else {"residents_us_img": float(count), "residents_total": float(total)}
        columns = columns_of(track_make(1, facts=facts))
        return told(plain_applicant(applicant_type=kind), columns)["sp00001"].p

    assert chance(imgs + 1) >= chance(imgs) - ROUNDING
    assert chance(0) <= chance(None) + ROUNDING


def test_fees_are_those_of_the_published_examples() -> None:
    fees: FeeTable = model_now().fees
    services = {"internal-medicine": "eras", "family-medicine": "eras"}
    assert fees.cost({"internal-medicine": 30}, services) == 330
    assert fees.cost({"internal-medicine": 43, "family-medicine": 7}, services) == 797


def test_only_a_strict_rule_closes_a_program() -> None:
    columns = columns_of(
        track_make(1, facts={"min_step2ck": MadeFact(260.0, "strict")}),
        track_make(2, facts={"min_step2ck": MadeFact(260.0, "preference")}),
        track_make(3, facts={"min_step2ck": MadeFact(260.0, "statement")}),
        track_make(4),
    )
    answer = score(plain_applicant(), EVERYTHING, columns, model_now())
    assert answer.screened.tolist() == [0]
    chances = told(plain_applicant(), columns)
    assert set(chances) == {"sp00002", "sp00003", "sp00004"}
    assert chances["sp00002"].p == chances["sp00003"].p < chances["sp00004"].p


def test_options_narrow_what_is_scored() -> None:
    columns = columns_of(
        track_make(1, ("CA", "Los Angeles")), track_make(2), track_make(3, track="preliminary")
    )
    answer = score(plain_applicant(), Options(rings=("los-angeles",)), columns, model_now())
    assert [columns.ids[row] for row in answer.rows.row] == ["sp00001"]
    assert [scope.ring for scope in answer.scopes] == [0]
    answer = score(plain_applicant(), Options(), columns, model_now())
    assert {columns.ids[row] for row in answer.rows.row} == {"sp00001", "sp00002"}


@FEW
@given(applicant=applicants(), made=catalogues())
def test_the_model_without_its_draws_gives_the_same_log_odds(applicant: Applicant, made: Made) -> None:
    columns, model = columns_of(*made), model_now()
    whole, stated = (catalogue_score(applicant, columns, each) for each in (model, model.central))
    assert (whole.log_odds == stated.log_odds).all()
    assert (whole.screening.out == stated.screening.out).all()
