"""Factors that read experience, letters, service, ties and research."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.scoring.applicant import HANDS_ON, RINGS, Experience, Letter, Ring, Tie
from matching.scoring.columns import Columns
from matching.scoring.draws import Floats
from matching.scoring.factor_context import FactorContext
from matching.scoring.person import US_AUTHORS, service_months
from matching.scoring.registry import LOCAL
from matching.scoring.terms import Terms

HOME_TIES = frozenset({"residence", "grew_up"})
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
    specialties = context.columns.specialties
    if item_specialty is None:
        return np.full(len(specialties), context.parameters.values["item.unsaid_specialty_share"])
    return np.array([1.0 if name == item_specialty else 0.0 for name in specialties])


def _letters(context: FactorContext) -> Floats:
    names, value, letters = context.columns.specialties, context.value, context.person.applicant.letters
    most = value("letters.counted_most")
    if letters is None:
        count = _column(context.person.letters)
    else:
        ours = [matches(context, letter.specialty) for letter in letters if letter.author in US_AUTHORS]
        count = sum(ours, np.zeros(len(names)))[None, :]
    academic = any(letter.author == "us_academic" for letter in letters or ())
    counted = np.minimum(count, most) - _column(value("reference.letters_us"))
    worth = _column(value("letters.us_specialty")) * counted
    return np.asarray(worth + _column(value("letters.academic")) * academic)


def _commitment(context: FactorContext) -> Floats:
    """Half from weeks, half from letters in the specialty, each full at a stated amount; a half not spoken of
    is the reference applicant's. More never counts less: a share of all experience would punish a rotation
    elsewhere."""
    value, applicant = context.value, context.person.applicant
    reference = _column(value("reference.specialty_commitment"))
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
    return np.asarray(_column(value("specialty_commitment")) * (share - reference))


def _share(context: FactorContext, items: Sequence[tuple[str | None, float]], full: str) -> Floats:
    """(width, specialties) what ``items`` (specialty, amount) come to of the full amount, at most 1."""
    none = np.zeros(len(context.columns.specialties))
    amount = sum((matches(context, specialty) * count for specialty, count in items if count), none)
    return np.minimum(amount / _column(context.value(full)), 1.0)


def _here(terms: Terms, context: FactorContext) -> None:
    """A rotation at the program, or a letter from it; the best one counts, for every track of the program."""
    applicant = context.person.applicant
    little = context.parameters.values["usce.not_hands_on_share"]
    rotations = _best_by_program(
        context, [(e.program_id, 1.0 if e.kind in HANDS_ON else little) for e in applicant.experience or ()]
    )
    letters = _best_by_program(context, [(item.program_id, 1.0) for item in applicant.letters or ()])
    for factor, found in (("rotation_here", rotations), ("letter_here", letters)):
        rows = sorted(found)
        weights = np.array([found[row] for row in rows])
        terms.add_sparse(factor, rows, _column(context.value(factor)) * weights)


def _best_by_program(context: FactorContext, named: list[tuple[str | None, float]]) -> dict[int, float]:
    columns, best = context.columns, dict[int, float]()
    for program_id, weight in named:
        row = columns.row_of.get(program_id or "")
        for member in columns.rows_of_program[int(columns.program[row])] if row is not None else ():
            best[member] = max(best.get(member, 0.0), weight)
    return best


def _local(terms: Terms, context: FactorContext) -> None:
    """Ties to the place tell partly the same thing: the largest counts in full, the others by a share."""
    worth = np.empty((len(LOCAL) - 1, context.width, len(context.columns.places)))
    for position, value in enumerate((_usce_local(context), _letter_local(context), _geography(context))):
        worth[position] = value
    mission, overlap = _mission(context), _column(context.value("local_overlap"))
    shared, largest = overlap * worth, worth.max(axis=0)
    full = np.argmax(worth, axis=0) == np.arange(len(worth))[:, None, None]
    plain = np.where(full, worth, shared)
    ahead = mission > largest  # where a program has a mission and nothing else is worth as much
    for position, factor in enumerate(LOCAL[:-1]):
        terms.add_cell(factor, _by_cell(plain[position], np.where(ahead, shared[position], plain[position])))
    terms.add_cell(LOCAL[-1], _by_cell(np.zeros_like(largest), np.where(ahead, mission, overlap * mission)))


def _by_cell(plain: Floats, with_mission: Floats) -> Floats:
    """(width, 2 × places) from (width, places) without a mission and with one."""
    table = np.empty((max(len(plain), len(with_mission)), 2 * plain.shape[1]))
    table[:, 0::2], table[:, 1::2] = plain, with_mission
    return table


def _by_place(worth: Floats | float, share: Floats | NDArray[np.bool_]) -> Floats:
    """(width, places): ``worth`` times the place's ``share``."""
    return _column(worth) * share


