"""Her own facts in plain words, to be set into a sentence."""

import re
from collections.abc import Iterable
from datetime import date

from applicants.codes import LANGUAGES
from matching.brief.facts import BriefFacts
from matching.exam_words import ORDINALS
from matching.scoring.applicant import Exam, Experience, Letter, Service, Tie
from matching.season_dates import SeasonDate
from programs.geography import STATE_NAMES

HOME_WORDS = "Los Angeles"
PLACES = {"los-angeles": "Los Angeles", "california": "California", "west-coast": "the West Coast"}
KINDS = {
    "core_clerkship": "core clerkships",
    "elective": "elective",
    "sub_internship": "sub-internship",
    "externship": "externship",
    "observership": "observership",
    "research": "research",
}
FOCUS = {
    "free_clinic": "work in a free clinic",
    "underserved": "work with underserved patients",
    "rural": "work in a rural place",
    "community_health": "work in community health",
    "veterans": "work with veterans",
    "other": "service",
}
AUTHORS = {
    "us_academic": "a US academic",
    "us_clinical": "a US clinician",
    "non_us": "a doctor outside the US",
}
TIES = {
    "family": "your family in {place}",
    "residence": "your home in {place}",
    "grew_up": "your childhood in {place}",
    "education": "your studies in {place}",
    "work": "your work in {place}",
}
AN = ("8", "11-", "18-", "e", "o")  # what begins with a vowel when it is said
WHO = {
    "us_img": "a US citizen who studied medicine abroad",
    "non_us_img": "a doctor trained abroad",
    "us_md": "a graduate of a US medical school",
    "us_do": "a graduate of a US osteopathic school",
}


def counted(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(parts: Iterable[str], word: str = "and") -> str:
    told = list(parts)
    if len(told) < 2:
        return "".join(told)
    return f"{', '.join(told[:-1])} {word} {told[-1]}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def ordinal(number: int) -> str:
    return ORDINALS.get(number, f"{number}th")


def place_of(item: Experience | Letter | Service | Tie) -> str:
    """The nearest place that is told; "" where none is."""
    if item.ring in PLACES:
        return PLACES[item.ring]
    state = getattr(item, "state", None)
    return STATE_NAMES.get(state, "") if state else ""


def weeks_words(item: Experience) -> str:
    return counted(item.weeks, "week") if item.weeks else "length not told"


def experience_words(item: Experience, facts: BriefFacts) -> str:
    """``8-week sub-internship in internal medicine in Los Angeles``."""
    length = f"{item.weeks}-week " if item.weeks else ""
    if item.kind in ("core_clerkship", "research"):
        length = f"{counted(item.weeks, 'week')} of " if item.weeks else ""
    of = f" in {facts.named(item.specialty)}" if item.specialty and item.specialty != "other" else ""
    place = place_of(item)
    return f"{length}{KINDS[item.kind]}{of}{f' in {place}' if place else ''}"


def one_of(item: Experience, facts: BriefFacts) -> str:
    """The same with its article: ``an 8-week sub-internship``, ``48 weeks of core clerkships``."""
    words = experience_words(item, facts)
    if item.kind in ("core_clerkship", "research"):
        return words
    return f"{'an' if words.startswith(AN) else 'a'} {words}"


def service_words(item: Service) -> str:
    """``12 months of work in a free clinic in Los Angeles``."""
    length = f"{counted(item.months, 'month')} of " if item.months else ""
    place = place_of(item)
    return f"{length}{FOCUS[item.focus]}{f' in {place}' if place else ''}"


def letter_words(item: Letter, facts: BriefFacts) -> str:
    """``a US academic in internal medicine in Los Angeles``."""
    of = f" in {facts.named(item.specialty)}" if item.specialty and item.specialty != "other" else ""
    place = place_of(item)
    return f"{AUTHORS[item.author]}{of}{f' in {place}' if place else ''}"


def tie_words(item: Tie) -> str:
    return TIES[item.kind].format(place=place_of(item) or "a place not told")


def tongues_words(codes: Iterable[str]) -> str:
    return listed(language(code) for code in codes)


def language(code: str) -> str:
    return re.split(r"[;,(]", LANGUAGES.get(code, code))[0].strip()


def specialties_words(facts: BriefFacts, word: str = "and") -> str:
    return listed((facts.named(slug) for slug in facts.me.specialties), word)


def fails_words(exam: Exam) -> str:
    """``once``, ``twice``, ``3 times``: how often it was failed before it was passed."""
    failed = (exam.attempts or 1) - (1 if exam.passed else 0)
    return {1: "once", 2: "twice"}.get(failed, f"{failed} times")


def month_words(day: date) -> str:
    return f"{day:%B %Y}"


def date_words(told: SeasonDate) -> str:
    """``16 March 2026``; the month alone where no more is known."""
    return f"{told.day.day} {told.day:%B %Y}" if told.precision == "day" else month_words(told.day)


def sure_words(told: SeasonDate) -> str:
    """How sure a date is."""
    return {
        "day": "announced",
        "month": "only the month is known so far",
        "pattern": "not announced, so we go by past years",
    }[told.precision]
