"""Actions at one program, and how all programs are asked about at once.

What happens at a program counts by amount (weeks, letters), by specialty, by place and at the program itself,
and each counts apart. So one *spread* profile stands, at every program asked about, for the profile changed
there: the amount is told once and without a place, and for each specialty, place and program an item of no
amount is added. Each program reads only what concerns it, through the same factors as any profile.
"""

from collections.abc import Iterable, Sequence

from matching.scoring.applicant import HANDS_ON, RINGS, Applicant, Experience, Letter
from matching.scoring.columns import Columns, Ints
from matching.scoring.situation import Site, Situation, with_experience, with_letters

ROTATION_WEEKS = 4
NOWHERE = ""  # no specialty has this name, so the item counts for none

Programs = frozenset[str]  # every track id of one program


def rotation_at(situation: Situation, site: Site) -> Applicant:
    item = Experience(
        situation.hands_on_kind, ROTATION_WEEKS, site.state, site.ring, site.program_id, site.specialty
    )
    return with_experience(situation.applicant, item)


def letter_at(situation: Situation, site: Site) -> Applicant:
    item = Letter("us_clinical", site.state, site.ring, site.program_id, site.specialty)
    return with_letters(situation.applicant, item)


def letter_and_rotation_at(situation: Situation, site: Site) -> Applicant:
    rotated = rotation_at(situation, site)
    return letter_at(situation.with_applicant(rotated), site)


def rotation_possible(situation: Situation, program: Programs) -> bool:
    return situation.applicant.experience is not None and not _rotated(situation.applicant, program)


def letter_possible(situation: Situation, program: Programs) -> bool:
    known = situation.applicant.letters is not None
    return known and _rotated(situation.applicant, program) and not _recommended(situation.applicant, program)


def letter_rotation_possible(situation: Situation, program: Programs) -> bool:
    known = situation.applicant.letters is not None and rotation_possible(situation, program)
    return known and not _recommended(situation.applicant, program)


def _rotated(applicant: Applicant, program: Programs) -> bool:
    return any(item.kind in HANDS_ON and item.program_id in program for item in applicant.experience or ())


def _recommended(applicant: Applicant, program: Programs) -> bool:
    return any(letter.program_id in program for letter in applicant.letters or ())


def rotation_spread(applicant: Applicant, sites: Sequence[Site]) -> Applicant:
    """One profile that stands for a rotation at each of ``sites``."""
    amount = Experience("externship", ROTATION_WEEKS, None, None, None, NOWHERE)
    # Research adds no clinical weeks, and to the specialty what any experience adds.
    fields = [
        Experience("research", ROTATION_WEEKS, None, None, None, specialty)
        for specialty in _distinct(site.specialty for site in sites)
    ]
    here = [Experience("externship", 0, site.state, site.ring, site.program_id, NOWHERE) for site in sites]
    return with_experience(applicant, amount, *fields, *here)


def letter_spread(applicant: Applicant, sites: Sequence[Site]) -> Applicant:
    """One profile that stands for a letter from each of ``sites``."""
    fields = [
        Letter("us_clinical", None, None, None, specialty)
        for specialty in _distinct(site.specialty for site in sites)
    ]
    here = [Letter("non_us", site.state, site.ring, site.program_id, NOWHERE) for site in sites]
    return with_letters(applicant, *fields, *here)


def letter_and_rotation_spread(applicant: Applicant, sites: Sequence[Site]) -> Applicant:
    return letter_spread(rotation_spread(applicant, sites), sites)


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def sites_of(columns: Columns, rows: Ints) -> list[Site]:
    """The programs of ``rows`` as actions see them."""
    return [
        Site(columns.ids[row], columns.places[cell // 2].state, RINGS[ring], columns.specialties[specialty])
        for row, cell, ring, specialty in zip(
            rows.tolist(),
            columns.cell[rows].tolist(),
            columns.ring[rows].tolist(),
            columns.specialty[rows].tolist(),
            strict=True,
        )
    ]
