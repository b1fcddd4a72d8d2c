"""The lines and steps that would recalibrate chances, fitted to rows with known outcomes.

``shift`` adds one number to every log-odds, where the mean chance meets the observed share (recalibration in
the large). ``stretch`` is calibration intercept and slope (Cox 1958) by scikit-learn's LogisticRegression on
the logit of the chance, expressed on the model's own log-odds by least squares. ``isotonic`` is
scikit-learn's IsotonicRegression. Standard errors are of the sandwich kind with applicants as the units
(Liang and Zeger 1986).
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit

from matching.calibration.outcomes import Outcomes
from matching.calibration.outcomes_link import Link
from matching.scoring.columns import Ints
from matching.scoring.draws import Floats

FURTHEST = 6.0  # log-odds a shift is looked for in, to either side
NUDGE = 1e-3


@dataclass(frozen=True)
class Line:
    """New log-odds = ``intercept`` + ``slope`` · old."""

    intercept: float = 0.0
    slope: float = 1.0

    def after(self, first: "Line") -> "Line":
        """This line applied to what ``first`` made."""
        return Line(self.intercept + self.slope * first.intercept, self.slope * first.slope)


class NoLine(ValueError):
    """The outcomes admit no such recalibration; the message says why."""


@dataclass(frozen=True, eq=False)
class Data:
    """Rows with known outcomes: ``logits`` of their chances and ``log_odds`` below them, both (n,)."""

    applicant: Ints
    happened: Floats
    logits: Floats
    log_odds: Floats
    link: Link

    @classmethod
    def of(cls, known: Outcomes, link: Link) -> "Data":
        logits = logit(known.probability)
        return cls(known.applicant, known.interviewed, logits, link.log_odds_of(logits), link)

    def take(self, rows: Ints) -> "Data":
        return Data(
            self.applicant[rows],
            self.happened[rows],
            self.logits[rows],
            self.log_odds[rows],
            self.link.take(rows),
        )

    @property
    def chances_given(self) -> Floats:
        """(n,) the very chances predicted."""
        given: Floats = expit(self.logits)
        return given

    def chances(self, line: Line) -> Floats:
        """(n,) chances after ``line``."""
        if line == Line():
            return self.chances_given
        moved: Floats = expit(self.link.logit_of(line.intercept + line.slope * self.log_odds))
        return moved


def shift_fit(data: Data) -> Line:
    """The shift at which the mean chance is the observed share. Raises NoLine."""
    hits = data.happened.sum()

    def excess(shift: float) -> float:
        return float(data.chances(Line(shift, 1.0)).sum() - hits)

    if excess(-FURTHEST) >= 0 or excess(FURTHEST) <= 0:
        raise NoLine(f"no shift of up to {FURTHEST:g} log-odds meets the observed share")
    return Line(float(brentq(excess, -FURTHEST, FURTHEST, xtol=1e-9)), 1.0)


def logistic_fit(data: Data) -> Line:
    """Calibration intercept and slope on the logit of the chance. Raises NoLine."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 — slow to import

    if np.ptp(data.logits) < 1e-6 or len(np.unique(data.happened)) < 2:
        raise NoLine("chances or outcomes do not differ, so there is no slope")
    fitted = LogisticRegression(C=np.inf, tol=1e-8, max_iter=500).fit(data.logits[:, None], data.happened)
    return Line(float(fitted.intercept_[0]), float(fitted.coef_[0, 0]))


def stretch_fit(data: Data) -> Line:
    """Intercept and slope on the model's log-odds for the chances ``logistic_fit`` asks for. Raises
    NoLine."""
    wanted = logistic_fit(data)
    if wanted.slope <= 0:
        raise NoLine("the slope is not positive: higher chances did not go with more interviews")
    target = data.link.log_odds_of(wanted.intercept + wanted.slope * data.logits)
    slope, intercept = np.polyfit(data.log_odds, target, 1)
    return Line(float(intercept), float(slope))


def isotonic_chances(train: Data, test: Data) -> Floats:
    """(n,) chances of ``test`` by the steps that fit ``train``, kept off 0 and 1 by half a row."""
    from sklearn.isotonic import IsotonicRegression  # noqa: PLC0415 — slow to import

    edge = 0.5 / len(train.happened)
    steps = IsotonicRegression(y_min=edge, y_max=1 - edge, out_of_bounds="clip")
    chances: Floats = steps.fit(train.logits, train.happened).predict(test.logits)
    return chances


def shift_error(data: Data, shift: Line) -> float:
    """Standard error of ``shift_fit``'s intercept."""
    chances = data.chances(shift)
    above, below = (data.chances(Line(shift.intercept + step, 1.0)) for step in (NUDGE, -NUDGE))
    slope = float((above - below).sum() / (2 * NUDGE))
    sums = np.bincount(data.applicant, data.happened - chances)
    return float(np.sqrt(_small_sample(len(sums)) * (sums @ sums)) / slope)


def logistic_error(data: Data, fitted: Line) -> Line:
    """Standard errors of ``logistic_fit``'s intercept and slope."""
    chances = expit(fitted.intercept + fitted.slope * data.logits)
    design = np.column_stack((np.ones(len(chances)), data.logits))
    bread = np.linalg.inv(design.T @ (design * (chances * (1 - chances))[:, None]))
    misses = design * (data.happened - chances)[:, None]
    sums = np.column_stack([np.bincount(data.applicant, column) for column in misses.T])
    errors = np.sqrt(np.diag(bread @ (_small_sample(len(sums)) * (sums.T @ sums)) @ bread))
    return Line(float(errors[0]), float(errors[1]))


def _small_sample(applicants: int) -> float:
    return applicants / (applicants - 1)
