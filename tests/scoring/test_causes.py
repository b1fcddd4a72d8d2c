"""What a range is wide because of: shares that add up, and the cause that was made the largest is named."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from matching.scoring.applicant import Applicant, Exam
from matching.scoring.causes import (
    CAUSES,
    MEMBERS,
    NOT_NAMED,
    UNSAID,
    ListDraws,
    cause_shares,
    causes_of,
)
from matching.scoring.columns import Columns
from matching.scoring.draws import DRAWS, Floats
from matching.scoring.examine import Ranged, examine, range_rows
from matching.scoring.registry import FACTORS
from matching.scoring.score import Scored, catalogue_score, score
from tests.scoring.made_catalogue import EVERYTHING, columns_of, model_now, plain_applicant, track_make
from tests.scoring.made_strategies import FEW, applicants, catalogues

TRACKS = (track_make(1), track_make(2, ("CA", "Los Angeles")), track_make(3, specialty="psychiatry"))


def ranged_of(applicant: Applicant, columns: Columns) -> tuple[Scored, Ranged]:
    model = model_now()
    scored = catalogue_score(applicant, columns, model)
    rows = np.arange(len(columns))
    examined = examine(scored.terms, scored.sd, rows, model)
    args = (scored.terms, scored.sd, scored.usual, examined, rows, model, scored.spread)
    return scored, range_rows(*args)


def shares_of(applicant: Applicant, columns: Columns, program: Floats | None = None) -> Floats:
    """(causes, r); ``program`` stands for what is not known of the programs, if given."""
    scored, ranged = ranged_of(applicant, columns)
    own = ranged.program if program is None else np.broadcast_to(program, ranged.program.shape)
    log_odds = ranged.log_odds - ranged.program + own
    return cause_shares(scored.terms, scored.person, ranged.rows, log_odds, own)


def named(applicant: Applicant, columns: Columns) -> list[str]:
    """The main cause but for what is not known of the program, which would cover every other."""
    shares = shares_of(applicant, columns, np.zeros(DRAWS))
    return [CAUSES[code] for code in np.argmax(shares, axis=0)]


@FEW
@given(applicant=applicants(), made=catalogues())
def test_shares_add_up_to_one(applicant: Applicant, made: Any) -> None:
    assert shares_of(applicant, columns_of(*made)).sum(axis=0) == pytest.approx(1.0, abs=1e-6)


def test_every_cause_has_one_name() -> None:
    assert len(set(CAUSES)) == len(CAUSES)
    assert {f"judgement:{factor.name}" for factor in FACTORS} < set(CAUSES)
    assert {f"unsaid:{member}" for member in MEMBERS} < set(CAUSES)


def test_every_fact_that_may_be_unsaid_is_read_by_a_factor_there_is() -> None:
    names = {"base", *(factor.name for factor in FACTORS)}
    assert {factor for _, _, factors in UNSAID for factor in factors} <= names


def test_a_program_without_counts_is_wide_because_of_what_is_not_known_of_it() -> None:
    scored, ranged = ranged_of(plain_applicant(), columns_of(*TRACKS))
    found = causes_of(scored.terms, scored.person, ranged, ranged.rows, 3)
    assert [CAUSES[code] for code in found.cause] == ["program"] * 3
    assert (found.share > 0.5).all()


def test_who_has_said_everything_is_told_of_no_fact_of_hers() -> None:
    shares = shares_of(plain_applicant(), columns_of(*TRACKS))
    unsaid = [code for code, name in enumerate(CAUSES) if name.startswith("unsaid:")]
    assert not shares[unsaid].any()


UNSAID_CASES = [
    ({"step2ck": Exam("pending", None, 1)}, "unsaid:step2ck.score"),
    ({"step1": Exam("pass")}, "unsaid:step1.attempts"),
    ({"step2ck": Exam("pass", 230)}, "unsaid:step2ck.attempts"),
    ({"graduation_year": None}, "unsaid:graduation_year"),
    ({"experience": None}, "unsaid:experience"),
    ({"letters": None}, "unsaid:letters"),
    ({"ties": None}, "unsaid:ties"),
    ({"applicant_type": "non_us_img", "visa_needed": None}, "unsaid:visa_needed"),
    ({"red_flags": None}, "unsaid:red_flags"),
    ({"step3": Exam()}, "unsaid:step3.status"),
]


@pytest.mark.parametrize(("members", "cause"), UNSAID_CASES)
def test_what_she_left_unsaid_takes_a_share_that_it_had_not(members: dict[str, Any], cause: str) -> None:
    columns, code = columns_of(*TRACKS), CAUSES.index(cause)
    said = plain_applicant(applicant_type=members.get("applicant_type", "us_img"), visa_needed="none")
    assert not shares_of(said, columns)[code].any()
    assert shares_of(replace(said, **members), columns)[code].any()


def test_a_fact_left_unsaid_is_named_before_the_weight_it_is_given() -> None:
    columns = columns_of(*TRACKS)
    pending = plain_applicant(step2ck=Exam("pending", None, 1))
    shares = shares_of(pending, columns)
    assert (shares[CAUSES.index("unsaid:step2ck.score")] > shares[CAUSES.index("judgement:step2ck")]).all()


def test_a_fact_that_is_known_leaves_the_weight_it_is_given() -> None:
    failed = plain_applicant(step1=Exam("pass", None, 2), step2ck=Exam("pass", 230, 4))
    shares = shares_of(failed, columns_of(*TRACKS))
    assert (shares[CAUSES.index("judgement:step2ck_attempts")] > 0.01).all()


def test_the_base_is_named_where_nothing_else_moves() -> None:
    usual = plain_applicant(graduation_year=2025, step2ck=Exam("pass", 233, 1))
    assert set(named(usual, columns_of(*TRACKS))) == {"base"}


def test_facts_drawn_alike_share_what_they_explain() -> None:
    """Equal draws make the least squares singular, and the shares must stand all the same."""
    applicant, columns = plain_applicant(red_flags=None), columns_of(*TRACKS)
    scored, ranged = ranged_of(applicant, columns)
    twin = replace(scored.person, professionalism=scored.person.gap_unexplained)
    shares = cause_shares(scored.terms, twin, ranged.rows, ranged.log_odds, ranged.program)
    assert np.isfinite(shares).all()
    assert shares.sum(axis=0) == pytest.approx(1.0, abs=1e-6)


def test_rows_are_named_in_the_order_asked_and_the_rest_are_not() -> None:
    scored, ranged = ranged_of(plain_applicant(), columns_of(*TRACKS))
    whole = causes_of(scored.terms, scored.person, ranged, ranged.rows, 3)
    found = causes_of(scored.terms, scored.person, ranged, np.array([2, 0, 1]), 2)
    assert found.share[:2] == pytest.approx(whole.share[[2, 0]])
    assert found.cause[2] == NOT_NAMED
    assert np.isnan(found.share[2])


def test_a_row_that_nothing_moves_has_no_cause() -> None:
    scored, ranged = ranged_of(plain_applicant(), columns_of(*TRACKS))
    still = replace(ranged, log_odds=np.zeros_like(ranged.log_odds))
    found = causes_of(scored.terms, scored.person, still, ranged.rows, 3)
    assert set(found.cause) == {NOT_NAMED}


def test_the_answer_names_the_cause_of_every_program_it_recommends() -> None:
    rows = score(plain_applicant(), EVERYTHING, columns_of(*TRACKS, track_make(4)), model_now()).rows
    assert (rows.cause[rows.selected] >= 0).all()
    assert (rows.cause[~rows.selected] == NOT_NAMED).all()


def match_cause(applicant: Applicant) -> tuple[str, float]:
    tracks = [track_make(number) for number in range(1, 30)]
    answer = score(applicant, replace(EVERYTHING, max_applications=25), columns_of(*tracks), model_now())
    return CAUSES[answer.match_cause], answer.match_cause_share


def test_a_list_of_many_is_wide_because_of_what_is_common_to_them() -> None:
    """What is not known of each program comes out even over a list; the level does not."""
    cause, share = match_cause(plain_applicant())
    assert cause not in ("program", "luck")
    assert 0.1 < share <= 1.0


def test_what_moves_the_match_alone_is_named() -> None:
    scored, ranged = ranged_of(plain_applicant(), columns_of(*TRACKS))
    draws = np.linspace(0.1, 0.3, DRAWS)
    still = replace(ranged, log_odds=np.zeros_like(ranged.log_odds), program=np.zeros_like(ranged.program))
    for willing, sigma, cause in (
        (draws, np.ones(DRAWS), "willing"),
        (np.full(DRAWS, 0.2), draws + 0.9, "luck"),
    ):
        given_draws = ListDraws(match=2 * draws, willing=willing, sigma=sigma)
        found = causes_of(scored.terms, scored.person, still, ranged.rows, 3, given_draws)
        assert CAUSES[found.match] == cause
        assert found.match_share == pytest.approx(1.0, abs=0.06)


def test_a_chance_that_nothing_moves_and_no_list_have_no_cause() -> None:
    scored, ranged = ranged_of(plain_applicant(), columns_of(*TRACKS))
    flat = ListDraws(np.full(DRAWS, 0.4), np.full(DRAWS, 0.2), np.ones(DRAWS))
    found = causes_of(scored.terms, scored.person, ranged, ranged.rows, 3, flat)
    assert (found.match, np.isnan(found.match_share)) == (NOT_NAMED, True)
    none = score(plain_applicant(), replace(EVERYTHING, max_usd=0), columns_of(*TRACKS), model_now())
    assert none.match_cause == NOT_NAMED
