"""What a signal would do at the programs worth one: their chances with each level of their specialty.

A signal adds ``signal.<level>`` to the log-odds of the program it is sent to. In a list, signals go to the
likeliest programs of a specialty or, where odds are good already, to those that gain most by one: so only
the first few of each by either measure, within each ring, are worked out, as many as the specialty has
signals, and those that must be in the list.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from matching.scoring.applicant import RINGS
from matching.scoring.columns import Columns, Flags, Ints
from matching.scoring.draws import Floats
from matching.scoring.examine import Examined
from matching.scoring.list_rules import UNSIGNALLED, Signalled
from matching.scoring.model import Model
from matching.scoring.placement import rank_within
from matching.scoring.probability import average
from matching.scoring.registry import FACTOR_INDEX
from matching.scoring.signals import LEVELS

NONE = -1  # of a program that gets no signal
_GOLD, _SILVER, _SINGLE = range(len(LEVELS))


@dataclass(frozen=True, eq=False)
class Offer:
    """``rows`` (m,) catalogue rows, ascending, that a signal may be sent to. By slot, the stronger and the
    weaker signal of a program's specialty: ``counts`` (specialties, 2), ``level`` (specialties, 2) of
    ``LEVELS``, ``effect`` (2, m), ``p_z`` (2, m, K), ``p`` and ``averaging`` (2, m)."""

    rows: Ints
    counts: Ints
    level: Ints
    effect: Floats
    p_z: Floats
    p: Floats
    averaging: Floats

    def signalled(self, candidates: Ints, scale: Floats) -> Signalled:
        """For the pick among the catalogue rows ``candidates``; ``scale`` (n,): what p_z is weighed by."""
        at = np.searchsorted(candidates, self.rows)
        return Signalled(at, self.p_z * scale[at][:, None], self.counts)

    def levels(self, rows: Ints, slot: Ints, columns: Columns) -> Ints:
        """(s,) the level each of ``rows`` gets by its ``slot``, NONE where it gets no signal."""
        found = self.level[columns.specialty[rows], np.minimum(slot, 1)]
        return np.where(slot == UNSIGNALLED, NONE, found)


def signals_offer(
    examined: Examined,
    candidates: Ints,
    required: Flags,
    sd: Floats,
    columns: Columns,
    model: Model,
    slope: float,
) -> Offer | None:
    """What signals may do among ``candidates`` (ascending, all examined); None where there are none.

    ``sd`` (n,) of what is not known of each track; ``slope``: of the recalibration, which stretches a
    signal's log-odds like all others.
    """
    counts, level, strength = _table(columns, model)
    total = counts.sum(axis=1)[columns.specialty[candidates]]
    if not total.any():
        return None
    at = examined.at(candidates)
    effect = slope * strength[columns.specialty[candidates]].T
    kept = np.flatnonzero(
        _promising(examined.p[at], effect[0], candidates, columns, total) | (required & (total > 0))
    )
    rows, at, effect = candidates[kept], at[kept], effect[:, kept]
    log_odds = logit(examined.p[at]) - examined.contributions[at, FACTOR_INDEX["averaging"]]
    found = average(
        (log_odds + effect).ravel(),
        np.tile(sd[rows], 2),
        sigma=model.parameters.values["luck.sigma"],
        nodes=model.nodes,
    )
    shape = (2, len(rows))
    return Offer(
        rows,
        counts,
        level,
        effect,
        found.p_z.reshape(*shape, -1),
        found.p.reshape(shape),
        found.averaging.reshape(shape),
    )


def _table(columns: Columns, model: Model) -> tuple[Ints, Ints, Floats]:
    """By specialty and slot: how many signals, of which level, of which strength."""
    values = model.parameters.values
    counts = np.zeros((len(columns.specialties), 2), dtype=np.int64)
    level = np.full(counts.shape, NONE, dtype=np.int64)
    strength = np.zeros(counts.shape)
    for code, name in enumerate(columns.specialties):
        known = model.signals.of(name)
        if known is None:
            continue
        gold, silver, single = known.counts
        slots = ((_SINGLE, single),) if single else ((_GOLD, gold), (_SILVER, silver))
        for slot, (kind, count) in enumerate(slots):
            counts[code, slot], level[code, slot] = count, kind
            strength[code, slot] = values[f"signal.{LEVELS[kind]}"]
    return counts, level, strength


def _promising(p: Floats, effect: Floats, candidates: Ints, columns: Columns, total: Ints) -> Flags:
    """(c,) of each specialty and ring the likeliest, and those gaining most, as many as signals there are."""
    group = columns.specialty[candidates] * len(RINGS) + columns.ring[candidates]
    gain = expit(logit(np.clip(p, 1e-12, 1 - 1e-12)) + effect) - p
    likeliest: Flags = rank_within(p, group) < total
    return likeliest | (rank_within(gain, group) < total)
