"""Brier score, log loss, expected calibration error and reliability, from sums over applicants.

Every measure is a function of sums over rows, so that a resample of whole applicants needs no row again:
``moments`` adds the rows of each applicant up once, and ``measures`` reads any weighted total of them.

Brier (1950): mean (p − y)². Log loss: mean −ln of what was given to what happened. Expected calibration error
(Naeini et al. 2015): Σ over bins of share of rows × |mean p − mean y|, here with bins of equal count. Bins
hold whole values: equal probabilities are never parted, so order does not matter. Parts of the Brier score:
Murphy (1973), with the two parts within bins of Stephenson et al. (2008), so that they add up exactly.
"""

from dataclasses import dataclass

import numpy as np

from matching.scoring.columns import Ints
from matching.scoring.draws import Floats

_ROWS, _BRIER, _LOG_LOSS, _BINS = 0, 1, 2, 3


@dataclass(frozen=True, eq=False)
class Measures:
    """Each (...,) for totals (..., 3 + 3k); the bins' (..., k). NaN where a bin or a total has no row."""

    brier: Floats
    log_loss: Floats
    ece: Floats
    predicted: Floats
    observed: Floats
    bin_predicted: Floats
    bin_observed: Floats


def bins_of(probability: Floats, count: int) -> Ints:
    """(n,) bin of each row, 0 … at most ``count`` − 1, rising with the probability; none of them is empty."""
    inner = np.arange(1, count) / count
    edges = np.unique(np.quantile(probability, inner, method="lower"))
    return np.unique(np.searchsorted(edges, probability, side="left"), return_inverse=True)[1]


def applicants_in(bins: Ints, applicant: Ints) -> Ints:
    """(k,) how many applicants have a row in each bin."""
    k = int(bins.max()) + 1
    return np.bincount(np.unique(applicant * k + bins) % k, minlength=k)


def bins_merged(bins: Ints, applicant: Ints, least: int) -> Ints:
    """``bins`` with neighbours put together until each holds rows of at least ``least`` applicants, or one
    bin is left: a table without a small cell, and none that could be had by subtraction."""
    while bins.max() > 0:
        small = np.flatnonzero(applicants_in(bins, applicant) < least)
        if not len(small):
            break
        bins = bins - (bins >= max(1, small[0]))
    return bins


def row_losses(probability: Floats, happened: Floats) -> tuple[Floats, Floats]:
    """(n,) squared errors and (n,) log losses; ``probability`` within (0, 1), ``happened`` 0 or 1."""
    given = np.where(happened > 0, probability, 1.0 - probability)
    return (probability - happened) ** 2, -np.log(given)


def moments(applicant: Ints, probability: Floats, happened: Floats, bins: Ints) -> Floats:
    """(m, 3 + 3k): for each applicant the rows, the sums of both losses, and by bin rows, Σp and Σy."""
    m, k = int(applicant.max()) + 1, int(bins.max()) + 1
    squared, logs = row_losses(probability, happened)
    cell = applicant * k + bins
    found = np.empty((m, _BINS + 3 * k))
    found[:, _ROWS] = np.bincount(applicant, minlength=m)
    found[:, _BRIER] = np.bincount(applicant, squared, m)
    found[:, _LOG_LOSS] = np.bincount(applicant, logs, m)
    for place, weight in enumerate((None, probability, happened)):
        by_bin = np.bincount(cell, weight, m * k).reshape(m, k)
        found[:, _BINS + place * k : _BINS + (place + 1) * k] = by_bin
    return found


def measures(totals: Floats) -> Measures:
    """What weighted totals of ``moments`` amount to."""
    rows, p, y = np.split(totals[..., _BINS:], 3, axis=-1)
    n = totals[..., _ROWS]
    with np.errstate(invalid="ignore", divide="ignore"):
        return Measures(
            brier=totals[..., _BRIER] / n,
            log_loss=totals[..., _LOG_LOSS] / n,
            ece=np.abs(p - y).sum(axis=-1) / n,
            predicted=p.sum(axis=-1) / n,
            observed=y.sum(axis=-1) / n,
            bin_predicted=p / rows,
            bin_observed=y / rows,
        )


@dataclass(frozen=True)
class BrierParts:
    """brier = reliability − resolution + uncertainty + within, exactly."""

    reliability: float
    resolution: float
    uncertainty: float
    within: float


def brier_parts(probability: Floats, happened: Floats, bins: Ints) -> BrierParts:
    """Where the Brier score comes from. ``uncertainty`` is that of saying the overall share each time."""
    rows = np.bincount(bins)
    share = rows / len(bins)
    p, y = np.bincount(bins, probability) / rows, np.bincount(bins, happened) / rows
    overall = happened.mean()
    spread, tilt = probability - p[bins], happened - y[bins]
    return BrierParts(
        reliability=float(share @ (p - y) ** 2),
        resolution=float(share @ (y - overall) ** 2),
        uncertainty=float(overall * (1 - overall)),
        within=float((spread**2 - 2 * spread * tilt).mean()),
    )


def entropy(share: float) -> float:
    """The least log loss of anyone who says one probability each time: that of the observed share."""
    rest = 1.0 - share
    return -sum(part * float(np.log(part)) for part in (share, rest) if part > 0)


def wilson(hits: Floats, rows: Floats, z: float) -> tuple[Floats, Floats]:
    """Wilson's (1927) range of a share, ``z`` standard errors to each side, for independent rows."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share = hits / rows
        middle = (share + z * z / (2 * rows)) / (1 + z * z / rows)
        half = z * np.sqrt(share * (1 - share) / rows + z * z / (4 * rows * rows)) / (1 + z * z / rows)
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)
