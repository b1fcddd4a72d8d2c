"""The programs of the market: the real catalogue's places and stated rules, with minds of their own.

What each looks for is hidden and drawn: how it reads a score (in a line, by a step, or hardly), fixed cutoffs
it tells nobody, how open it really is to graduates from abroad (a beta distribution, with doors that are
closed), and what it gives for homes, experience, research and signals. None of this is the model's formula.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.scoring.columns import LISTING, Columns, Ints
from matching.scoring.model import Model
from matching.simulation.acceptance import Flags, Singles
from matching.simulation.hidden import (
    COMMUNITY,
    UNIVERSITY,
    cutoffs_drawn,
    kinds_drawn,
    openness_drawn,
    shares_of,
)
from matching.simulation.truth import Truth

PART = 1
LINE, STEP, WHOLE = range(3)


@dataclass(frozen=True, eq=False)
class Places:
    """States by code, with the code of each state's Census division (-1: none)."""

    states: tuple[str, ...]
    division: Ints

    def code(self, state: str | None) -> int:
        """The code of a state, -1 for none and for one without a program."""
        return self.states.index(state) if state in self.states else -1


def places_of(columns: Columns) -> Places:
    """The states of the catalogue."""
    states = tuple(sorted({place.state for place in columns.places}))
    names = sorted(set(columns.divisions.values()))
    divisions = [columns.divisions.get(state) for state in states]
    return Places(states, np.array([names.index(d) if d else -1 for d in divisions], dtype=np.int64))


@dataclass(frozen=True, eq=False)
class Programs:
    """One entry (n,) a row of the catalogue; ``places`` is 0 where the track is not in the market.

    ``program`` gives tracks of one program the same number.

    ``openness`` (n, kinds): added to a file's worth, -inf where the door is closed. ``line``, ``step``,
    ``step_at``: how a score is read. ``least_score``, ``most_years``, ``most_fails``: cutoffs.
    """

    places: Ints
    slots: Ints
    program: Ints
    specialty: Ints
    state: Ints
    division: Ints
    ring: Ints
    forgives: Flags
    prestige: Singles
    typical_score: Singles
    line: Singles
    step: Singles
    step_at: Singles
    years: Singles
    fails: Singles
    home: Singles
    local: Singles
    angeleno: Singles
    here: Singles
    weeks: Singles
    research: Singles
    service: Singles
    signal: Singles
    openness: Singles
    least_score: Singles
    most_years: Singles
    most_fails: Singles
    step_width: float
    near_family: float
    near_division: float


def market_of(columns: Columns) -> Flags:
    """(n,) tracks that match for good and are no old listings."""
    found: Flags = (columns.listing != LISTING["old"]) & ~columns.year_only
    return found


def programs_make(
    columns: Columns, places: Places, model: Model, truth: Truth, applicants: int, among: Flags
) -> Programs:
    """Programs of one season for ``applicants``. ``among`` (n,): tracks in the market."""
    chance, n = truth.stream(PART), len(columns)
    state = np.array([places.code(s) for s in columns.place_state])[columns.cell // 2]
    kind = kinds_drawn(columns, chance, truth)
    prestige = _normal(chance, n) + truth["prestige.university"] * (kind == UNIVERSITY)
    prestige -= truth["prestige.university"] * (kind == COMMUNITY)
    typical = truth["typical_score.mean"] + truth["typical_score.per_prestige"] * prestige
    typical += truth["typical_score.sd"] * _normal(chance, n)
    style = chance.choice(3, size=n, p=shares_of(truth, "style", ("line", "step", "whole")))
    weight = np.exp(truth["weight.spread"] * chance.standard_normal((10, n)))
    seats = _seats(columns, truth, chance, applicants, among)
    locals_ = np.where(style == WHOLE, truth["style.whole_locals"], 1.0)
    least, years, fails = cutoffs_drawn(columns, truth, chance, typical)
    return Programs(
        places=seats,
        slots=np.ceil(seats * truth["slots.per_place"]).astype(np.int64),
        program=columns.program,
        specialty=columns.specialty,
        state=state,
        division=places.division[state],
        ring=columns.ring,
        forgives=chance.random(n) < truth["cutoff.forgives"],
        prestige=_single(prestige),
        typical_score=_single(typical),
        line=_single(weight[0] * np.array([truth["score.line"], 0.0, truth["score.whole"]])[style]),
        step=_single(weight[0] * truth["score.step"] * (style == STEP)),
        step_at=_single(typical - truth["score.step_below"] * chance.random(n)),
        years=_single(weight[1] * truth["years.weight"]),
        fails=_single(weight[2] * truth["fails.weight"]),
        home=_single(weight[3] * truth["home.weight"] * locals_),
        local=_single(weight[4] * truth["local.weight"] * locals_),
        angeleno=_single(weight[8] * truth["angeleno.weight"] * locals_ * (columns.ring == 0)),
        here=_single(weight[9] * truth["here.weight"]),
        weeks=_single(weight[5] * truth["weeks.weight"]),
        research=_single(
            weight[6]
            * truth["research.weight"]
            * np.where(kind == UNIVERSITY, truth["research.university"], truth["research.elsewhere"])
        ),
        service=_single(weight[7] * truth["service.weight"] * (columns.cell % 2)),
        signal=_single(truth["signal.weight"] * chance.gamma(2.0, 0.5, n)),
        openness=openness_drawn(columns, model, truth, chance, kind),
        least_score=least,
        most_years=years,
        most_fails=fails,
        step_width=truth["score.step_width"],
        near_family=truth["home.family"],
        near_division=truth["home.division"],
    )


def _single(values: NDArray[np.float64]) -> Singles:
    return values.astype(np.float32)


def _normal(chance: np.random.Generator, n: int) -> NDArray[np.float64]:
    return chance.standard_normal(n)


def _seats(
    columns: Columns, truth: Truth, chance: np.random.Generator, applicants: int, among: Flags
) -> Ints:
    """First-year places: the specialty's usual number, spread, scaled to the applicants there are."""
    usual = np.array([truth.get(f"places.{name}", "places.other") for name in columns.specialties])
    drawn = usual[columns.specialty] * np.exp(truth["places.spread"] * _normal(chance, len(columns)))
    drawn[~among] = 0.0
    drawn *= truth["places.per_applicant"] * applicants / max(drawn.sum(), 1.0)
    whole = np.floor(drawn)
    whole += chance.random(len(columns)) < drawn - whole
    return np.where(drawn > 0, np.maximum(whole, 1), 0).astype(np.int64)
