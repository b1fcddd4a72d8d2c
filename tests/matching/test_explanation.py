from dataclasses import replace
from typing import Any

import pytest

from applicants.personas import PERSONAS
from applicants.schema import ProfileDocument
from matching.explanation import LABELS, Labels, Subject, factor_label
from matching.inputs import applicant_of
from matching.place_words import count_words
from matching.scoring.applicant import Applicant, Exam, Experience, Letter, Service, Tie
from matching.scoring.registry import FACTORS
from tests.matching.made_snapshot import row_make

PLAIN = row_make(1, ("NY", "Kings"))
FULL = row_make(
    2,
    facts={
        "residents_total": 30.0,
        "residents_us_img": 9.0,
        "program_type": "community",
        "hospital_resident_fte": 120.0,
        "safety_net": "yes",
    },
)


def label(name: str, track: Any = PLAIN, **members: Any) -> str:
    return factor_label(name, Subject(Applicant(**members), track, "Internal medicine", "2027"))


def test_every_factor_has_a_label_and_no_label_is_for_nothing() -> None:
    assert set(LABELS) == {factor.name for factor in FACTORS}


@pytest.mark.parametrize("name", LABELS)
@pytest.mark.parametrize("track", [PLAIN, FULL], ids=["unknown program", "known program"])
def test_no_label_is_ever_empty_or_speaks_in_code(name: str, track: Any) -> None:
    applicants = [Applicant(), *(applicant_of(ProfileDocument.model_validate(p.document)) for p in PERSONAS)]
    for applicant in applicants:
        words = factor_label(name, Subject(applicant, track, "Internal medicine", "2027"))
        assert len(words) > 4
        assert words[0].isupper() or words[0].isdigit()
        if name != "score_trend":  # said only where Step 1 was scored
            assert "None" not in words
        assert "_" not in words


