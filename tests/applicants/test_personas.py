import pytest
from django.conf import settings

from applicants.personas import PERSONAS, Persona, persona_get
from tests.applicants.documents import valid

SPECIALTIES = {"internal-medicine", "family-medicine", "psychiatry"}


def test_personas_are_the_six_of_the_product_in_order() -> None:
    assert [persona.slug for persona in PERSONAS] == [
        "los-angeles-224",
        "step1-fail",
        "repeat-218",
        "strong-245",
        "pending-step2ck",
        "non-us-visa",
    ]
    assert PERSONAS[0].title == "Los Angeles, Step 2 CK 224"


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.slug)
def test_persona_is_a_valid_profile(persona: Persona) -> None:
    document = valid(persona.document, specialties=SPECIALTIES, program_ids=set())
    assert document.specialties
    assert persona.title
    assert persona.story
    assert persona_get(persona.slug) == persona


def test_persona_unknown_is_none() -> None:
    assert persona_get("nobody") is None


def test_persona_first_says_what_its_story_says() -> None:
    one = valid(PERSONAS[0].document)
    assert (one.applicant_type, one.ecfmg_certified, one.visa_needed) == ("us_img", True, "none")
    # "Graduated last year": the stories speak of one season and must be moved on with it.
    assert one.graduation_year == int(settings.SEASON) - 2
    assert one.step1 is not None
    assert (one.step1.status, one.step1.score, one.step1.attempts) == ("pass", None, 1)
    assert one.step2ck is not None
    assert (one.step2ck.status, one.step2ck.score, one.step2ck.attempts) == ("pass", 224, 1)
    assert one.experience is not None
    assert [(row.kind, row.weeks, row.ring) for row in one.experience] == [
        ("sub_internship", 8, "los-angeles"),
        ("elective", 4, "los-angeles"),
    ]
    assert one.letters is not None
    assert [(row.author, row.ring) for row in one.letters] == [("us_academic", "los-angeles")]
    assert one.service is not None
    assert [(row.focus, row.months, row.ring) for row in one.service] == [("free_clinic", 12, "los-angeles")]
    assert one.languages == ("en", "es")
    assert one.ties is not None
    assert [(row.kind, row.ring) for row in one.ties] == [("family", "los-angeles")]
    assert one.wishes is not None
    assert one.wishes.ring == "los-angeles"
    assert one.specialties == ("internal-medicine", "family-medicine")


def test_persona_others_differ_as_their_titles_say() -> None:
    fail, repeat, strong, pending, visa = (valid(persona.document) for persona in PERSONAS[1:])
    assert fail.step1 is not None
    assert (fail.step1.status, fail.step1.attempts) == ("pass", 2)
    assert repeat.step2ck is not None
    assert (repeat.step2ck.score, repeat.step2ck.attempts) == (218, 2)
    assert repeat.graduation_year == int(settings.SEASON) - 11
    assert strong.step2ck is not None
    assert strong.step2ck.score == 245
    assert strong.letters is not None
    assert len(strong.letters) == 3
    assert pending.step2ck is not None
    assert (pending.step2ck.status, pending.step2ck.score) == ("pending", None)
    assert (visa.applicant_type, visa.visa_needed) == ("non_us_img", "either")
