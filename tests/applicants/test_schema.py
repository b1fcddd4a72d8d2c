from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from applicants import labels, schema
from applicants.codes import COUNTRIES, LANGUAGES, RING_STATES, STATES
from matching.scoring import applicant as core
from programs.geography import WEST_COAST_STATES
from tests.applicants.documents import EXAMPLE, example, faults, places, valid

ENUMERATIONS = {
    "ApplicantType": labels.APPLICANT_TYPES,
    "ExamStatus": labels.EXAM_STATUSES,
    "Ring": labels.RINGS,
    "ExperienceKind": labels.EXPERIENCE_KINDS,
    "LetterAuthor": labels.LETTER_AUTHORS,
    "ServiceFocus": labels.SERVICE_FOCUSES,
    "TieKind": labels.TIE_KINDS,
    "RedFlag": labels.RED_FLAGS,
    "VisaNeed": labels.VISA_NEEDS,
}


def models(model: type[BaseModel] = schema.ProfileDocument) -> Iterator[type[BaseModel]]:
    yield model
    yield from (
        schema.MedicalSchool,
        schema.Exam,
        schema.Step2CK,
        schema.Experience,
        schema.Letter,
        schema.Research,
        schema.ServiceItem,
        schema.Tie,
        schema.Wishes,
    )


def test_document_example_is_valid_and_round_trips() -> None:
    document = valid(EXAMPLE)
    assert document.step2ck is not None
    assert document.step2ck.score == 224
    assert document.experience is not None
    assert document.experience[0].kind == "sub_internship"
    assert valid(document.model_dump(mode="json")) == document


def test_document_empty_knows_nothing() -> None:
    document = valid({})
    assert set(document.model_dump().values()) == {None}


def test_document_null_and_empty_lists_differ() -> None:
    assert valid({"experience": None}).experience is None
    assert valid({"experience": []}).experience == ()


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_enumerations_are_the_cores_and_have_words(name: str) -> None:
    ours = get_args(getattr(schema, name))
    assert ours == get_args(getattr(core, name))
    assert set(ENUMERATIONS[name]) == set(ours)


def test_program_types_have_words() -> None:
    assert list(labels.PROGRAM_TYPES) == list(get_args(schema.ProgramType))
    assert list(labels.WISHED_RINGS) == list(get_args(schema.Ring))


@pytest.mark.parametrize("model", list(models()), ids=lambda model: model.__name__)
def test_schema_describes_every_member(model: type[BaseModel]) -> None:
    undescribed = [name for name, field in model.model_fields.items() if not field.description]
    assert not undescribed
    assert model.model_config["extra"] == "forbid"
    assert model.model_config["frozen"]


def test_document_is_frozen() -> None:
    document = valid({})
    for name in type(document).model_fields:
        with pytest.raises(ValueError, match="frozen"):
            setattr(document, name, None)


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"graduation_year": "2025"}, "/graduation_year"),
        ({"graduation_year": True}, "/graduation_year"),
        ({"graduation_year": 2025.0}, "/graduation_year"),
        ({"ecfmg_certified": 1}, "/ecfmg_certified"),
        ({"ecfmg_certified": "true"}, "/ecfmg_certified"),
        ({"step2ck": {"score": "224"}}, "/step2ck/score"),
        ({"step2ck": {"score": True}}, "/step2ck/score"),
        ({"step2ck": {"score": [224]}}, "/step2ck/score"),
        ({"step2ck": "pass"}, "/step2ck"),
        ({"step1": {"taken": 202308}}, "/step1/taken"),
        ({"specialties": "internal-medicine"}, "/specialties"),
        ({"specialties": {"0": "internal-medicine"}}, "/specialties"),
        ({"specialties": [1]}, "/specialties/0"),
        ({"experience": {}}, "/experience"),
        ({"experience": ["elective"]}, "/experience/0"),
        ({"medical_school": {"name": 7}}, "/medical_school/name"),
        ({"languages": [None]}, "/languages/0"),
    ],
)
def test_document_coerces_nothing(members: dict[str, Any], pointer: str) -> None:
    assert places(members) == [(pointer, "invalid_type")]


