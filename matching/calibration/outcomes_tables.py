"""Outcomes assessed as a whole and by group: measures with ranges, and reliability tables."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from matching.calibration.outcomes import Outcomes, Rules, Words
from matching.calibration.outcomes_bootstrap import interval, resampled_totals
from matching.calibration.outcomes_metrics import (
    BrierParts,
    Measures,
    applicants_in,
    bins_merged,
    bins_of,
    brier_parts,
    entropy,
    measures,
    moments,
    wilson,
)
from matching.scoring.columns import Ints
from matching.scoring.draws import Floats

GROUPS: dict[str, Callable[[Outcomes], Words]] = {
    "specialty": lambda outcomes: outcomes.specialty,
    "applicant_type": lambda outcomes: outcomes.kind,
    "score_band": lambda outcomes: outcomes.band,
}


@dataclass(frozen=True)
class Estimate:
    """A measure with the range that holds it."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Bin:
    """One row of a reliability table; no fewer applicants stand behind it than a cell needs."""

    lowest: float
    highest: float
    predicted: float
    observed: Estimate
    rows: int
    applicants: int


@dataclass(frozen=True)
class Assessment:
    """What outcomes say of the chances given to one group of rows. ``withheld`` says why nothing is told:
    then all else is None or empty. References: what always saying the observed share would score."""

    label: str
    withheld: str | None = None
    rows: int | None = None
    applicants: int | None = None
    interviews: int | None = None
    predicted: float | None = None
    observed: Estimate | None = None
    brier: Estimate | None = None
    brier_reference: float | None = None
    log_loss: Estimate | None = None
    log_loss_reference: float | None = None
    ece: Estimate | None = None
    parts: BrierParts | None = None
    bins: tuple[Bin, ...] = ()


def assess(outcomes: Outcomes, rules: Rules, label: str) -> Assessment:
    """Assess the rows whose outcome is known. The same rows, rules and label give the same numbers."""
    known = outcomes.take(outcomes.known)
    if reason := _too_few(known, rules):
        return Assessment(label, withheld=reason)
    p, y = known.probability, known.interviewed
    bins = bins_merged(bins_of(p, rules.bins), known.applicant, rules.least_cell)
    by_applicant = moments(known.applicant, p, y, bins)
    drawn = measures(resampled_totals(by_applicant, rules.resamples, _seed(rules, label)))
    found = measures(by_applicant.sum(axis=0))
    share = float(found.observed)
    return Assessment(
        label=label,
        rows=len(known),
        applicants=known.applicants,
        interviews=int(y.sum()),
        predicted=float(found.predicted),
        observed=_estimate(found.observed, drawn.observed, rules),
        brier=_estimate(found.brier, drawn.brier, rules),
        brier_reference=share * (1 - share),
        log_loss=_estimate(found.log_loss, drawn.log_loss, rules),
        log_loss_reference=entropy(share),
        ece=_estimate(found.ece, drawn.ece, rules),
        parts=brier_parts(p, y, bins),
        bins=_bins(known, bins, found, drawn, rules),
    )


def assess_groups(outcomes: Outcomes, rules: Rules) -> dict[str, tuple[Assessment, ...]]:
    """By specialty, kind of graduate and band of the Step 2 CK score; groups in order of name."""
    return {name: assess_by(outcomes, name, words(outcomes), rules) for name, words in GROUPS.items()}


def assess_by(outcomes: Outcomes, name: str, words: Words, rules: Rules) -> tuple[Assessment, ...]:
    """One assessment for each word of ``words`` (n,), seeded by its own label: none hangs on the others."""
    return tuple(assess(outcomes.take(words == word), rules, f"{name}: {word}") for word in np.unique(words))


def _too_few(known: Outcomes, rules: Rules) -> str | None:
    if known.applicants < rules.least_group:
        return f"fewer than {rules.least_group} applicants with a known outcome"
    if min(known.interviewed.sum(), (1 - known.interviewed).sum()) < rules.least_cell:
        return f"fewer than {rules.least_cell} interviews, or fewer than {rules.least_cell} without one"
    return None


def _seed(rules: Rules, label: str) -> int:
    return zlib.crc32(f"{rules.seed} {label}".encode())


def _estimate(value: Floats, drawn: Floats, rules: Rules) -> Estimate:
    """The range is widened to hold the value: resamples repeat applicants and so lie above a calibration
    error that is small."""
    low, high = interval(drawn, rules.level)
    return Estimate(float(value), float(min(low, value)), float(max(high, value)))


def _bins(known: Outcomes, bins: Ints, found: Measures, drawn: Measures, rules: Rules) -> tuple[Bin, ...]:
    """The table. An observed share is never said more surely than independent rows would let one."""
    k = len(found.bin_observed)
    rows = np.bincount(bins, minlength=k)
    hits: Floats = np.bincount(bins, known.interviewed, k).astype(np.float64)
    people = applicants_in(bins, known.applicant)
    low, high = interval(drawn.bin_observed, rules.level)
    least, most = wilson(hits, rows.astype(np.float64), float(ndtri(0.5 + rules.level / 2)))
    lows, highs = np.minimum(low, least), np.maximum(high, most)
    return tuple(
        Bin(
            lowest=float(known.probability[bins == b].min()),
            highest=float(known.probability[bins == b].max()),
            predicted=float(found.bin_predicted[b]),
            observed=Estimate(float(found.bin_observed[b]), float(lows[b]), float(highs[b])),
            rows=int(rows[b]),
            applicants=int(people[b]),
        )
        for b in range(k)
    )