CASES: list[tuple[str, Any, dict[str, Any], str]] = [
    ("openness", FULL, {}, "US-citizen IMGs are 9 of 30 residents"),
    ("openness", PLAIN, {}, "IMG share not known; judged by its state"),
    (
        "openness",
        row_make(4, facts={"residents_total": 30.0, "residents_us_img": 9.0, "residents_non_us_img": 5.0}),
        {"applicant_type": "non_us_img"},
        "Other IMGs are 5 of 30 residents",
    ),
    ("openness", FULL, {"applicant_type": "non_us_img"}, "IMG share not known; judged by its state"),
    (
        "openness",
        row_make(5, facts={"residents_total": 20.0, "residents_img": 11.0}),
        {"applicant_type": "us_img"},
        "IMGs are 11 of 20 residents",
    ),
    (
        "openness",
        row_make(3, facts={"accepts_img": "yes", "holistic_review": "yes"}),
        {},
        "Says it takes IMGs, reads whole files",
    ),
    ("step2ck", PLAIN, {"step2ck": Exam("pass", 224)}, "Step 2 CK 224"),
    (
        "step2ck",
        PLAIN,
        {"step2ck": Exam("pending", None, 1, None, 228)},
        "Step 2 CK practice score 228, result pending",
    ),
    ("step2ck", PLAIN, {}, "Step 2 CK score not known"),
    ("step1", PLAIN, {"step1": Exam("pass", None, 2)}, "Step 1 passed at the second attempt"),
    ("step1", PLAIN, {"step1": Exam("pass", 230, 1)}, "Step 1 passed at the first attempt, score 230"),
    ("step1", PLAIN, {"step1": Exam("fail", None, 1)}, "Step 1 failed and not passed yet"),
    (
        "score_trend",
        PLAIN,
        {"step1": Exam("pass", 205), "step2ck": Exam("pass", 240)},
        "From Step 1 205 to Step 2 CK 240",
    ),
    ("step3", PLAIN, {"step3": Exam("not_taken", None, 0)}, "Step 3 not taken"),
    ("graduation", PLAIN, {"graduation_year": 2019}, "Graduated in 2019"),
    ("graduation", PLAIN, {"graduation_year": 2029}, "Graduates in 2029"),
    ("graduation", PLAIN, {}, "Year of graduation not known"),
    (
        "usce",
        PLAIN,
        {"experience": (Experience("elective", 8), Experience("elective"), Experience("observership", 1))},
        "Hands-on US experience: 8 weeks and 1 stay of unknown length; observing: 1 week",
    ),
    ("usce", PLAIN, {"experience": ()}, "Hands-on US experience: none"),
    (
        "letters",
        PLAIN,
        {"letters": (Letter("us_academic", specialty="internal-medicine"), Letter("non_us"))},
        "1 US letter, 1 in internal medicine",
    ),
    (
        "letters",
        PLAIN,
        {"letters": (Letter("us_academic", specialty="family-medicine"), Letter("us_clinical"))},
        "2 US letters, 0 in internal medicine, 1 of a specialty not said",
    ),
    ("letters", PLAIN, {"letters": (Letter("non_us"),)}, "No US letters"),
    (
        "usce_local",
        FULL,
        {"experience": (Experience("elective", 4, "CA", "los-angeles"),)},
        "Clinical experience in greater Los Angeles",
    ),
    (
        "usce_local",
        FULL,
        {"experience": (Experience("elective", 4, "CA", "california"),)},
        "Clinical experience in California",
    ),
    ("letter_local", FULL, {"letters": (Letter("us_academic", "CA"),)}, "A letter from California"),
    (
        "rotation_here",
        PLAIN,
        {"experience": (Experience("elective", 4, program_id=PLAIN.id),)},
        "You rotated at this program",
    ),
    (
        "rotation_here",
        PLAIN,
        {"experience": (Experience("observership", 4, program_id=PLAIN.id),)},
        "You observed at this program",
    ),
    (
        "rotation_here",
        PLAIN,
        {"experience": (Experience("research", 4, program_id="sp09999"),)},
        "You did research at this program",
    ),
    (
        "mission",
        FULL,
        {"service": ()},
        "Languages not known, at a program that serves the underserved",
    ),
    ("geography", PLAIN, {"ties": (Tie("family", "NY"),)}, "Family in New York"),
    (
        "geography",
        FULL,
        {"ties": (Tie("residence", "CA", "los-angeles"),)},
        "You live in greater Los Angeles",
    ),
    ("geography", PLAIN, {"ties": (Tie("family", "NJ"),)}, "A tie to the same part of the country"),
    ("geography", PLAIN, {}, "Ties not known"),
    (
        "mission",
        FULL,
        {"service": (Service("rural", 12),), "languages": ("es",)},
        "12 months of service and Spanish, at a program that serves the underserved",
    ),
    (
        "mission",
        FULL,
        {"service": (Service("rural"),), "languages": ()},
        "Service, at a program that serves the underserved",
    ),
    ("research", FULL, {"research_publications": 1}, "1 publication, at a university program"),
    ("visa", PLAIN, {"visa_needed": "j1"}, "A visa is needed"),
    ("visa", PLAIN, {}, "Visa need not known"),
    ("program_type", FULL, {}, "Community program"),
    ("academic_size", FULL, {}, "Main hospital trains 120 residents; kind of program not known"),
    ("competition", FULL, {}, "Many applicants want greater Los Angeles"),
    ("red_flags", PLAIN, {"red_flags": ("gap_unexplained",)}, "An unexplained gap"),
    ("red_flags", PLAIN, {"red_flags": ()}, "Nothing to explain"),
    ("red_flags", PLAIN, {}, "Gaps and conduct not known"),
]


@pytest.mark.parametrize(("name", "track", "members", "words"), CASES)
def test_a_label_says_what_the_factor_rests_on(
    name: str, track: Any, members: dict[str, Any], words: str
) -> None:
    assert label(name, track, **members) == words