@pytest.mark.parametrize(
    ("members", "place"),
    [
        ({"step2ck": {"score": 301}}, ("/step2ck/score", "max_value")),
        ({"step2ck": {"score": 0}}, ("/step2ck/score", "min_value")),
        ({"step2ck": {"practice_score": 301}}, ("/step2ck/practice_score", "max_value")),
        ({"step1": {"practice_score": 200}}, ("/step1/practice_score", "unknown_member")),
        ({"step1": {"attempts": 7}}, ("/step1/attempts", "max_value")),
        ({"step1": {"attempts": -1}}, ("/step1/attempts", "min_value")),
        ({"graduation_year": 1959}, ("/graduation_year", "min_value")),
        ({"graduation_year": 10**400}, ("/graduation_year", "max_value")),
        ({"step1": {"taken": "2023-13"}}, ("/step1/taken", "invalid_format")),
        ({"step1": {"taken": "2023-08\n"}}, ("/step1/taken", "invalid_format")),
        ({"step1": {"taken": "٢٠٢٣-08"}}, ("/step1/taken", "invalid_format")),
        ({"applicant_type": "img"}, ("/applicant_type", "invalid_choice")),
        ({"medical_school": {"country": "dm"}}, ("/medical_school/country", "invalid_choice")),
        ({"medical_school": {"country": "XX"}}, ("/medical_school/country", "invalid_choice")),
        ({"languages": ["es", "spa"]}, ("/languages/1", "invalid_choice")),
        ({"wishes": {"states": ["California"]}}, ("/wishes/states/0", "invalid_choice")),
        ({"letters": [{"author": "us_academic", "state": "ca"}]}, ("/letters/0/state", "invalid_choice")),
        ({"letters": [{}]}, ("/letters/0/author", "required")),
        ({"experience": [{"weeks": 4}]}, ("/experience/0/kind", "required")),
        ({"ties": [{"kind": "family", "months": 1}]}, ("/ties/0/months", "unknown_member")),
        ({"step_2ck": {}}, ("/step_2ck", "unknown_member")),
        (
            {"letters": [{"author": "non_us", "program_id": "sp1"}]},
            ("/letters/0/program_id", "invalid_format"),
        ),
        ({"specialties": ["Internal Medicine"]}, ("/specialties/0", "invalid_format")),
        ({"specialties": []}, ("/specialties", "too_short")),
        ({"specialties": ["x"] * 41}, ("/specialties", "too_long")),
        ({"experience": [{"kind": "elective"}] * 41}, ("/experience", "too_long")),
        ({"medical_school": {"name": ""}}, ("/medical_school/name", "too_short")),
        ({"medical_school": {"name": "x" * 201}}, ("/medical_school/name", "too_long")),
        ({"medical_school": {"name": "a\x00b"}}, ("/medical_school/name", "invalid_characters")),
        ({"medical_school": {"name": "a\nb"}}, ("/medical_school/name", "invalid_characters")),
        ({"medical_school": {"name": "\ud800"}}, ("/medical_school/name", "invalid_characters")),
        ({"research": {"publications": -1}}, ("/research/publications", "min_value")),
        ({"service": [{"focus": "rural", "months": 0}]}, ("/service/0/months", "min_value")),
        ({"experience": [{"kind": "elective", "weeks": 261}]}, ("/experience/0/weeks", "max_value")),
    ],
)
def test_document_refuses_with_pointer_and_code(members: dict[str, Any], place: tuple[str, str]) -> None:
    assert places(members) == [place]


@pytest.mark.parametrize("data", [None, [], "x", 1, True, 1.5])
def test_document_refuses_what_is_no_object(data: Any) -> None:
    assert places(data) == [("", "invalid_type")]


def test_document_lists_take_forty() -> None:
    assert valid({"experience": [{"kind": "elective"}] * 40}).experience is not None


def test_fault_words_say_what_to_do() -> None:
    assert faults({"step_2ck": {}})[0].detail == 'There is no member "step_2ck". Did you mean "step2ck"?'
    assert faults({"wishes": {"rings": 1}})[0].detail == 'There is no member "rings". Did you mean "ring"?'
    assert faults({"step2ck": {"score": 301}})[0].detail == (
        "Step 2 CK score must be 300 or less. USMLE scores run from 1 to 300."
    )
    assert faults({"experience": [{"kind": "elective"}, {"kind": "walk"}]})[0].detail.startswith(
        "Experience 2, kind, must be one of core_clerkship, elective,"
    )


def test_pointers_are_escaped_and_bounded() -> None:
    assert places({"a/b~c": 1}) == [("/a~1b~0c", "unknown_member")]
    long = faults({"x" * 5000: 1})[0]
    assert len(long.pointer) == 101
    assert len(long.detail) < 250
    assert len(faults({f"m{number}": 1 for number in range(1000)})) == 100


def test_codes_hold_whole_lists() -> None:
    assert len(COUNTRIES) == 249
    assert len(LANGUAGES) >= 183
    assert len(STATES) == 56
    assert set(RING_STATES["west-coast"]) == set(WEST_COAST_STATES)
    assert RING_STATES["los-angeles"] == RING_STATES["california"] == {"CA"}


def test_example_is_not_changed_by_validation() -> None:
    data = example()
    valid(data)
    faults({**data, "languages": ["xx", "en"]})
    assert data == EXAMPLE
