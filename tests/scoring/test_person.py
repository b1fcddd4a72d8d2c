from typing import Any

import numpy as np
import pytest
from hypothesis import given

from matching.scoring.applicant import Applicant, Exam, Experience, Service
from matching.scoring.draws import DRAWS
from matching.scoring.kinds import UNSAID
from matching.scoring.person import Person, pass_mark, person_read, service_months
from tests.scoring.made_catalogue import model_now, plain_applicant
from tests.scoring.made_strategies import FEW, applicants


def read(applicant: Applicant) -> Person:
    model = model_now()
    return person_read(
        applicant, parameters=model.parameters, drawn=model.drawn, application_year=model.application_year
    )


def plain(**changes: Any) -> Person:
    return read(plain_applicant(**changes))


def test_who_says_everything_is_all_plain_numbers() -> None:
    person = plain()
    assert person.unknown == ()
    assert (person.years, person.step2ck_score, person.step1_failed) == (1.0, 230.0, 0.0)
    assert (person.usce_weeks, person.publications, person.visa) == (0, 0.0, 0.0)
    assert person.abroad == 1.0


def test_who_says_nothing_is_all_priors_and_each_is_named() -> None:
    person = read(Applicant())
    assert person.type == UNSAID
    assert set(person.unknown) == {
        "applicant_type",
        "graduation_year",
        "step1.attempts",
        "step2ck.score",
        "step2ck.attempts",
        "step3.status",
        "experience",
        "research.publications",
        "red_flags",
        "letters",
        "ties",
        "service",
        "languages",
        "visa_needed",
    }
    values = model_now().parameters.values
    assert np.asarray(person.step1_failed)[0] == values["population.step1_fail.us_img"]
    assert np.asarray(person.step3_passed)[0] == values["population.step3_passed.us_img"]


@FEW
@given(applicant=applicants())
def test_draws_stay_in_their_support(applicant: Applicant) -> None:
    person = read(applicant)
    for share in (person.step1_failed, person.step2ck_failed, person.step3_passed, person.visa):
        drawn = np.asarray(share)
        assert (drawn >= 0).all()
        assert (drawn <= 1).all()
        if drawn.ndim:
            assert drawn.shape == (1 + DRAWS,)
            assert set(drawn[1:].tolist()) <= {0.0, 1.0}
    assert (np.asarray(person.years) >= 0).all()
    assert (np.asarray(person.usce_weeks) >= 0).all()
    score = np.asarray(person.step2ck_score)
    assert score.min() >= 1
    assert score.max() <= 300


@pytest.mark.parametrize(("year", "years"), [(2026, 0.0), (2027, 0.0), (2025, 1.0), (2011, 15.0)])
def test_years_since_graduation_are_counted_to_the_year_applied_in(year: int, years: float) -> None:
    assert plain(graduation_year=year).years == years


@pytest.mark.parametrize(
    ("exam", "failed", "extra"),
    [
        (Exam("pass", None, 1), 0.0, 0.0),
        (Exam("pass", None, 2), 1.0, 0.0),
        (Exam("pass", None, 4), 1.0, 2.0),
        (Exam("fail", None, 1), 1.0, 0.0),
        (Exam("fail", None, 3), 1.0, 2.0),
        (Exam("fail"), 1.0, 0.0),
        (Exam("pass", None, 6), 1.0, 3.0),
        (Exam("pending", None, 1), 0.0, 0.0),
        (Exam("pending", None, 2), 1.0, 0.0),
        (Exam("not_taken", None, 0), 0.0, 0.0),
    ],
)
def test_fails_and_extra_attempts(exam: Exam, failed: float, extra: float) -> None:
    person = plain(step1=exam, step2ck=exam)
    assert (person.step1_failed, person.step1_extra) == (failed, extra)
    assert (person.step2ck_failed, person.step2ck_extra) == (failed, extra)


def test_attempts_not_told_are_a_share_of_fails() -> None:
    drawn = np.asarray(plain(step1=Exam("pass")).step1_failed)
    share = model_now().parameters.values["population.step1_fail.us_img"]
    assert drawn[0] == share
    assert drawn[1:].mean() == pytest.approx(share, abs=0.03)


def test_a_score_not_told_lies_on_its_side_of_the_pass_mark() -> None:
    mark = pass_mark(model_now().parameters.values, "step2ck")
    assert mark == 218
    passed = np.asarray(plain(step2ck=Exam("pass", None, 1)).step2ck_score)
    failed = np.asarray(plain(step2ck=Exam("fail", None, 1)).step2ck_score)
    assert passed.min() >= mark
    assert failed.max() < mark
    assert "step2ck.score" in plain(step2ck=Exam("fail", None, 1)).unknown


def test_a_practice_score_stands_for_a_pending_one_and_widens_it() -> None:
    drawn = np.asarray(plain(step2ck=Exam("pending", None, 1, practice_score=228)).step2ck_score)
    assert drawn[0] == 228
    assert drawn[1:].std() == pytest.approx(model_now().parameters.values["step2ck.practice_sd"], rel=0.15)


def test_weeks_count_in_full_hands_on_and_little_otherwise() -> None:
    values = model_now().parameters.values
    items = (
        Experience("elective", 8),
        Experience("observership", 10),
        Experience("research", 40),
        Experience("externship"),
    )
    expected = 8 + 10 * values["usce.not_hands_on_share"] + values["usce.weeks_if_unstated"]
    assert plain(experience=items).usce_weeks == pytest.approx(expected)


def test_a_visa_need_not_told_is_none_for_citizens_and_likely_for_others() -> None:
    assert plain(visa_needed=None).visa == 0.0
    drawn = np.asarray(plain(applicant_type="non_us_img", visa_needed=None).visa)
    assert drawn[0] == model_now().parameters.values["population.visa_needed.non_us_img"]
    assert plain(applicant_type="non_us_img", visa_needed="either").visa == 1.0


def test_service_to_others_than_the_underserved_is_not_counted() -> None:
    served = (Service("free_clinic", 6), Service("other", 12), Service("rural"))
    applicant = plain_applicant(service=served)
    assert service_months(applicant) == 6
    assert service_months(applicant, 3.0) == 9
    assert service_months(Applicant()) == 0
