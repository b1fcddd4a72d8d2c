"""What a range is wide because of: the drawn log-odds of a row taken apart into what moves them.

The log-odds of a draw are a sum: what is not known of the program, the base, and every factor. So the
variance over the draws is the sum of each part's covariance with the whole, and

    share_k = cov(part_k, whole) / var(whole),    Σ share_k = 1.

A factor moves because of its parameters and because of what the applicant has not said; its part is split
by least squares on the drawn values of the facts it reads: the fitted part is the fact's, over all factors
that read it, the rest is judgement. A share below zero is a part that offsets others. Shared luck is not
among the parts: it is the same for every program.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matching.scoring.columns import Ints
from matching.scoring.draws import Floats
from matching.scoring.examine import Ranged
from matching.scoring.person import Person
from matching.scoring.registry import FACTORS
from matching.scoring.terms import Terms

NOT_NAMED = -1
RIDGE = 1e-9  # two facts that are drawn alike share what they explain
PROGRAM, BASE = "program", "base"
EVERY_FACTOR = tuple(factor.name for factor in FACTORS)

# Member of the profile, the number it is read as, and the factors that read it.
UNSAID: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("applicant_type", "abroad", (BASE, *EVERY_FACTOR)),
    ("step1.attempts", "step1_failed", ("step1", "gates")),
    ("step2ck.score", "step2ck_score", ("step2ck", "score_trend")),
    ("step2ck.attempts", "step2ck_failed", ("step2ck_attempts", "gates")),
    ("step3.status", "step3_passed", ("step3",)),
    ("graduation_year", "years", ("graduation", "gates")),
    ("experience", "usce_weeks", ("usce",)),
    ("experience", "local", ("usce_local",)),
    ("letters", "letters", ("letters",)),
    ("letters", "local", ("letter_local",)),
    ("ties", "local", ("geography",)),
    ("service", "local", ("mission",)),
    ("research.publications", "publications", ("research",)),
    ("visa_needed", "visa", ("visa",)),
    ("red_flags", "gap_unexplained", ("red_flags",)),
    ("red_flags", "professionalism", ("red_flags",)),
)
MEMBERS: tuple[str, ...] = tuple(dict.fromkeys(member for member, *_ in UNSAID))

# Every cause there is, by name; a code is its place here.
CAUSES: tuple[str, ...] = (
    PROGRAM,
    BASE,
    *(f"judgement:{factor.name}" for factor in FACTORS),
    *(f"unsaid:{member}" for member in MEMBERS),
)
_FIRST_MEMBER = 2 + len(FACTORS)


@dataclass(frozen=True)
class Causes:
    """``cause`` (r,) codes into CAUSES, NOT_NAMED where nothing moves a row; its ``share`` (r,) of the
    variance of the log-odds, NaN there."""

    cause: Ints
    share: Floats


def causes_of(terms: Terms, person: Person, ranged: Ranged, rows: Ints, count: int) -> Causes:
    """The main cause of the first ``count`` of ``rows`` (r,), which ``ranged`` must hold."""
    first = np.sort(rows[:count])
    at = ranged.at(first)
    log_odds = ranged.log_odds[at]
    shares = cause_shares(terms, person, first, log_odds, ranged.program[at])
    main = np.argmax(shares, axis=0)
    moved = log_odds.std(axis=1) > 0
    back = np.searchsorted(first, rows[:count])
    cause, share = np.full(len(rows), NOT_NAMED), np.full(len(rows), np.nan)
    cause[:count] = np.where(moved, main, NOT_NAMED)[back]
    share[:count] = np.where(moved, shares[main, np.arange(len(first))], np.nan)[back]
    return Causes(cause, share)


def cause_shares(terms: Terms, person: Person, rows: Ints, log_odds: Floats, program: Floats) -> Floats:
    """(causes, r) share of each cause in the variance of ``log_odds`` (r, draws); what is not known
    of the program is ``program`` in it. They sum to 1 for every row that moves. ``rows`` (r,) ascending."""
    whole = log_odds.T - log_odds.mean(axis=1)
    variance = np.einsum("dr,dr->r", whole, whole)
    weight = whole / np.where(variance > 0, variance, 1.0)  # cov(part, whole) / var(whole) = Σ part · weight
    shares = np.zeros((len(CAUSES), len(rows)))
    shares[0] = np.einsum("rd,dr->r", program, weight)
    unsaid = list(_unsaid(person, terms.width))
    for place, factor, part in _parts(terms, rows):
        shares[place] += np.einsum("dr,dr->r", np.broadcast_to(part, weight.shape), weight)
        told = [each for each in unsaid if factor in each.factors]
        if told:
            drawn = np.stack([each.drawn for each in told], axis=1)
            gram = drawn.T @ drawn
            gram += RIDGE * np.diag(gram.diagonal())
            fitted = np.linalg.solve(gram, drawn.T @ part)
            theirs = fitted * (drawn.T @ weight)
            shares[place] -= theirs.sum(axis=0)
            for each, share in zip(told, theirs, strict=True):
                shares[_FIRST_MEMBER + MEMBERS.index(each.member)] += share
    return shares


def _parts(terms: Terms, rows: Ints) -> Iterator[tuple[int, str, Floats]]:
    """The base and every factor that has a term: its place among CAUSES, its name, its draws (draws, r), or
    (draws, 1) where it is the same in every row."""
    yield 1, BASE, terms.base[1:, terms.columns.specialty[rows]]
    placed = {*terms.specialty, *terms.cell, *(name for name, _ in terms.feature)}
    placed.update(name for name, *_ in terms.sparse)
    for place, name in enumerate(EVERY_FACTOR, start=2):
        if name in placed:
            yield place, name, terms.values(name, rows)[1:]
        elif name in terms.constant:
            yield place, name, terms.constant[name][1:, None]


@dataclass(frozen=True)
class _Unsaid:
    """A fact she has not said: the factors that read it, its ``drawn`` (draws,) values about their mean."""

    member: str
    factors: tuple[str, ...]
    drawn: Floats


def _unsaid(person: Person, width: int) -> Iterator[_Unsaid]:
    for member, attribute, factors in UNSAID:
        value = np.asarray(getattr(person, attribute))
        if value.shape == (width,) and not _said(person, member, attribute):
            drawn = value[1:] - value[1:].mean()
            if drawn.any():
                yield _Unsaid(member, factors, drawn)


def _said(person: Person, member: str, attribute: str) -> bool:
    """``letters`` and ``local`` are drawn for everyone and read only where she has not said."""
    applicant = person.applicant
    if attribute not in ("letters", "local"):
        return False
    if member == "service":
        return applicant.service is not None or applicant.languages is not None
    return getattr(applicant, member) is not None