@pytest.mark.parametrize(("number", "words"), [(1, "1 week"), (0, "0 weeks"), (2.5, "2.5 weeks")])
def test_count_words(number: float, words: str) -> None:
    assert count_words(number, "week") == words


@pytest.mark.parametrize(
    ("value", "words"), [(0.4, "You meet a limit it states"), (-0.4, "A rule it states is not met in full")]
)
def test_gates_label_follows_the_sign(value: float, words: str) -> None:
    subject = Subject(Applicant(), PLAIN, "Internal medicine", "2027")
    assert factor_label("gates", subject, value) == words


def test_demand_that_is_lower_than_elsewhere_is_told_so() -> None:
    subject = Subject(Applicant(), row_make(6, ("CA", "Fresno")), "Internal medicine", "2027")
    assert factor_label("competition", subject, -0.1) == "Many applicants want California"
    assert factor_label("competition", subject, 0.1) == "Fewer applicants want it than Los Angeles"


def test_signs_that_do_not_outweigh_the_state_name_the_state() -> None:
    track = row_make(3, facts={"accepts_img": "yes"})
    subject = Subject(Applicant(), track, "Internal medicine", "2027")
    assert (
        factor_label("openness", subject, -0.1) == "Few IMGs match in its state, though it says it takes IMGs"
    )
    assert factor_label("openness", subject, 0.1) == "Says it takes IMGs"
    plain = Subject(Applicant(), PLAIN, "Internal medicine", "2027")
    assert factor_label("openness", plain, -0.1) == "IMG share not known; judged by its state"


TRACKS = (
    PLAIN,
    FULL,
    row_make(3, ("CA", "Fresno"), facts={"program_type": "university", "accepts_img": "yes"}),
    row_make(4, ("CA", "Fresno"), specialty="family-medicine"),
    row_make(5, ("NY", "Kings"), specialty="family-medicine", facts={"residents_img": 4.0}),
)


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda one: one.slug)
def test_labels_of_an_answer_are_those_of_each_program_alone(persona: Any) -> None:
    """What is worded once for many programs reads as it would for each."""
    told = applicant_of(ProfileDocument.model_validate(persona.document))
    here = replace(
        told,
        experience=(Experience("externship", program_id=PLAIN.id), Experience("observership", state="CA")),
        ties=(Tie("family", state="CA", ring="los-angeles"), Tie("residence", state="NY")),
    )
    for applicant in (told, here):
        labels = Labels()
        for track in TRACKS:
            subject = Subject(applicant, track, track.specialty.replace("-", " "), "2027")
            for name in LABELS:
                for value in (0.5, -0.5, 0.0, 0.7):
                    assert labels.of(name, subject, value) == factor_label(name, subject, value)


def test_labels_kept_from_answer_to_answer_are_those_of_the_kind_of_graduate() -> None:
    """A label of a program that counts graduates like her is not told to graduates of another kind."""
    track = row_make(
        6, facts={"residents_total": 30.0, "residents_us_img": 9.0, "residents_non_us_img": 12.0}
    )
    kept: dict[tuple[str, ...], str] = {}
    for kind in ("us_img", "non_us_img", None, "us_img"):
        subject = Subject(Applicant(kind), track, "Internal medicine", "2027")
        for value in (0.5, -0.5):
            told = Labels(kept).of("openness", subject, value)
            assert told == factor_label("openness", subject, value)
    assert len(set(kept.values())) == 2


def test_labels_of_what_she_did_at_a_program_are_not_kept_for_others() -> None:
    kept: dict[tuple[str, ...], str] = {}
    for kind in ("externship", "observership"):
        items = (Experience(kind, program_id=PLAIN.id),)
        subject = Subject(Applicant(experience=items), PLAIN, "Internal medicine", "2027")
        assert Labels(kept).of("rotation_here", subject, 0.4) == factor_label("rotation_here", subject, 0.4)
    assert not kept
