"""What actions add to the list: the list picked anew, what comes first, when to begin."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from applicants.personas import PERSONAS
from applicants.services import profile_validate
from matching.catalogue import LoadedCatalogue
from matching.inputs import applicant_of
from matching.scoring.actions import ACTION_INDEX, ALL_ACTIONS, Action, ProgramAction
from matching.scoring.applicant import Applicant, Exam, Experience, Options
from matching.scoring.gains import Gain, gains_of
from matching.scoring.program_actions import sites_of
from matching.scoring.score import score
from matching.scoring.situation import Situation
from tests.scoring.made_catalogue import SEASON, columns_of, model_now, plain_applicant, track_make

pytestmark = pytest.mark.django_db  # to load the catalogue once
PEOPLE = [applicant_of(profile_validate(persona.document, season=SEASON)) for persona in PERSONAS]
OPENS, TODAY = date(2026, 9, 1), date(2026, 1, 15)
FEW_PROGRAMS = columns_of(*(track_make(number) for number in range(1, 9)))
SMALL = Options(max_applications=4)


def gains(applicant: Applicant, as_of: date = TODAY) -> dict[str, Gain]:
    found = gains_of(applicant, SMALL, FEW_PROGRAMS, model_now(), opens=OPENS, as_of=as_of)
    return {ALL_ACTIONS[gain.action].name: gain for gain in found}


@pytest.mark.parametrize("person", [0, 2, 4])
def test_a_gain_is_the_difference_of_two_whole_answers(person: int, real_catalogue: LoadedCatalogue) -> None:
    applicant, columns, model = PEOPLE[person], real_catalogue.columns(SEASON), model_now()
    options = Options(max_applications=40)
    now = Situation(applicant, model.application_year, model.parameters.values)
    before = score(applicant, options, columns, model)
    found = gains_of(applicant, options, columns, model, opens=OPENS, as_of=TODAY)
    assert len(found) > 3
    for gain in [one for one in found if not one.first][:4]:
        action = ALL_ACTIONS[gain.action]
        if isinstance(action, ProgramAction):
            changed = action.change(now, sites_of(columns, np.array([gain.row]))[0])
        else:
            assert isinstance(action, Action)
            changed = action.change(now)
        after = score(changed, options, columns, model)
        assert gain.match.value == pytest.approx(
            after.widest.match.value - before.widest.match.value, abs=1e-9
        )
        assert gain.los_angeles.value == pytest.approx(
            after.widest.p_los_angeles - before.widest.p_los_angeles, abs=1e-9
        )
        for told in (gain.match, gain.los_angeles):
            assert told.low <= told.value <= told.high


def test_what_must_come_first_stands_before_and_is_counted_in_time() -> None:
    applicant = plain_applicant(step2ck=Exam("not_taken"), ecfmg_certified=False)
    found = gains(applicant)
    names = list(found)
    third = found["step3_passed"]
    assert [ALL_ACTIONS[action].name for action in third.first] == ["step2ck_passed", "ecfmg_certified"]
    assert third.start_by == date(2025, 9, 1)  # 4 + 4 + 4 months
    for name in third.first:
        if ALL_ACTIONS[name].name in names:
            assert names.index(ALL_ACTIONS[name].name) < names.index("step3_passed")


def test_too_late_is_by_the_day_asked() -> None:
    assert not gains(plain_applicant())["step3_passed"].too_late
    assert gains(plain_applicant(), date(2026, 6, 1))["step3_passed"].too_late
    assert gains(plain_applicant())["step3_passed"].start_by == date(2026, 5, 1)


def test_they_stand_by_gain_per_effort() -> None:
    found = list(gains(plain_applicant(experience=(Experience("elective", 4),))).values())
    assert not any(gain.first for gain in found)
    assert [gain.per_effort for gain in found] == sorted((gain.per_effort for gain in found), reverse=True)
    assert all(gain.objective > 0 for gain in found)


def test_a_rotation_is_weighed_at_one_program() -> None:
    gain = gains(plain_applicant())["rotation_here"]
    assert 0 <= gain.row < len(FEW_PROGRAMS)
    assert gains(plain_applicant())["step3_passed"].row == -1


def test_another_specialty_widens_what_can_be_picked() -> None:
    columns = columns_of(
        *(track_make(number) for number in range(1, 4)),
        *(track_make(number, specialty="family-medicine") for number in range(4, 8)),
    )
    applicant = plain_applicant(specialties=("internal-medicine",))
    found = gains_of(
        applicant, replace(SMALL, max_applications=6), columns, model_now(), opens=OPENS, as_of=TODAY
    )
    names = {ALL_ACTIONS[gain.action].name: gain for gain in found}
    assert names["add_family_medicine"].match.value > 0
    assert ACTION_INDEX["add_family_medicine"] in {gain.action for gain in found}