def _unsaid(context: FactorContext, worth: Floats | float) -> Floats:
    """(width, places): a tie not spoken of, a share of its best value everywhere."""
    return np.broadcast_to(
        _column(worth * context.person.local), (context.width, len(context.columns.places))
    )


def within(columns: Columns, state: str | None, ring: Ring | None) -> NDArray[np.bool_]:
    """(places,) whether something in ``state`` counts at the place: the same state. Where no state is said
    the ring tells it, and a ring of several states counts in all of it."""
    known = state or ring_state(ring)
    if not known and ring == "west-coast":
        return np.asarray(columns.place_ring <= RINGS.index(ring), dtype=bool)
    return np.asarray(columns.place_state == known, dtype=bool)


def ring_state(ring: Ring | None) -> str:
    """The state a ring lies in; "" where it spans several."""
    return "CA" if ring in ("los-angeles", "california") else ""


def _any_within(columns: Columns, items: Iterable[Experience | Letter | Tie]) -> NDArray[np.bool_]:
    found = np.zeros(len(columns.places), dtype=bool)
    for state, ring in {(item.state, item.ring) for item in items}:
        found |= within(columns, state, ring)
    return found


def _usce_local(context: FactorContext) -> Floats:
    items, worth = context.person.applicant.experience, context.value("usce.local")
    if items is None:
        return _unsaid(context, worth)
    little = context.parameters.values["usce.not_hands_on_share"]
    watched = _any_within(context.columns, items) * little
    hands_on = _any_within(context.columns, (item for item in items if item.kind in HANDS_ON))
    return _by_place(worth, np.maximum(watched, hands_on))


def _letter_local(context: FactorContext) -> Floats:
    items, worth = context.person.applicant.letters, context.value("letter.local")
    if items is None:
        return _unsaid(context, worth)
    return _by_place(worth, _any_within(context.columns, items))


def _geography(context: FactorContext) -> Floats:
    """In-state: a home there. Aligned: any tie in the place's state, and a share of it in the rest of the
    Census division."""
    ties, columns = context.person.applicant.ties, context.columns
    scale = 1.0 + context.person.abroad * (context.value("geography.us_img_scale") - 1.0)
    aligned, in_state = (
        context.value("geography.aligned") * scale,
        context.value("geography.in_state") * scale,
    )
    if ties is None:
        return _unsaid(context, aligned)
    home = np.zeros(len(columns.places), dtype=bool)
    near, region = _any_within(columns, ties), np.zeros(len(columns.places), dtype=bool)
    for tie in ties:
        state = tie.state or ring_state(tie.ring)
        here = columns.place_state == state
        home |= here & (tie.kind in HOME_TIES)
        if division := columns.divisions.get(state):
            region |= columns.place_division == division
    both = np.maximum(in_state, aligned) + context.value("local_overlap") * np.minimum(in_state, aligned)
    further = context.parameters.values["geography.division_share"] * (region & ~near & ~home)
    return _by_place(aligned, (near & ~home) + further) + _by_place(both, home)


def _mission(context: FactorContext) -> Floats:
    """(width, 1): service to the underserved, and Spanish, where the program says it serves them. What is not
    said stands at a share of its best value."""
    applicant, value, unsaid = context.person.applicant, context.value, context.person.local
    spanish = context.parameters.values["mission.spanish_share"]
    served: Floats | float = unsaid
    if applicant.service is not None:
        months = service_months(applicant, context.parameters.values["mission.months_if_unstated"])
        served = np.float64(months) / value("mission.full_months")
    if applicant.languages is not None:
        served = served + spanish * ("es" in applicant.languages)
    elif applicant.service is not None:
        served = served + spanish * unsaid
    strength = np.minimum(1.0, served)
    return _column(value("mission.match") * strength)


def _column(value: Floats | float) -> Floats:
    """(width, 1), or (1, 1) where no draw moves it."""
    return np.asarray(value, dtype=np.float64).reshape(-1, 1)


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
    (LOCAL, _local),
)
