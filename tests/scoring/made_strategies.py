"""Strategies for applicants of every kind and for small catalogues with facts of every kind."""

from typing import Any, get_args

from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from matching.scoring.applicant import (
    Applicant,
    Exam,
    Experience,
    ExperienceKind,
    Letter,
    LetterAuthor,
    Ring,
    Service,
    Tie,
    TieKind,
    Wishes,
)
from tests.scoring.made_catalogue import MadeFact, MadeTrack, track_make

PLACES = (("CA", "Los Angeles"), ("CA", "Fresno"), ("OR", "Multnomah"), ("NY", "Kings"), ("TX", "Harris"))

# Whole catalogues are slow to make up: fewer of them, and more under the profile that looks further.
FEW = hypothesis_settings(max_examples=max(12, hypothesis_settings().max_examples // 4))


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


STATES_AND_RINGS: st.SearchStrategy[tuple[str | None, Ring | None]] = st.sampled_from(
    [(None, None), ("CA", "los-angeles"), ("CA", "california"), ("OR", "west-coast"), ("NY", "national")]
)
SPECIALTY = st.sampled_from([None, "internal-medicine", "family-medicine", "psychiatry"])
PROGRAM = st.sampled_from([None, None, "sp00001", "sp00002"])


@st.composite
def experiences(draw: st.DrawFn) -> Experience:
    state, ring = draw(STATES_AND_RINGS)
    kind = draw(st.sampled_from(get_args(ExperienceKind)))
    return Experience(kind, draw(_maybe(st.integers(1, 60))), state, ring, draw(PROGRAM), draw(SPECIALTY))


@st.composite
def letters(draw: st.DrawFn) -> Letter:
    state, ring = draw(STATES_AND_RINGS)
    author = draw(st.sampled_from(get_args(LetterAuthor)))
    return Letter(author, state, ring, draw(PROGRAM), draw(SPECIALTY))


@st.composite
def ties(draw: st.DrawFn) -> Tie:
    state, ring = draw(STATES_AND_RINGS)
    return Tie(draw(st.sampled_from(get_args(TieKind))), state, ring)


def passed(scores: st.SearchStrategy[Any]) -> st.SearchStrategy[Exam]:
    return st.builds(Exam, st.just("pass"), scores, _maybe(st.integers(1, 4)))


STEP1 = st.one_of(
    passed(_maybe(st.integers(194, 270))),
    st.builds(Exam, st.sampled_from(["fail", "pending", None]), st.none(), _maybe(st.integers(1, 4))),
)
STEP2CK = st.one_of(
    passed(_maybe(st.integers(214, 280))),
    st.builds(
        Exam,
        st.sampled_from(["pending", "fail", None]),
        st.none(),
        _maybe(st.integers(1, 3)),
        st.none(),
        _maybe(st.integers(200, 270)),
    ),
)
SERVICE = st.builds(Service, st.sampled_from(["free_clinic", "rural", "other"]), _maybe(st.integers(1, 36)))


def applicants(**fixed: Any) -> st.SearchStrategy[Applicant]:
    """Applicants of every kind, much of them unknown; ``fixed`` members are strategies that replace ours."""
    members: dict[str, Any] = {
        "applicant_type": _maybe(st.sampled_from(["us_img", "us_img", "non_us_img", "us_md", "us_do"])),
        "graduation_year": _maybe(st.integers(2000, 2027)),
        "visa_needed": _maybe(st.sampled_from(["none", "j1", "h1b", "either"])),
        "ecfmg_certified": _maybe(st.booleans()),
        "military_service": _maybe(st.booleans()),
        "step1": STEP1,
        "step2ck": STEP2CK,
        "step3": st.builds(Exam, st.sampled_from(["pass", "not_taken", None])),
        "experience": _maybe(st.lists(experiences(), max_size=3).map(tuple)),
        "letters": _maybe(st.lists(letters(), max_size=3).map(tuple)),
        "research_publications": _maybe(st.integers(0, 8)),
        "service": _maybe(st.lists(SERVICE, max_size=2).map(tuple)),
        "languages": _maybe(st.sampled_from([(), ("en",), ("en", "es")])),
        "ties": _maybe(st.lists(ties(), max_size=2).map(tuple)),
        "red_flags": _maybe(st.sampled_from([(), ("gap_unexplained",), ("professionalism",)])),
        "wishes": st.builds(Wishes, _maybe(st.sampled_from(["los-angeles", "california", "national"]))),
        **fixed,
    }
    return st.builds(Applicant, **members)


_STRICTNESS = st.sampled_from(["strict", "preference", "statement"])


def _stated(*values: Any) -> st.SearchStrategy[MadeFact]:
    """A fact with one of ``values``; None is prose."""
    years = st.sampled_from([None, 2016, 2023, 2026])
    confidences = st.sampled_from(["high", "medium", "low"])
    return st.builds(
        lambda value, strictness, year, confidence: MadeFact(
            value, strictness, page_year=year, confidence=confidence
        ),
        st.sampled_from(values),
        _STRICTNESS,
        years,
        confidences,
    )


FACTS: dict[str, st.SearchStrategy[MadeFact]] = {
    "min_step2ck": _stated(210.0, 220.0, 235.0, "none", "pass", None),
    "min_step1": _stated(200.0, 220.0, "pass", "none"),
    "avg_step2ck": _stated(225.0, 250.0),
    "step1_passed": _stated("yes", "no"),
    "max_attempts_step1": _stated(1.0, 2.0, "none", None),
    "max_attempts_step2ck": _stated(1.0, 3.0, "none"),
    "max_years_since_graduation": _stated(3.0, 5.0, 10.0, "none", None),
    "usce_months_required": _stated(0.0, 1.0, 3.0, None),
    "ecfmg_required_at": _stated("application", "rank_list", "start"),
    "visa_j1": _stated("yes", "no", "limited"),
    "visa_h1b": _stated("yes", "no"),
    "us_citizen_or_pr_only": _stated("yes", "no"),
    "accepts_img": _stated("yes", "no", "limited"),
    "step3_for_h1b": _stated("yes", "no"),
    "military_service": _stated("yes", "no"),
    "program_type": _stated("university", "university-affiliated", "community", "safety-net", "military"),
    "safety_net": _stated("yes", "no"),
    "holistic_review": _stated("yes"),
    "hospital_resident_fte": _stated(8.0, 60.0, 400.0),
    "residents_us_img": _stated(0.0, 5.0, 30.0),
    "residents_img": _stated(0.0, 12.0, 30.0),
    "residents_total": _stated(30.0, 45.0),
}


@st.composite
def tracks(draw: st.DrawFn, number: int) -> MadeTrack:
    names = draw(st.lists(st.sampled_from(sorted(FACTS)), unique=True, max_size=6))
    return track_make(
        number,
        draw(st.sampled_from(PLACES)),
        specialty=draw(st.sampled_from(["internal-medicine", "family-medicine", "psychiatry"])),
        track=draw(st.sampled_from(["categorical", "categorical", "primary-care", "preliminary"])),
        listing_status=draw(st.sampled_from(["current", "current", "unconfirmed", "old"])),
        program_key=draw(st.sampled_from([f"key{number}", f"key{number}", "shared"])),
        facts={name: draw(FACTS[name]) for name in names},
    )


@st.composite
def catalogues(draw: st.DrawFn, most: int = 7) -> tuple[MadeTrack, ...]:
    """Two to ``most`` tracks: sp00001, sp00002 … with facts of every kind."""
    count = draw(st.integers(2, most))
    return tuple(draw(tracks(number)) for number in range(1, count + 1))
