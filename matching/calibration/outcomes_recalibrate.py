"""Whether outcomes ask for other chances, and for which: kept only if it wins in grouped cross-validation.

Candidates, from the simplest: ``identity`` (the chances as they are), ``shift``, ``stretch`` (both lines on
the model's log-odds; see ``outcomes_fits``), and ``isotonic``, a check that is never kept: steps cannot be
shared out among contributions, and would give programs of different odds the same chance.

Folds hold whole applicants (GroupKFold). From the simplest on, a candidate takes the place of the one kept so
far where its log loss on unseen applicants is lower by more than the standard error of that difference,
itself reckoned over applicants.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from matching.calibration.outcomes import Outcomes, Rules
from matching.calibration.outcomes_fits import (
    Data,
    Line,
    NoLine,
    isotonic_chances,
    logistic_error,
    logistic_fit,
    shift_error,
    shift_fit,
    stretch_fit,
)
from matching.calibration.outcomes_link import Link
from matching.calibration.outcomes_metrics import row_losses
from matching.scoring.columns import Ints
from matching.scoring.draws import Floats

CANDIDATES = ("identity", "shift", "stretch", "isotonic")
KEPT_AS = {"identity": "kept as is", "shift": "shifted", "stretch": "shifted and stretched"}


_ON_UNSEEN: dict[str, Callable[[Data, Data], Floats]] = {
    "identity": lambda train, test: test.chances(Line()),
    "shift": lambda train, test: test.chances(shift_fit(train)),
    "stretch": lambda train, test: test.chances(stretch_fit(train)),
    "isotonic": isotonic_chances,
}


@dataclass(frozen=True)
class Candidate:
    """On applicants not fitted to: ``log_loss``, and its ``gain`` over identity with standard ``error``."""

    name: str
    log_loss: float | None = None
    gain: float | None = None
    error: float | None = None
    refused: str | None = None


@dataclass(frozen=True)
class Fitted:
    """A line fitted to all rows, with the standard errors of its parts."""

    line: Line
    error: Line


@dataclass(frozen=True)
class Recalibration:
    """What was decided for one ``kind`` of graduate. ``line`` goes on top of the log-odds the chances came
    from; ``chances`` (n,) are those of unseen applicants under what was kept. ``shift`` is on the log-odds,
    ``logistic`` on the logits of the chances: what outcomes say, kept or not. ``too_few``: nothing was
    tried."""

    kind: str
    kept: str
    line: Line
    candidates: tuple[Candidate, ...] = ()
    shift: Fitted | None = None
    logistic: Fitted | None = None
    too_few: str | None = None
    chances: Floats = field(default_factory=lambda: np.zeros(0))


def folds_of(applicant: Ints, folds: int) -> list[tuple[Ints, Ints]]:
    """Rows to fit and rows to judge by, fold by fold; no applicant is on both sides."""
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415 — slow to import

    return list(GroupKFold(n_splits=folds).split(applicant, groups=applicant))


def recalibrate(known: Outcomes, link: Link, rules: Rules, kind: str) -> Recalibration:
    """Decide for the rows of one kind of graduate, all with known outcomes. Deterministic."""
    hits = int(known.interviewed.sum())
    if known.applicants < rules.least_applicants or min(hits, len(known) - hits) < rules.least_events:
        needs = f"needs {rules.least_applicants} applicants and {rules.least_events} rows of each outcome"
        return Recalibration(kind, "identity", Line(), too_few=needs)
    data = Data.of(known, link)
    unseen, refused = _on_unseen(data, rules)
    losses = {name: row_losses(chances, data.happened)[1] for name, chances in unseen.items()}
    candidates = tuple(_candidate(name, losses, refused, data.applicant) for name in CANDIDATES)
    kept = _choose(losses, data.applicant)
    return Recalibration(
        kind,
        kept,
        _line(kept, data),
        candidates,
        shift=_shift(data) if "shift" in losses else None,
        logistic=_logistic(data) if "stretch" in losses else None,
        chances=unseen[kept],
    )


def _shift(data: Data) -> Fitted:
    line = shift_fit(data)
    return Fitted(line, Line(shift_error(data, line), 0.0))


def _logistic(data: Data) -> Fitted:
    line = logistic_fit(data)
    return Fitted(line, logistic_error(data, line))


def _line(kept: str, data: Data) -> Line:
    if kept == "identity":
        return Line()
    return shift_fit(data) if kept == "shift" else stretch_fit(data)


def _on_unseen(data: Data, rules: Rules) -> tuple[dict[str, Floats], dict[str, str]]:
    """Each candidate's chances (n,) of applicants it was not fitted to, and why others were refused."""
    found: dict[str, Floats] = {name: np.empty(len(data.happened)) for name in CANDIDATES}
    refused: dict[str, str] = {}
    for fitted, judged in folds_of(data.applicant, rules.folds):
        train, test = data.take(fitted), data.take(judged)
        for name in list(found):
            try:
                found[name][judged] = _ON_UNSEEN[name](train, test)
            except NoLine as reason:
                refused[name] = str(reason)
                del found[name]
    return found, refused


def _candidate(name: str, losses: dict[str, Floats], refused: dict[str, str], applicant: Ints) -> Candidate:
    if name not in losses:
        return Candidate(name, refused=refused[name])
    gain, error = gain_with_error(losses["identity"] - losses[name], applicant)
    return Candidate(name, float(losses[name].mean()), gain, error)


def _choose(losses: dict[str, Floats], applicant: Ints) -> str:
    """What is kept: see above."""
    kept = "identity"
    for name in ("shift", "stretch"):
        if name in losses:
            gain, error = gain_with_error(losses[kept] - losses[name], applicant)
            kept = name if gain > error else kept
    return kept


def gain_with_error(difference: Floats, applicant: Ints) -> tuple[float, float]:
    """Mean of ``difference`` (n,) over rows, and its standard error with applicants as the units."""
    m = int(applicant.max()) + 1
    gain = float(difference.mean())
    sums = np.bincount(applicant, difference - gain, m)
    return gain, float(np.sqrt(m / (m - 1) * (sums @ sums)) / len(difference))
