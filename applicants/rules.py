"""What the members of a profile must not say together. Each rule yields every fault it finds, kindly."""

from collections.abc import Collection, Iterator

from applicants.codes import RING_STATES, STATES, US_DO_COUNTRIES, US_MD_COUNTRIES
from applicants.exam_rules import EXAM_NAMES, NOT_PASSED, exam_findings
from applicants.faults import Finding, Location
from applicants.schema import Exam, ProfileDocument

RING_NAMES = {
    "los-angeles": "Los Angeles",
    "california": "California",
    "west-coast": "The West Coast",
    "national": "Elsewhere",
}
OTHER_SPECIALTY = "other"
YEARS_AHEAD = 2  # after the season's year: for those who plan and do not apply yet; the database holds it too
IMG_TYPES = ("us_img", "non_us_img")


def findings(
    profile: ProfileDocument,
    *,
    season: int,
    specialties: Collection[str] | None,
    program_ids: Collection[str] | None,
) -> Iterator[Finding]:
    """Every fault between members. ``specialties`` and ``program_ids`` None: not checked by a catalogue."""
    yield from _graduation(profile, season)
    yield from exam_findings(profile, season=season)
    yield from _citizenship(profile)
    yield from _school(profile)
    yield from _certificate(profile)
    yield from _places(profile)
    yield from _duplicates(profile)
    if specialties is not None:
        yield from _specialties(profile, specialties)
    if program_ids is not None:
        yield from _programs(profile, program_ids)


def _graduation(profile: ProfileDocument, season: int) -> Iterator[Finding]:
    last = season + YEARS_AHEAD
    if profile.graduation_year is not None and profile.graduation_year > last:
        yield (
            ("graduation_year",),
            "max_value",
            f"Graduation year must be {last} or earlier: we look {YEARS_AHEAD} seasons ahead and no further.",
        )


def _citizenship(profile: ProfileDocument) -> Iterator[Finding]:
    if profile.applicant_type == "us_img" and profile.visa_needed in ("j1", "h1b", "either"):
        yield (
            ("visa_needed",),
            "impossible",
            "A US citizen needs no visa to train here. Say that none is needed, or choose non-US IMG.",
        )


def _school(profile: ProfileDocument) -> Iterator[Finding]:
    kind, school = profile.applicant_type, profile.medical_school
    if kind is None or school is None or school.country is None:
        return
    where = ("medical_school", "country")
    if kind in IMG_TYPES and school.country == "US":
        yield (
            where,
            "impossible",
            "An IMG's school is outside the United States. Check the country, or choose US MD or US DO.",
        )
    allowed = US_MD_COUNTRIES if kind == "us_md" else US_DO_COUNTRIES
    if kind not in IMG_TYPES and school.country not in allowed:
        yield (
            where,
            "impossible",
            "Graduates of this country's schools apply as IMGs. Check the country, or choose an IMG type.",
        )


def _certificate(profile: ProfileDocument) -> Iterator[Finding]:
    if not profile.ecfmg_certified:
        return
    where = ("ecfmg_certified",)
    if profile.applicant_type in ("us_md", "us_do"):
        yield (
            where,
            "impossible",
            "ECFMG certifies graduates of schools outside the United States. "
            "Leave it as not known, or choose an IMG type.",
        )
    for member in ("step1", "step2ck"):
        exam: Exam | None = getattr(profile, member)
        if exam is not None and exam.status in NOT_PASSED:
            name = EXAM_NAMES[member]
            yield (
                where,
                "impossible",
                f"ECFMG certifies only after {name} is passed. Say not yet, or check the {name} result.",
            )


def _places(profile: ProfileDocument) -> Iterator[Finding]:
    for member in ("experience", "letters", "ties"):
        for index, row in enumerate(getattr(profile, member) or ()):
            if row.ring is not None and row.state is not None and row.state not in RING_STATES[row.ring]:
                yield (
                    (member, index, "ring"),
                    "impossible",
                    f"{RING_NAMES[row.ring]} does not include {STATES[row.state]}. Mend one of them.",
                )


def _duplicates(profile: ProfileDocument) -> Iterator[Finding]:
    wishes = profile.wishes
    listed: tuple[tuple[Location, tuple[str, ...] | None], ...] = (
        (("specialties",), profile.specialties),
        (("languages",), profile.languages),
        (("red_flags",), profile.red_flags),
        (("wishes", "states"), wishes.states if wishes else None),
        (("wishes", "program_types"), wishes.program_types if wishes else None),
    )
    for where, values in listed:
        if values is None or len(set(values)) == len(values):
            continue
        for index, value in enumerate(values):
            if value in values[:index]:
                yield (*where, index), "duplicate", f'"{value}" is already in the list. Name it once.'


def _specialties(profile: ProfileDocument, specialties: Collection[str]) -> Iterator[Finding]:
    known = ", ".join(sorted(specialties))
    for index, slug in enumerate(profile.specialties or ()):
        if slug not in specialties:
            yield ("specialties", index), "invalid_choice", f"This specialty is not one of ours: {known}."
    for member in ("experience", "letters"):
        for index, row in enumerate(getattr(profile, member) or ()):
            if row.specialty not in (None, OTHER_SPECIALTY) and row.specialty not in specialties:
                yield (
                    (member, index, "specialty"),
                    "invalid_choice",
                    f'This specialty is not one of ours. Say "{OTHER_SPECIALTY}", or leave it out.',
                )


def _programs(profile: ProfileDocument, program_ids: Collection[str]) -> Iterator[Finding]:
    for member in ("experience", "letters"):
        for index, row in enumerate(getattr(profile, member) or ()):
            if row.program_id is not None and row.program_id not in program_ids:
                yield (
                    (member, index, "program_id"),
                    "invalid_choice",
                    "No program has this id. Copy it from the program's page, or leave it out.",
                )
