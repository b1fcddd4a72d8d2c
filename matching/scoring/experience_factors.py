"""Factors that read experience, letters and research; ties to the place are in ``local_factors``."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from matching.scoring.applicant import HANDS_ON, Applicant
from matching.scoring.columns import Columns, Ints
from matching.scoring.draws import Floats
from matching.scoring.factor_context import FactorContext, column
from matching.scoring.local_factors import local_add
from matching.scoring.person import US_AUTHORS
from matching.scoring.registry import LOCAL
from matching.scoring.terms import Terms

WEEKS_PER_MONTH = 4


def experience_add(terms: Terms, context: FactorContext) -> None:
    """Amount of experience, letters, commitment, publications, and what happened at the program itself."""
    for _, add in EXPERIENCE_PARTS:
        add(terms, context)


def _usce(terms: Terms, context: FactorContext) -> None:
    value, person = context.value, context.person
    months = np.sqrt(person.usce_weeks / np.float64(WEEKS_PER_MONTH))
    usual = np.sqrt(value("reference.usce_weeks") / np.float64(WEEKS_PER_MONTH))
    # a US school's clerkships are US experience
    terms.add_constant("usce", person.abroad * value("usce.hands_on_per_4_weeks") * (months - usual))


def _research(terms: Terms, context: FactorContext) -> None:
    value = context.value
    publications = np.minimum(context.person.publications, value("research.publications_cap"))
    terms.add_feature(
        "research", "university_research", value("research.university_per_publication") * publications
    )


def _red_flags(terms: Terms, context: FactorContext) -> None:
    value, person = context.value, context.person
    flags = value("red_flag.gap_unexplained") * person.gap_unexplained
    terms.add_constant("red_flags", flags + value("red_flag.professionalism") * person.professionalism)


def matches(context: FactorContext, item_specialty: str | None) -> Floats:
    """(specialties,) how far an item counts for each: 1 its own, 0 another, a share where it is not said."""
    unsaid = context.parameters.values["item.unsaid_specialty_share"]
    return _matches(context.columns.specialties, item_specialty, unsaid)


@lru_cache(maxsize=256)
def _matches(specialties: tuple[str, ...], item_specialty: str | None, unsaid: float) -> Floats:
    """Shared by all applicants; not to be written to."""
    if item_specialty is None:
        return np.full(len(specialties), unsaid)
    return np.array([1.0 if name == item_specialty else 0.0 for name in specialties])


def _letters(context: FactorContext) -> Floats:
    names, value, letters = context.columns.specialties, context.value, context.person.applicant.letters
    most = value("letters.counted_most")
    if letters is None:
        count = column(context.person.letters)
    else:
        ours = [matches(context, letter.specialty) for letter in letters if letter.author in US_AUTHORS]
        count = sum(ours, np.zeros(len(names)))[None, :]
    academic = any(letter.author == "us_academic" for letter in letters or ())
    counted = np.minimum(count, most) - column(value("reference.letters_us"))
    worth = column(value("letters.us_specialty")) * counted
    return np.asarray(worth + column(value("letters.academic")) * academic)


def _commitment(context: FactorContext) -> Floats:
    """Half from weeks, half from letters in the specialty, each full at a stated amount; a half not spoken of
    is the reference applicant's. More never counts less: a share of all experience would punish a rotation
    elsewhere."""
    value, applicant = context.value, context.person.applicant
    reference = column(value("reference.specialty_commitment"))
    by_weeks = by_letters = reference
    if applicant.experience is not None:
        usual = context.parameters.values["usce.weeks_if_unstated"]
        weeks = [
            (item.specialty, usual if item.weeks is None else item.weeks) for item in applicant.experience
        ]
        by_weeks = _share(context, weeks, "specialty_commitment.full_weeks")
    if applicant.letters is not None:
        letters = [(item.specialty, 1.0) for item in applicant.letters]
        by_letters = _share(context, letters, "letters.counted_most")
    share = (by_weeks + by_letters) / 2
    return np.asarray(column(value("specialty_commitment")) * (share - reference))


def _share(context: FactorContext, items: Sequence[tuple[str | None, float]], full: str) -> Floats:
    """(width, specialties) what ``items`` (specialty, amount) come to of the full amount, at most 1."""
    amount, known = np.zeros(len(context.columns.specialties)), (None, *context.columns.specialties)
    for specialty, count in items:
        if count and specialty in known:
            amount += matches(context, specialty) * count
    return np.minimum(amount / column(context.value(full)), 1.0)


def _here(terms: Terms, context: FactorContext) -> None:
    """A rotation at the program, or a letter from it; the best one counts, for every track of the program."""
    applicant = context.person.applicant
    little = context.parameters.values["usce.not_hands_on_share"]
    rotations = _best_by_program(
        context, [(e.program_id, 1.0 if e.kind in HANDS_ON else little) for e in applicant.experience or ()]
    )
    letters = _best_by_program(context, [(item.program_id, 1.0) for item in applicant.letters or ()])
    for factor, found in (("rotation_here", rotations), ("letter_here", letters)):
        if not found:
            continue
        rows = sorted(found)
        weights = np.array([found[row] for row in rows])
        terms.add_sparse(factor, rows, column(context.value(factor)) * weights)


def _best_by_program(context: FactorContext, named: list[tuple[str | None, float]]) -> dict[int, float]:
    best = dict[int, float]()
    for program_id, weight in named:
        if program_id is None:
            continue
        for member in _tracks_of(program_id, context.columns):
            best[member] = max(best.get(member, 0.0), weight)
    return best


def _tracks_of(program_id: str, columns: Columns) -> Sequence[int]:
    """Rows of every track of the program that a track id names; none where it is not among the columns."""
    row = columns.row_of.get(program_id)
    return () if row is None else columns.rows_of_program[int(columns.program[row])]


def inside_rows(applicant: Applicant, columns: Columns) -> Ints:
    """Rows, ascending, of programs with an inside connection: hands-on work there, or a letter from it."""
    worked = (item.program_id for item in applicant.experience or () if item.kind in HANDS_ON)
    wrote = (item.program_id for item in applicant.letters or ())
    named = {program_id for program_id in (*worked, *wrote) if program_id is not None}
    rows = {row for program_id in named for row in _tracks_of(program_id, columns)}
    return np.array(sorted(rows), dtype=np.int64)


# Each part with the factors it writes, and no other part writes.
EXPERIENCE_PARTS: tuple[tuple[tuple[str, ...], Callable[[Terms, FactorContext], None]], ...] = (
    (("usce",), _usce),
    (("letters",), lambda terms, context: terms.add_specialty("letters", _letters(context))),
    (
        ("specialty_commitment",),
        lambda terms, context: terms.add_specialty("specialty_commitment", _commitment(context)),
    ),
    (("research",), _research),
    (
        ("visa",),
        lambda terms, context: terms.add_constant("visa", context.value("visa_needed") * context.person.visa),
    ),
    (("red_flags",), _red_flags),
    (("rotation_here", "letter_here"), _here),
    (LOCAL, local_add),
)
