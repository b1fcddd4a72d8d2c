"""How a program reads a file, and how an applicant looks at a program."""

import numpy as np
from scipy.special import expit

from matching.simulation.acceptance import Flags, Ints, Singles
from matching.simulation.crowd import NOBODY, Crowd
from matching.simulation.programs import Programs
from matching.simulation.truth import Truth

SCORE_UNIT = 15.0  # one standard deviation of first takers
OUT = np.float32(-np.inf)


def worth_read(
    crowd: Crowd, programs: Programs, who: Ints, where: Ints, signal: Singles, kind_worth: Singles
) -> Singles:
    """(e,) what program ``where`` sees in applicant ``who``, before its own mood; -inf behind a cutoff.

    ``signal`` (e,): 0 none, 1 a plain or silver one, more for gold. ``kind_worth`` (kinds,): what a diploma
    is worth everywhere, set so that the market's match rates are near those of the headlines.
    """
    kind, score = crowd.kind[who], crowd.score[who]
    deviation = np.clip((score - programs.typical_score[where]) / SCORE_UNIT, -2.5, 2.5)
    here = (crowd.here[who] == programs.program[where]).astype(np.float32)
    worth = crowd.quality[who] + kind_worth[kind] + programs.openness[where, kind]
    worth = worth + programs.line[where] * deviation
    worth += programs.step[where] * expit((score - programs.step_at[where]) / programs.step_width)
    worth -= programs.years[where] * np.sqrt(np.maximum(crowd.years[who] - 1.0, 0.0))
    worth -= programs.fails[where] * crowd.fails[who]
    worth += programs.home[where] * nearness(crowd, programs, who, where)
    worth += programs.local[where] * (crowd.trained[who] == programs.state[where])
    worth += programs.angeleno[where] * crowd.angeleno[who]
    worth += programs.weeks[where] * np.log1p(crowd.weeks[who] / 4.0)
    worth += programs.research[where] * np.log1p(crowd.publications[who])
    worth += programs.service[where] * crowd.service[who]
    worth += programs.signal[where] * signal + programs.here[where] * here
    fits = _passes(crowd, programs, who, where) | ((here > 0) & programs.forgives[where])
    return np.where(fits, worth, OUT).astype(np.float32)


def _passes(crowd: Crowd, programs: Programs, who: Ints, where: Ints) -> Flags:
    passed: Flags = crowd.score[who] >= programs.least_score[where]
    passed &= crowd.years[who] <= programs.most_years[where]
    passed &= crowd.fails[who] <= programs.most_fails[where]
    return passed


def nearness(crowd: Crowd, programs: Programs, who: Ints, where: Ints) -> Singles:
    """1 in her own state, less where her family is, less in her Census division; by broadcasting."""
    home, state = crowd.home[who], programs.state[where]
    division = (home != NOBODY) & (crowd.division[who] == programs.division[where])
    near = np.where(
        crowd.family[who] == state,
        np.float32(programs.near_family),
        np.float32(programs.near_division) * division,
    )
    return np.where(home == state, np.float32(1.0), near).astype(np.float32)


def appeal(crowd: Crowd, programs: Programs, who: Ints, where: Ints, taste: Singles, truth: Truth) -> Singles:
    """How much each of ``who`` (w,) would like each program of ``where`` (v,), (w, v): name, home, the coast
    and a heavy ``taste`` (w, v) of her own."""
    coast = truth.each("appeal", ("los_angeles", "california", "west_coast", "national"))
    liked = truth["appeal.prestige"] * programs.prestige[where] + coast[programs.ring[where]]
    found: Singles = taste + liked.astype(np.float32)
    found += np.float32(truth["appeal.home"]) * nearness(crowd, programs, who[:, None], where[None, :])
    return found


def hope(
    crowd: Crowd, programs: Programs, who: Ints, where: Ints, doubt: Singles, known: float, truth: Truth
) -> Singles:
    """What each of ``who`` believes of her chances at ``where``, (w, v): rumour of how open a program is to
    her kind, ``known`` of it and the rest ``doubt`` (w, v), and how far her score lies below its usual."""
    openness = np.maximum(programs.openness[where], -3.0)[:, crowd.kind[who]].T
    gap = np.maximum(programs.typical_score[where][None, :] - crowd.score[who][:, None], 0.0) / SCORE_UNIT
    found: Singles = np.float32(known) * openness + np.float32(1.0 - known) * doubt
    found -= np.float32(truth["crowd.shies_from_score"]) * gap
    return found
