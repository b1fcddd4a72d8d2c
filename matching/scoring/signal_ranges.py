"""Odds and ranges of the programs a signal is sent to, beside those of the same programs without one."""

from dataclasses import dataclass, replace

import numpy as np

from matching.scoring.answer import SignalUse
from matching.scoring.columns import Columns, Ints
from matching.scoring.draws import Floats
from matching.scoring.examine import Examined, Ranged, low_high
from matching.scoring.listing import Lists
from matching.scoring.match_chance import match_probability_draws
from matching.scoring.model import Model
from matching.scoring.probability import Singles, draw_probabilities
from matching.scoring.registry import FACTOR_INDEX
from matching.scoring.signal_offer import NONE
from matching.scoring.signals import LEVELS


def signalled_examined(examined: Examined, lists: Lists) -> Examined:
    """``examined`` with the recommended list's signals in its odds and contributions."""
    sent = (lists.levels[-1] != NONE).nonzero()[0]
    if lists.offer is None or not len(sent):
        return examined
    at = examined.at(lists.widest[sent])
    slot, index = lists.selections[-1].slot[sent], np.searchsorted(lists.offer.rows, lists.widest[sent])
    contributions, p_z, p = examined.contributions.copy(), examined.p_z.copy(), examined.p.copy()
    contributions[at, FACTOR_INDEX["signal"]] = lists.offer.effect[slot, index]
    contributions[at, FACTOR_INDEX["averaging"]] = lists.offer.averaging[slot, index]
    p_z[at], p[at] = lists.p_z[-1][sent], lists.p[-1][sent]
    return replace(examined, contributions=contributions, p_z=p_z, p=p)


@dataclass(frozen=True, eq=False)
class SignalRanges:
    """The draws of every program that some scope's list signals: ``key`` (e,) ascending, of row and level;
    ``low``, ``high`` (e,); ``p_dz`` (e, DRAWS, K); ``log_odds`` (e, DRAWS)."""

    key: Ints
    low: Floats
    high: Floats
    p_dz: Singles
    log_odds: Floats

    def at(self, rows: Ints, levels: Ints) -> Ints:
        return np.searchsorted(self.key, _key(rows, levels))


def signal_ranges(ranged: Ranged, lists: Lists, model: Model, slope: float) -> SignalRanges | None:
    """The ranges of signalled programs, the strength of a signal drawn like any parameter; None if there are
    none. ``slope``: of the recalibration."""
    keys, chances = [], []
    for rows, levels, p in zip(lists.picked, lists.levels, lists.p, strict=True):
        sent = levels != NONE
        keys.append(_key(rows[sent], levels[sent]))
        chances.append(p[sent])
    key, first = np.unique(np.concatenate(keys), return_index=True)
    if not len(key):
        return None
    strength = slope * np.array([model.drawn.row(f"signal.{level}")[1:] for level in LEVELS])
    log_odds = ranged.log_odds[ranged.at(key // len(LEVELS))] + strength[key % len(LEVELS)]
    p_dz, weight = draw_probabilities(log_odds, model.drawn.row("luck.sigma")[1:])
    low, high = low_high((p_dz @ weight).T.astype(np.float64))
    p = np.concatenate(chances)[first]
    return SignalRanges(key, np.minimum(low, p), np.maximum(high, p), p_dz, log_odds)


def signalled_ranged(ranged: Ranged, found: SignalRanges | None, lists: Lists) -> Ranged:
    """``ranged`` with the recommended list's signals in."""
    sent = (lists.levels[-1] != NONE).nonzero()[0]
    if found is None or not len(sent):
        return ranged
    rows = lists.widest[sent]
    at, place = ranged.at(rows), found.at(rows, lists.levels[-1][sent])
    parts = {name: getattr(ranged, name).copy(order="K") for name in ("low", "high", "p_dz", "log_odds")}
    for name, values in parts.items():
        values[at] = getattr(found, name)[place]
    return replace(ranged, **parts)


def scope_draws(
    ranged: Ranged, found: SignalRanges | None, lists: Lists, kept: list[Ints]
) -> tuple[Singles, list[Ints]]:
    """(entries, DRAWS, K) draws with and without signals, and for each scope the entries of those of its
    programs whose places in its list are ``kept``."""
    at = [ranged.at(rows[places]) for rows, places in zip(lists.picked, kept, strict=True)]
    if found is None:
        return ranged.p_dz, at
    for entry, rows, levels, places in zip(at, lists.picked, lists.levels, kept, strict=True):
        sent = levels[places] != NONE
        entry[sent] = len(ranged.rows) + found.at(rows[places][sent], levels[places][sent])
    both = [one.transpose(2, 0, 1) for one in (ranged.p_dz, found.p_dz)]  # as they lie in memory
    return np.concatenate(both, axis=1).transpose(1, 2, 0), at


def match_ranges(
    lists: Lists, ranged: Ranged | None, found: SignalRanges | None, columns: Columns, willing: Floats
) -> tuple[Floats, Floats]:
    """(scopes,) low and high of P(match) over the draws, NaN without ``ranged``; ``willing`` (width,)."""
    if ranged is None or not any(len(rows) for rows in lists.picked):
        ends = np.full(len(lists.picked), np.nan if ranged is None else 0.0)
        return ends, ends
    kept = [(~columns.year_only[rows]).nonzero()[0] for rows in lists.picked]
    p_dz, counted = scope_draws(ranged, found, lists, kept)
    return low_high(match_probability_draws(p_dz, willing[1:], ranged.weight, counted))


def signals_used(lists: Lists, columns: Columns, model: Model) -> tuple[SignalUse, ...]:
    """What there is and what the recommended list places, for each specialty it holds."""
    if lists.offer is None:
        return ()
    codes, levels = columns.specialty[lists.widest], lists.levels[-1]
    found = []
    for code in np.unique(codes).tolist():
        name = columns.specialties[code]
        known = model.signals.of(name)
        if known is not None:
            placed = np.bincount(levels[(codes == code) & (levels != NONE)], minlength=len(LEVELS))
            found.append(SignalUse(name, known.season, known.source, known.counts, tuple(placed.tolist())))
    return tuple(found)


def _key(rows: Ints, levels: Ints) -> Ints:
    return rows * len(LEVELS) + levels
