"""What a range is wide because of: the drawn log-odds of a row taken apart into what moves them.

The log-odds of a draw are a sum: what is not known of the program, the base, and every factor. So the
variance over the draws is the sum of each part's covariance with the whole, and

    share_k = cov(part_k, whole) / var(whole),    Σ share_k = 1.

A factor moves because of its parameters and because of what the applicant has not said; its part is split
by least squares on the drawn values of the facts it reads: the fitted part is the fact's, over all factors
that read it, the rest is judgement. A share below zero is a part that offsets others. Shared luck is not
among the parts: it is the same for every program.

The range of P(match) is taken apart likewise, with its logit fitted by least squares on the list's mean
log-odds, on how often an interview leads to a match, and on the strength of shared luck.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matching.scoring.columns import Ints
from matching.scoring.draws import Floats
from matching.scoring.examine import Ranged
from matching.scoring.listing import Lists
from matching.scoring.match_chance import match_probability_draws
from matching.scoring.model import Model
from matching.scoring.person import Person
from matching.scoring.registry import FACTORS
from matching.scoring.terms import Terms

NOT_NAMED = -1
RIDGE = 1e-9  # two facts that are drawn alike share what they explain
PROGRAM, BASE, WILLING, LUCK = "program", "base", "willing", "luck"
STILL = 1e-9  # log-odds: below it nothing moves
CERTAIN = 1e-9  # chances are kept this far from 0 and 1 where their logit is taken
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
    WILLING,
    LUCK,
)
_FIRST_MEMBER = 2 + len(FACTORS)
Part = tuple[int, str, Floats]


@dataclass(frozen=True)
class Unsaid:
    """A fact she has not said: the factors that read it, its ``drawn`` (draws,) values about their mean."""

    member: str
    factors: tuple[str, ...]
    drawn: Floats


@dataclass(frozen=True)
class ListDraws:
    """What moves a list's chance of a match, all (draws,): ``match`` itself, ``willing``, the chance that an
    interview leads to a match, and ``sigma`` of shared luck."""

    match: Floats
    willing: Floats
    sigma: Floats


def list_draws(ranged: Ranged, lists: Lists, willing: Floats, model: Model) -> ListDraws:
    """Of the recommended list; ``willing`` (width,)."""
    drawn = match_probability_draws(ranged.p_dz, willing[1:], ranged.weight, [ranged.at(lists.widest)])
    return ListDraws(drawn[:, 0], willing[1:], model.drawn.row("luck.sigma")[1:])


@dataclass(frozen=True)
class Causes:
    """``cause`` (r,) codes into CAUSES, NOT_NAMED where nothing moves a row; its ``share`` (r,) of the
    variance of the log-odds, NaN there. ``match`` and ``match_share``: the same of the list's P(match)."""

    cause: Ints
    share: Floats
    match: int = NOT_NAMED
    match_share: float = float("nan")


def causes_of(
    terms: Terms, person: Person, ranged: Ranged, rows: Ints, count: int, drawn: ListDraws | None = None
) -> Causes:
    """The main cause of the first ``count`` of ``rows`` (r,), which ``ranged`` must hold, and, where it is
    ``drawn``, of the chance of a match with them."""
    first = np.sort(rows[:count])
    at = ranged.at(first)
    log_odds, program = ranged.log_odds[at], ranged.program[at]
    parts, unsaid = list(_parts(terms, first)), list(_unsaid(person, terms.width))
    shares = _shares(log_odds, program, parts, unsaid)
    main = np.argmax(shares, axis=0)
    moved = log_odds.std(axis=1) > 0
    back = np.searchsorted(first, rows[:count])
    cause, share = np.full(len(rows), NOT_NAMED), np.full(len(rows), np.nan)
    cause[:count] = np.where(moved, main, NOT_NAMED)[back]
    share[:count] = np.where(moved, shares[main, np.arange(len(first))], np.nan)[back]
    if drawn is None or not count:
        return Causes(cause, share)
    whole = _match_shares(drawn, log_odds, program, parts, unsaid)
    largest = int(np.argmax(whole))
    return Causes(cause, share, largest if whole.any() else NOT_NAMED, float(whole[largest] or np.nan))


