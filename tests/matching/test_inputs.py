from dataclasses import fields

import pytest

from applicants.personas import PERSONAS
from applicants.schema import ProfileDocument
from applicants.services import profile_validate
from matching.inputs import applicant_of, options_of, profile_with
from matching.reference import model_for
from matching.schema import MatchOptions
from matching.scoring.actions import ACTIONS
from matching.scoring.applicant import Applicant, Exam, Experience, Letter, Options, Service, Tie, Wishes
from matching.scoring.situation import Situation
from tests.matching.inputs import profile_of
from tests.profiles import TWELVE, Someone


def test_what_was_left_out_stays_unknown() -> None:
    assert applicant_of(ProfileDocument()) == Applicant()


def test_known_to_be_none_is_not_unknown() -> None:
    empty = profile_of(
        experience=[],
        letters=[],
        service=[],
        languages=[],
        ties=[],
        red_flags=[],
        research={"publications": 0},
    )
    applicant = applicant_of(empty)
    for member in ("experience", "letters", "service", "languages", "ties", "red_flags"):
        assert getattr(applicant, member) == (), member
    assert (applicant.research_publications, applicant.research_projects) == (0, None)


def test_every_member_arrives() -> None:
    place = {"state": "CA", "ring": "los-angeles"}
    profile = profile_of(
        military_service=True,
        ecfmg_certified=False,
        medical_school={"country": "DM"},
        step2ck={"status": "pending", "attempts": 1, "practice_score": 228},
        step3={"status": "not_taken", "attempts": 0},
        experience=[{"kind": "elective", "weeks": 4, "specialty": "internal-medicine", **place}],
        letters=[{"author": "us_academic", "program_id": "sp00001", **place}],
        research={"projects": 2, "publications": 1},
        service=[{"focus": "rural", "months": 3, "ring": "national"}],
        languages=["es"],
        ties=[{"kind": "family", **place}],
        red_flags=["gap_unexplained"],
        wishes={"ring": "los-angeles", "states": ["CA"], "program_types": ["community"]},
    )
    assert applicant_of(profile) == Applicant(
        applicant_type="us_img",
        graduation_year=2025,
        school_country="DM",
        visa_needed="none",
        ecfmg_certified=False,
        military_service=True,
        step1=Exam("pass", None, 1),
        step2ck=Exam("pending", None, 1, None, 228),
        step3=Exam("not_taken", None, 0),
        specialties=("internal-medicine",),
        experience=(Experience("elective", 4, "CA", "los-angeles", None, "internal-medicine"),),
        letters=(Letter("us_academic", "CA", "los-angeles", "sp00001"),),
        research_projects=2,
        research_publications=1,
        service=(Service("rural", 3, "national"),),
        languages=("es",),
        ties=(Tie("family", "CA", "los-angeles"),),
        red_flags=("gap_unexplained",),
        wishes=Wishes("los-angeles", ("CA",), ("community",)),
    )


def test_every_sample_is_read() -> None:
    for persona in PERSONAS:
        applicant = applicant_of(ProfileDocument.model_validate(persona.document))
        assert applicant.specialties
        assert applicant.applicant_type == persona.document["applicant_type"]


def test_options_are_those_of_the_contract() -> None:
    asked = MatchOptions.model_validate({"rings": ["california"], "max_usd": 500, "top": 10})
    assert options_of(asked) == Options(rings=("california",), max_usd=500, top=10, explain=10)
    assert options_of(MatchOptions()) == Options()
    assert {field.name for field in fields(Options)} == set(MatchOptions.model_fields)


@pytest.mark.parametrize("someone", TWELVE, ids=lambda someone: someone.slug)
def test_a_profile_takes_over_what_each_action_changes_and_nothing_else(someone: Someone) -> None:
    profile = profile_validate(someone.document, season="2027")
    applicant = applicant_of(profile)
    assert profile_with(profile, applicant) == profile
    situation = Situation(applicant, 2026, model_for("2027").parameters.values)
    changes = [action.change(situation) for action in ACTIONS if action.possible(situation)]
    assert changes
    for changed in changes:
        after = profile_with(profile, changed)
        assert applicant_of(after) == changed
        assert after.medical_school == profile.medical_school
