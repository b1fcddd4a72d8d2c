"""Where the crowd applies: each to the programs that she likes best among those she hopes for."""

from dataclasses import dataclass

import numpy as np

from matching.scoring.signals import SignalCounts, SignalTable
from matching.simulation.acceptance import Ints, Singles
from matching.simulation.crowd import Crowd, applies_to
from matching.simulation.programs import Programs
from matching.simulation.reading import appeal, hope
from matching.simulation.truth import Truth

PART = 3
BLOCK = 512


@dataclass(frozen=True, eq=False)
class Sent:
    """One entry (e,) an application: ``who``, ``where``, how much she likes it, the ``signal`` with it."""

    who: Ints
    where: Ints
    liked: Singles
    signal: Singles


def signal_strengths(counts: SignalCounts | None, sent: int, gold: float) -> Singles:
    """(sent,) the signals that go with programs in order of liking: ``gold`` for the strongest, 1 for silver
    and plain ones, 0 beyond the specialty's ``counts``."""
    found = np.zeros(sent, dtype=np.float32)
    if counts is not None:
        found[: counts.total] = 1.0
        found[: counts.counts[0]] = gold
    return found


def crowd_applies(
    crowd: Crowd,
    programs: Programs,
    specialties: tuple[str, ...],
    signals: SignalTable,
    truth: Truth,
    known: float,
) -> Sent:
    """Every applicant's applications, in order of applicant. ``specialties`` names the codes; ``known``: how
    much of each program's openness has got about, 0 to 1."""
    chance = truth.stream(PART)
    parts: list[tuple[Ints, Ints, Singles, Singles]] = []
    for specialty in np.unique(programs.specialty[programs.places > 0]).tolist():
        where = np.flatnonzero((programs.specialty == specialty) & (programs.places > 0))
        counts = signals.of(specialties[specialty])
        everyone = np.flatnonzero(applies_to(crowd, specialty))
        for start in range(0, len(everyone), BLOCK):
            who = everyone[start : start + BLOCK]
            parts.append(_block(crowd, programs, who, where, specialty, counts, truth, known, chance))
    whole = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.argsort(whole[0], kind="stable")
    return Sent(*(column[order] for column in whole))


def sent_counts(crowd: Crowd, who: Ints, specialty: int, most: int, first_share: float) -> Ints:
    """(w,) how many programs of the specialty each applies to: all of her applications, or her main
    specialty's share of them."""
    first = crowd.first[who] == specialty
    share = np.where(crowd.second[who] < 0, 1.0, np.where(first, first_share, 1 - first_share))
    counts: Ints = np.minimum(np.ceil(crowd.applications[who] * share), most).astype(np.int64)
    return counts


def _block(
    crowd: Crowd,
    programs: Programs,
    who: Ints,
    where: Ints,
    specialty: int,
    signals: SignalCounts | None,
    truth: Truth,
    known: float,
    chance: np.random.Generator,
) -> tuple[Ints, Ints, Singles, Singles]:
    shape = (len(who), len(where))
    liked = appeal(crowd, programs, who, where, gumbel(chance, shape), truth)
    doubt = chance.standard_normal(shape, dtype=np.float32)
    wanted = liked + hope(crowd, programs, who, where, doubt, known, truth)
    counts = sent_counts(crowd, who, specialty, len(where), truth["crowd.first_share"])
    best = np.argsort(-wanted, axis=1)[:, : counts.max()]
    chosen = np.arange(best.shape[1]) < counts[:, None]
    row, column = np.nonzero(chosen)
    picked = best[row, column]
    strengths = signal_strengths(signals, best.shape[1], truth["signal.gold_factor"])
    return who[row], where[picked], liked[row, picked], strengths[column]


def gumbel(chance: np.random.Generator, shape: tuple[int, ...]) -> Singles:
    """Tastes as of discrete choice: standard Gumbel, single precision."""
    drawn: Singles = chance.standard_exponential(shape, dtype=np.float32)
    np.maximum(drawn, np.float32(1e-12), out=drawn)
    return -np.log(drawn)
