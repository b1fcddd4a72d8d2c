from applicants.personas import PERSONAS
from applicants.services import profile_validate
from matching.presentation.whose import NOT_KEPT, SAMPLE, whose_words

PROFILE = profile_validate(PERSONAS[0].document, season="2027").model_dump(mode="json")


def test_whose_words_are_silent_of_a_profile_that_is_there() -> None:
    assert whose_words(PROFILE, kept=True, season="2027") == ""


def test_whose_words_know_a_sample_from_what_is_deleted() -> None:
    assert whose_words(PROFILE, kept=False, season="2027") == SAMPLE
    assert whose_words({**PROFILE, "graduation_year": 2024}, kept=False, season="2027") == NOT_KEPT
