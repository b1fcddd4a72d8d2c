import numpy as np
import pytest

from matching.scoring.applicant import Exam, ExamStatus
from tests.scoring.made_catalogue import MadeFact, plain_applicant, track_make
from tests.scoring.made_terms import drawn_factor, factor, value


def step2ck(score: int, specialty: str = "internal-medicine", **facts: object) -> float:
    applicant = plain_applicant(step2ck=Exam("pass", score, 1))
    return factor("step2ck", applicant, track_make(1, specialty=specialty, facts=facts))


@pytest.mark.parametrize(
    ("specialty", "slope"),
    [
        ("internal-medicine", "step2ck.per_10.internal-medicine"),
        ("family-medicine", "step2ck.per_10.family-medicine"),
        ("neurology", "step2ck.per_10"),
    ],
)
def test_step2ck_counts_per_ten_points_from_the_typical_us_img(specialty: str, slope: str) -> None:
    expected = value(slope) * (243 - value("step2ck.reference.us_img")) / 10
    assert step2ck(243, specialty) == pytest.approx(expected)
    assert step2ck(int(value("step2ck.reference.us_img")), specialty) == pytest.approx(0)


def test_step2ck_is_flat_beyond_two_standard_deviations() -> None:
    reach = value("step2ck.flat_beyond_sd") * value("population.step2ck.us_img.sd")
    most = value("step2ck.per_10.internal-medicine") * reach / 10
    assert step2ck(300) == step2ck(270) == pytest.approx(most)
    assert step2ck(150) == step2ck(190) == pytest.approx(-most)


def test_step2ck_is_against_the_programs_own_residents_as_far_as_the_fact_is_fresh() -> None:
    slope, usual = value("step2ck.per_10.internal-medicine"), value("step2ck.reference.us_img")
    assert step2ck(240, avg_step2ck=245.0) == pytest.approx(slope * (240 - 245) / 10)
    faded = MadeFact(245.0, page_year=2022)
    assert step2ck(240, avg_step2ck=faded) == pytest.approx(slope * (240 - (usual + 245) / 2) / 10)


def test_step2ck_never_falls_with_the_score_in_any_draw() -> None:
    track = track_make(1, facts={"avg_step2ck": 245.0})
    scores = [
        drawn_factor("step2ck", plain_applicant(step2ck=Exam("pass", score, 1)), track)
        for score in range(190, 290, 10)
    ]
    assert (np.diff(np.stack(scores), axis=0) >= -1e-12).all()


@pytest.mark.parametrize(
    ("exam", "fails", "extra"),
    [
        (Exam("pass", None, 1), 0, 0),
        (Exam("pass", None, 2), 1, 0),
        (Exam("fail", None, 2), 1, 1),
        (Exam("pass", None, 6), 1, 3),
    ],
)
def test_fails_cost_and_further_attempts_cost_more_to_a_cap(exam: Exam, fails: int, extra: int) -> None:
    applicant = plain_applicant(step1=exam, step2ck=Exam(exam.status, 230, exam.attempts))
    more = value("extra_attempt") * extra
    assert factor("step1", applicant, track_make()) == pytest.approx(value("step1.fail") * fails + more)
    assert factor("step2ck_attempts", applicant, track_make()) == pytest.approx(
        value("step2ck.fail") * fails + more
    )


def test_a_step1_score_counts_only_where_there_is_one() -> None:
    scored = plain_applicant(step1=Exam("pass", 242, 1, "2020-05"))
    expected = value("step1.score_per_10") * (242 - value("step1.reference.us_img")) / 10
    assert factor("step1", scored, track_make()) == pytest.approx(expected)
    assert factor("step1", plain_applicant(), track_make()) == 0
    assert factor("score_trend", plain_applicant(), track_make()) == 0


@pytest.mark.parametrize("after", [200, 214, 240, 300])
def test_a_rise_in_scores_forgives_at_most_half_of_a_low_step1(after: int) -> None:
    applicant = plain_applicant(step1=Exam("pass", 200, 1, "2020-05"), step2ck=Exam("pass", after, 1))
    deficit = factor("step1", applicant, track_make())
    rise = min(after - 200, value("score_trend.cap_points"))
    expected = min(
        value("score_trend.per_10") * rise / 10, -deficit * value("score_trend.max_share_of_deficit")
    )
    assert factor("score_trend", applicant, track_make()) == pytest.approx(expected)
    assert deficit + factor("score_trend", applicant, track_make()) <= deficit / 2 + 1e-12


def test_a_rise_after_a_good_step1_has_nothing_to_forgive() -> None:
    applicant = plain_applicant(step1=Exam("pass", 240, 1, "2020-05"), step2ck=Exam("pass", 260, 1))
    assert factor("score_trend", applicant, track_make()) == 0


@pytest.mark.parametrize(("status", "passed"), [("pass", 1), ("fail", 0), ("not_taken", 0), ("pending", 0)])
def test_step3_counts_where_passed(status: ExamStatus, passed: int) -> None:
    applicant = plain_applicant(step3=Exam(status))
    assert factor("step3", applicant, track_make()) == pytest.approx(value("step3.passed") * passed)


@pytest.mark.parametrize(("year", "years"), [(2026, 0), (2025, 1), (2016, 10)])
def test_graduation_counts_years_from_the_reference(year: int, years: int) -> None:
    expected = value("graduation.per_year") * (years - value("reference.years_since_graduation"))
    assert factor("graduation", plain_applicant(graduation_year=year), track_make()) == pytest.approx(
        expected
    )


def test_what_is_unknown_of_the_exams_is_drawn_and_what_is_known_is_not() -> None:
    known = drawn_factor("step1", plain_applicant(), track_make())
    unknown = drawn_factor("step1", plain_applicant(step1=Exam("pass")), track_make())
    assert not known.any()
    assert unknown.min() < unknown[0] < unknown.max() == 0
