"""What each factor and gate was based on, in words and values: the label beside a number."""

from collections.abc import Callable
from dataclasses import dataclass

from matching.exam_words import exam_attempts_words, exam_score_words
from matching.place_words import (
    count_words,
    geography_words,
    letter_local_words,
    mission_words,
    place_words,
    usce_local_words,
)
from matching.scoring.applicant import HANDS_ON, Applicant, Experience
from matching.scoring.person import US_AUTHORS
from programs.public import FEWER, is_counted
from programs.snapshot import FactValue, TrackRow

TYPE_WORDS = {
    "university": "University program",
    "university-affiliated": "University-affiliated program",
    "community": "Community program",
    "safety-net": "Safety-net program",
    "military": "Military program",
}
FLAG_WORDS = {"gap_unexplained": "an unexplained gap", "professionalism": "a concern about conduct"}


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom and which program a label speaks of."""

    applicant: Applicant
    track: TrackRow
    specialty_name: str
    season: str

    def fact(self, field: str) -> FactValue | None:
        return self.track.facts.get(field)


def factor_label(name: str, subject: Subject, contribution: float = 0.0) -> str:
    """A short sentence that says what the factor rests on here, beside a number that raises or lowers."""
    if contribution > 0 and name in RAISING:
        return RAISING[name]
    if contribution < 0 and name in LOWERING:
        return LOWERING[name](subject)
    return LABELS[name](subject)


COUNTS = {
    "residents_us_img": "US-citizen IMGs",
    "residents_non_us_img": "Other IMGs",
    "residents_img": "IMGs",
}


def _residents(subject: Subject) -> str:
    """What is counted of graduates like her, or of all from abroad; "" where nothing is."""
    total = subject.fact("residents_total")
    hers = "non_us_img" if subject.applicant.applicant_type == "non_us_img" else "us_img"
    counted = subject.fact(f"residents_{hers}") or subject.fact("residents_img")
    if not total or not counted:
        return ""
    if total.value is None:
        return "Its residents are counted, too few of them to be told" if is_counted(total) else ""
    if counted.value is None:
        return _hidden(counted, total)
    return f"{COUNTS[counted.field]} are {counted.value:g} of {total.value:g} residents"


def _hidden(counted: FactValue, total: FactValue) -> str:
    """What may be said of a count that is used but not told; "" of what could not be typed."""
    if not is_counted(counted):
        return ""
    if counted.as_stated == FEWER:
        return f"{COUNTS[counted.field]} are {FEWER} of {total.value:g} residents"
    return f"{COUNTS[counted.field]} are counted among {total.value:g} residents; how many is not shown"


def _openness(subject: Subject) -> str:
    if counted := _residents(subject):
        return counted
    if not (signs := _signs(subject)):
        return "IMG share not known; judged by its state"
    return f"{signs[0].upper()}{signs[1:]}"


def _signs(subject: Subject) -> str:
    """What its pages say in favour of IMGs; "" where they say nothing."""
    return ", ".join(
        words
        for field, value, words in (
            ("accepts_img", "yes", "says it takes IMGs"),
            ("min_step2ck", "none", "states no lowest score"),
            ("holistic_review", "yes", "reads whole files"),
            ("us_citizen_or_pr_only", "yes", "takes US citizens and permanent residents only"),
        )
        if (fact := subject.fact(field)) and fact.value == value
    )


def _openness_lowered(subject: Subject) -> str:
    """Signs only raise: where they do not outweigh the state, the state is the reason."""
    if not _residents(subject) and (signs := _signs(subject)):
        return f"Few IMGs match in its state, though it {signs}"
    return _openness(subject)


def _step1(subject: Subject) -> str:
    words = exam_attempts_words(subject.applicant.step1, "Step 1")
    score = subject.applicant.step1.score
    return f"{words}, score {score}" if score is not None else words


def _trend(subject: Subject) -> str:
    after = exam_score_words(subject.applicant.step2ck, "Step 2 CK")
    return f"From Step 1 {subject.applicant.step1.score} to {after}"


def _step3(subject: Subject) -> str:
    return exam_attempts_words(subject.applicant.step3, "Step 3").removesuffix(" yet")


def _graduation(subject: Subject) -> str:
    year = subject.applicant.graduation_year
    if year is None:
        return "Year of graduation not known"
    return f"Graduates in {year}" if year > int(subject.season) else f"Graduated in {year}"


def _weeks(items: tuple[Experience, ...], *, hands_on: bool) -> str:
    """``12 weeks``, ``12 weeks and 1 stay of unknown length``; "" for none."""
    counted = [i.weeks for i in items if (i.kind in HANDS_ON) is hands_on and i.kind != "research"]
    weeks, unsaid = sum(w for w in counted if w is not None), sum(w is None for w in counted)
    parts = [count_words(weeks, "week")] if weeks else []
    parts += [f"{count_words(unsaid, 'stay')} of unknown length"] if unsaid else []
    return " and ".join(parts)


def _usce(subject: Subject) -> str:
    items = subject.applicant.experience
    if items is None:
        return "Hands-on US experience not known; the usual amount is assumed"
    hands_on, watched = _weeks(items, hands_on=True), _weeks(items, hands_on=False)
    words = f"Hands-on US experience: {hands_on or 'none'}"
    return f"{words}; observing: {watched}" if watched else words


def _letters(subject: Subject) -> str:
    letters = subject.applicant.letters
    if letters is None:
        return "Letters not known; the usual number is assumed"
    ours = [letter for letter in letters if letter.author in US_AUTHORS]
    if not ours:
        return "No US letters"
    right = sum(letter.specialty == subject.track.specialty for letter in ours)
    words = f"{count_words(len(ours), 'US letter')}, {right} in {subject.specialty_name.lower()}"
    unsaid = sum(letter.specialty is None for letter in ours)
    return f"{words}, {unsaid} of a specialty not said" if unsaid else words


def _commitment(subject: Subject) -> str:
    return f"Experience and letters in {subject.specialty_name.lower()}"


def _research(subject: Subject) -> str:
    count = subject.applicant.research_publications
    told = "Publications not known" if count is None else count_words(count, "publication")
    return f"{told}, at a university program"


def _visa(subject: Subject) -> str:
    return (
        "A visa is needed" if subject.applicant.visa_needed not in (None, "none") else "Visa need not known"
    )


def _program_type(subject: Subject) -> str:
    fact = subject.fact("program_type")
    return (
        TYPE_WORDS.get(str(fact.value), "Kind of program not known") if fact else "Kind of program not known"
    )


def _academic_size(subject: Subject) -> str:
    fact = subject.fact("hospital_resident_fte")
    size = f"{fact.value:.0f}" if fact and isinstance(fact.value, float) else "an unknown number of"
    return f"Main hospital trains {size} residents; kind of program not known"


def _competition(subject: Subject) -> str:
    return f"Many applicants want {place_words(subject.track, 'los-angeles')}"


def _rotation_here(subject: Subject) -> str:
    """What she did at the program or, where only a sibling is named, at any: hands-on work comes first."""
    named = [item for item in subject.applicant.experience or () if item.program_id is not None]
    kinds = {item.kind for item in named if item.program_id == subject.track.id} or {i.kind for i in named}
    if kinds & HANDS_ON or not kinds:
        return "You rotated at this program"
    return "You observed at this program" if "observership" in kinds else "You did research at this program"


def _red_flags(subject: Subject) -> str:
    flags = subject.applicant.red_flags
    if flags is None:
        return "Gaps and conduct not known"
    return ", ".join(FLAG_WORDS[flag] for flag in flags).capitalize() or "Nothing to explain"


RAISING = {
    "gates": "You meet a limit it states",
    "competition": "Fewer applicants want it than Los Angeles",
}
LOWERING: dict[str, Callable[[Subject], str]] = {"openness": _openness_lowered}
LABELS: dict[str, Callable[[Subject], str]] = {
    "openness": _openness,
    "step2ck": lambda s: exam_score_words(s.applicant.step2ck, "Step 2 CK"),
    "step1": _step1,
    "step2ck_attempts": lambda s: exam_attempts_words(s.applicant.step2ck, "Step 2 CK"),
    "score_trend": _trend,
    "step3": _step3,
    "graduation": _graduation,
    "usce": _usce,
    "letters": _letters,
    "usce_local": lambda s: usce_local_words(s.applicant, s.track),
    "letter_local": lambda s: letter_local_words(s.applicant, s.track),
    "geography": lambda s: geography_words(s.applicant, s.track),
    "mission": lambda s: mission_words(s.applicant),
    "rotation_here": _rotation_here,
    "letter_here": lambda _: "You have a letter from this program",
    "research": _research,
    "specialty_commitment": _commitment,
    "visa": _visa,
    "signal": lambda _: "One of your signals goes to this program",
    "program_type": _program_type,
    "academic_size": _academic_size,
    "competition": _competition,
    "red_flags": _red_flags,
    "gates": lambda _: "A rule it states is not met in full",
    "averaging": lambda _: "Allowance for what is not known about this program and for luck",
}
# What a label speaks of beside the applicant and her specialty: the program itself, or the place it is in.
OF_PROGRAM = frozenset({"openness", "program_type", "academic_size"})
HERE = frozenset({"rotation_here"})  # what she did there
OF_PLACE = frozenset({"usce_local", "letter_local", "geography", "competition"})


class Labels:
    """The labels of one answer: most are alike for many of its programs, and those are worded once.

    ``of_programs``: what speaks of a program and the kind of graduate alone, kept from answer to answer.
    """

    def __init__(self, of_programs: dict[tuple[str, ...], str] | None = None) -> None:
        self._told: dict[tuple[str, ...], str] = {}
        self._of_programs = {} if of_programs is None else of_programs

    def of(self, name: str, subject: Subject, contribution: float) -> str:
        track, sign = subject.track, "+" if contribution > 0 else "-" if contribution < 0 else ""
        told, key = self._told, tuple[str, ...]()
        if name in OF_PROGRAM:
            kind: str = subject.applicant.applicant_type or ""
            told, key = self._of_programs, (name, sign, kind, track.id)
        elif name in HERE:
            key = (name, sign, track.id)
        elif name in OF_PLACE:
            key = (name, sign, track.state, track.ring)
        else:
            key = (name, sign, track.specialty)
        label = told.get(key)
        if label is None:
            label = told[key] = factor_label(name, subject, contribution)
        return label
