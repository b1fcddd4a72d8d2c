"""Whatever an applicant told or left out, the brief is drawn, fills its blanks and says no ``None``."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.brief.drawing import brief_of
from matching.brief.text import brief_text
from matching.scoring.applicant import Exam, Experience, Letter, Service, Tie, Wishes
from tests.matching.brief.made import facts_of, program_of

RINGS = st.sampled_from([None, "los-angeles", "california", "west-coast", "national"])
STATES = st.sampled_from([None, "CA", "NY", "TX"])
SLUGS = st.sampled_from([None, "internal-medicine", "family-medicine", "other"])
IDS = st.sampled_from([None, "sp00001", "sp09999"])
KINDS = ("core_clerkship", "elective", "sub_internship", "externship", "observership", "research")
FOCUS = ("free_clinic", "underserved", "rural", "community_health", "veterans", "other")


def told(rows: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Not told, none, or a few."""
    return st.one_of(st.none(), st.lists(rows, max_size=3).map(tuple))


def exams(scores: st.SearchStrategy[Any]) -> st.SearchStrategy[Exam]:
    passed = st.builds(Exam, st.just("pass"), scores, st.sampled_from([None, 1, 2, 4]))
    other = st.builds(Exam, st.sampled_from([None, "fail", "not_taken", "pending"]))
    return st.one_of(passed, other)


SCORES = st.one_of(st.none(), st.integers(1, 300))
PEOPLE = st.fixed_dictionaries(
    {
        "applicant_type": st.sampled_from([None, "us_img", "non_us_img", "us_md", "us_do"]),
        "graduation_year": st.one_of(st.none(), st.integers(1960, 2029)),
        "school_country": st.sampled_from([None, "GD", "IN"]),
        "visa_needed": st.sampled_from([None, "none", "j1", "h1b", "either"]),
        "ecfmg_certified": st.sampled_from([None, True, False]),
        "step1": exams(SCORES),
        "step2ck": exams(SCORES),
        "step3": exams(SCORES),
        "specialties": st.sampled_from(
            [(), ("internal-medicine",), ("family-medicine", "internal-medicine", "psychiatry")]
        ),
        "experience": told(
            st.builds(
                Experience,
                st.sampled_from(KINDS),
                st.sampled_from([None, 1, 8]),
                STATES,
                RINGS,
                IDS,
                SLUGS,
            )
        ),
        "letters": told(
            st.builds(
                Letter, st.sampled_from(["us_academic", "us_clinical", "non_us"]), STATES, RINGS, IDS, SLUGS
            )
        ),
        "service": told(st.builds(Service, st.sampled_from(FOCUS), st.sampled_from([None, 1, 30]), RINGS)),
        "languages": told(st.sampled_from(["en", "es", "tl", "hi"])),
        "ties": told(
            st.builds(
                Tie, st.sampled_from(["family", "residence", "grew_up", "education", "work"]), STATES, RINGS
            )
        ),
        "red_flags": told(st.sampled_from(["gap_unexplained", "professionalism"])),
        "wishes": st.builds(Wishes, RINGS),
        "research_publications": st.sampled_from([None, 0, 1, 5]),
        "applied_before": st.sampled_from([None, True, False]),
    }
)
PROGRAMS = (
    program_of(held={"mission": "For the underserved; mainly Spanish-speaking", "letters_policy": "Three"}),
    program_of(id="sp00002", key="p2", state="NY", ring="national", city="", miles="", signal="gold"),
)


@settings(max_examples=150, deadline=None)
@given(PEOPLE, st.sampled_from([(), PROGRAMS]))
def test_any_profile_gets_a_brief_without_holes(members: dict[str, Any], programs: tuple[Any, ...]) -> None:
    text = brief_text(brief_of(facts_of(*programs, **members)))
    assert "None" not in text.replace("None of", "")
    assert "{" not in text
    assert "()" not in text
    assert " ." not in text
    assert "  [" in text
