"""Ties to the place: experience and letters there, geography, and service that fits the program's mission."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.scoring.applicant import HANDS_ON, RINGS, Experience, Letter, Ring, Tie
from matching.scoring.columns import Columns
from matching.scoring.draws import DrawnModel, Floats
from matching.scoring.factor_context import FactorContext, column
from matching.scoring.person import service_months
from matching.scoring.registry import LOCAL
from matching.scoring.terms import Terms

HOME_TIES = frozenset({"residence", "grew_up"})


@dataclass(frozen=True)
class _Said:
    """All that is read of an applicant here: who says the same has the same tables. ``context`` is that of
    the first who said it, and keeps the object alive whose identity ``places`` is: all parts of a catalogue
    share it."""

    places: int
    drawn: DrawnModel
    kind: str
    experience: frozenset[tuple[str | None, Ring | None, bool]] | None
    letters: frozenset[tuple[str | None, Ring | None]] | None
    ties: frozenset[tuple[str | None, Ring | None, bool]] | None
    months: float | None
    spanish: bool | None
    context: FactorContext = field(compare=False, repr=False)


def local_add(terms: Terms, context: FactorContext) -> None:
    """Ties to the place tell partly the same thing: the largest counts in full, the others by a share."""
    # With draws the tables are large, and few ask for them: only those without are kept.
    tables = _kept(_said(context)) if context.width == 1 else _tables(context)
    for factor, table in zip(LOCAL, tables, strict=True):
        terms.add_cell(factor, table)


def _said(context: FactorContext) -> _Said:
    her = context.person.applicant
    worked, wrote, tied = her.experience, her.letters, her.ties
    return _Said(
        id(context.columns.places),
        context.drawn,
        context.applicant_type,
        None if worked is None else frozenset((i.state, i.ring, i.kind in HANDS_ON) for i in worked),
        None if wrote is None else frozenset((i.state, i.ring) for i in wrote),
        None if tied is None else frozenset((i.state, i.ring, i.kind in HOME_TIES) for i in tied),
        None if her.service is None else _months(context),
        None if her.languages is None else "es" in her.languages,
        context,
    )


@lru_cache(maxsize=1024)
def _kept(said: _Said) -> Floats:
    tables = _tables(said.context)
    tables.setflags(write=False)
    return tables


def _tables(context: FactorContext) -> Floats:
    """(local factors, width, cells)."""
    places = len(context.columns.places)
    worth = np.empty((len(LOCAL) - 1, context.width, places))
    for position, value in enumerate((_usce_local(context), _letter_local(context), _geography(context))):
        worth[position] = value
    mission, overlap = _mission(context), column(context.value("local_overlap"))
    shared, largest = overlap * worth, worth.max(axis=0)
    full = np.argmax(worth, axis=0) == np.arange(len(worth))[:, None, None]
    plain = np.where(full, worth, shared)
    ahead = mission > largest  # where a program has a mission and nothing else is worth as much
    cells = np.zeros((len(LOCAL), context.width, 2 * places))  # by place: without a mission, then with one
    cells[:-1, :, 0::2], cells[:-1, :, 1::2] = plain, np.where(ahead, shared, plain)
    cells[-1, :, 1::2] = np.where(ahead, mission, overlap * mission)
    return cells


def _months(context: FactorContext) -> float:
    return service_months(context.person.applicant, context.parameters.values["mission.months_if_unstated"])


def _by_place(worth: Floats | float, share: Floats | NDArray[np.bool_]) -> Floats:
    """(width, places): ``worth`` times the place's ``share``."""
    return column(worth) * share


def _unsaid(context: FactorContext, worth: Floats | float) -> Floats:
    """(width, places): a tie not spoken of, a share of its best value everywhere."""
    return np.broadcast_to(column(worth * context.person.local), (context.width, len(context.columns.places)))


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
        served = np.float64(_months(context)) / value("mission.full_months")
    if applicant.languages is not None:
        served = served + spanish * ("es" in applicant.languages)
    elif applicant.service is not None:
        served = served + spanish * unsaid
    strength = np.minimum(1.0, served)
    return column(value("mission.match") * strength)
