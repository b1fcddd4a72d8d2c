"""Ranges by resampling whole applicants: programs read the same file, so an applicant's rows hang together.

Cluster bootstrap (Davison and Hinkley 1997, §3.8): applicants are drawn with replacement, each with all of
its rows. Drawing single rows would take shared luck for information and give ranges that are too narrow.
"""

import numpy as np

from matching.scoring.draws import Floats

_BLOCK = 32


def resampled_totals(moments: Floats, resamples: int, seed: int) -> Floats:
    """(resamples, c): the totals of ``moments`` (m, c) over m applicants drawn with replacement."""
    m = len(moments)
    rng = np.random.default_rng(seed)
    totals = np.empty((resamples, moments.shape[1]))
    for start in range(0, resamples, _BLOCK):
        block = totals[start : start + _BLOCK]
        drawn = [np.bincount(rng.integers(m, size=m), minlength=m) for _ in range(len(block))]
        np.matmul(np.array(drawn, dtype=np.float64), moments, out=block)
    return totals


def interval(resampled: Floats, level: float) -> tuple[Floats, Floats]:
    """The central ``level`` of each column of ``resampled`` (resamples, …), NaN left out (bins that a
    resample does not touch); a column of NaN alone stays NaN."""
    tail = 100 * (1 - level) / 2
    nothing = np.isnan(resampled).all(axis=0)
    filled = np.where(nothing, 0.0, resampled)
    low, high = np.nanpercentile(filled, (tail, 100 - tail), axis=0)
    return np.where(nothing, np.nan, low), np.where(nothing, np.nan, high)