def cause_shares(terms: Terms, person: Person, rows: Ints, log_odds: Floats, program: Floats) -> Floats:
    """(causes, r) share of each cause in the variance of ``log_odds`` (r, draws); what is not known
    of the program is ``program`` in it. They sum to 1 for every row that moves. ``rows`` (r,) ascending."""
    return _shares(log_odds, program, list(_parts(terms, rows)), list(_unsaid(person, terms.width)))


def _shares(log_odds: Floats, program: Floats, parts: list[Part], unsaid: list[Unsaid]) -> Floats:
    whole = log_odds.T - log_odds.mean(axis=1)
    variance = np.einsum("dr,dr->r", whole, whole)
    weight = whole / np.where(variance > 0, variance, 1.0)  # cov(part, whole) / var(whole) = Σ part · weight
    return _weighed(weight, program.T, parts, unsaid)


def _match_shares(
    drawn: ListDraws, log_odds: Floats, program: Floats, parts: list[Part], unsaid: list[Unsaid]
) -> Floats:
    """(causes,) share of each in the variance of logit P(match); what no straight line fits is no one's."""
    chance = np.clip(drawn.match, CERTAIN, 1 - CERTAIN)
    moving = np.stack([log_odds.mean(axis=0), np.log(drawn.willing), drawn.sigma], axis=1)
    moving = moving - moving.mean(axis=0)
    whole = np.log(chance / (1 - chance))
    whole = whole - whole.mean()
    variance = float(whole @ whole)
    if np.ptp(whole) < STILL:
        return np.zeros(len(CAUSES))
    gram = moving.T @ moving
    slopes = np.linalg.solve(gram + RIDGE * np.eye(len(gram)), moving.T @ whole)
    each = slopes * (moving.T @ whole) / variance
    mean = [(place, name, _mean(part)) for place, name, part in parts]
    weight = slopes[0] * (whole / variance)[:, None]
    shares: Floats = _weighed(weight, program.mean(axis=0)[:, None], mean, unsaid)[:, 0]
    shares[CAUSES.index(WILLING)], shares[CAUSES.index(LUCK)] = each[1], each[2]
    return shares


def _mean(part: Floats) -> Floats:
    """(draws, 1) over the rows; as a product, which is the quicker way."""
    rows = part.shape[1]
    return part if rows == 1 else part @ np.full((rows, 1), 1 / rows)


def _weighed(weight: Floats, program: Floats, parts: list[Part], unsaid: list[Unsaid]) -> Floats:
    """(causes, r) sums over the draws of each part (draws, r) times ``weight`` (draws, r)."""
    shares = np.zeros((len(CAUSES), weight.shape[1]))
    shares[0] = np.einsum("dr,dr->r", program, weight)
    for place, factor, part in parts:
        same = part.shape[1] < weight.shape[1]
        shares[place] += part[:, 0] @ weight if same else np.einsum("dr,dr->r", part, weight)
        told = [each for each in unsaid if factor in each.factors]
        if told:
            drawn = np.stack([each.drawn for each in told], axis=1)
            gram = drawn.T @ drawn
            gram += RIDGE * np.diag(gram.diagonal())
            theirs = np.linalg.solve(gram, drawn.T @ part) * (drawn.T @ weight)
            shares[place] -= theirs.sum(axis=0)
            for each, share in zip(told, theirs, strict=True):
                shares[_FIRST_MEMBER + MEMBERS.index(each.member)] += share
    return shares


def _parts(terms: Terms, rows: Ints) -> Iterator[Part]:
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


def _unsaid(person: Person, width: int) -> Iterator[Unsaid]:
    for member, attribute, factors in UNSAID:
        value = np.asarray(getattr(person, attribute))
        if value.shape == (width,) and not _said(person, member, attribute):
            drawn = value[1:] - value[1:].mean()
            if drawn.any():
                yield Unsaid(member, factors, drawn)


def _said(person: Person, member: str, attribute: str) -> bool:
    """``letters`` and ``local`` are drawn for everyone and read only where she has not said."""
    applicant = person.applicant
    if attribute not in ("letters", "local"):
        return False
    if member == "service":
        return applicant.service is not None or applicant.languages is not None
    return getattr(applicant, member) is not None
