import pytest

from applicants.personas import PERSONAS, Persona
from applicants.portrait import Line, exam_words, portrait
from applicants.schema import ProfileDocument
from applicants.services import profile_validate

NAMES = {"internal-medicine": "Internal medicine", "family-medicine": "Family medicine"}


def lines_of(document: dict[str, object]) -> dict[str, Line]:
    profile = profile_validate(document, season="2027").model_dump(mode="json")
    return {line.label: line for line in portrait(profile, specialties=NAMES)}


def test_portrait_says_what_is_known() -> None:
    lines = lines_of(PERSONAS[0].document)

    assert lines["Applicant"].items == ("US-citizen IMG",)
    assert lines["Medical school"].items == ("Dominica",)
    assert lines["Graduation year"].items == ("2025",)
    assert lines["ECFMG certified"].items == ("yes",)
    assert lines["Step 2 CK"].items == ("224, passed, 1 attempt",)
    assert lines["Specialties"].items == ("Internal medicine", "Family medicine")
    assert lines["US experience"].items == (
        "Sub-internship (hands-on), 8 weeks, Internal medicine, Greater Los Angeles",
        "Elective (hands-on), 4 weeks, Greater Los Angeles",
    )
    assert lines["Languages"].items == ("English", "Spanish")
    assert lines["Red flags"].items == ("none",)


def test_portrait_of_nothing_says_not_known_in_every_line() -> None:
    assert {(line.items, line.known) for line in lines_of({}).values()} == {(("not known",), False)}


def test_portrait_of_none_is_not_not_known() -> None:
    lines = lines_of({"letters": [], "experience": None, "research": {"projects": 0}})

    assert lines["Letters"] == Line("Letters", ("none",))
    assert not lines["US experience"].known
    assert lines["Research"].items == ("0 projects",)


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.slug)
def test_portrait_leaves_no_code_and_no_brackets(persona: Persona) -> None:
    words = " ".join(item for line in lines_of(persona.document).values() for item in line.items)

    assert not set(words) & set("{}[]_")


def test_portrait_has_a_line_for_every_member() -> None:
    assert len(lines_of({})) == len(ProfileDocument.model_fields)


def test_exam_words() -> None:
    assert exam_words({}) == ""
    assert exam_words({"status": "not_taken", "attempts": 0}) == "not taken"
    assert exam_words({"status": "pending", "practice_score": 231}) == "result pending, practice 231"
    assert exam_words({"status": "pass", "score": 218, "attempts": 2, "taken": "2024-05"}) == (
        "218, passed, 2 attempts, 2024-05"
    )
