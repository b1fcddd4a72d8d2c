"""What the core answers: arrays over the rows kept, and the figures of the lists. Immutable, no names."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.scoring.applicant import Applicant
from matching.scoring.balance import Balance
from matching.scoring.columns import Flags, Ints
from matching.scoring.draws import Floats


@dataclass(frozen=True)
class Range:
    """A figure with its 10th and 90th percentile over the draws, between which it lies; NaN where no ranges
    are asked for."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Interviews:
    """The number of interviews a list brings: ``pmf`` sums to 1."""

    expected: float
    p10: int
    p50: int
    p90: int
    none: float
    pmf: Floats


@dataclass(frozen=True)
class ScopeAnswer:
    """The list solved within one ring. ``rows`` are catalogue rows in the order picked; the first
    ``stop_line`` of them are worth their price. ``signals``: by row, its place in ``LEVELS`` or -1."""

    ring: int
    rows: Ints
    cost_usd: int
    expected: float
    none: float
    match: Range
    p_los_angeles: float
    stop_line: int
    signals: Ints


@dataclass(frozen=True)
class Rows:
    """r kept tracks: the recommended list in the order picked, then the others by odds.

    ``contributions`` (r, factors) in the registry's order: ``base`` + their sum = logit of ``p``.
    ``low`` and ``high`` are NaN where no ranges are asked for, ``match_if`` where the track is not of the
    recommended list, ``fit`` where nothing is wished.
    ``cause``: code of the main cause of the range (scoring.causes), with its share of the variance; -1 and
    NaN where none is named, which is everywhere but on the recommended list.
    """

    row: Ints
    selected: Flags
    tier: Ints
    p: Floats
    low: Floats
    high: Floats
    base: Floats
    contributions: Floats
    match_if: Floats
    fit: Floats
    confidence: Ints
    abstained: Flags
    signal: Ints
    cause: Ints
    cause_share: Floats


@dataclass(frozen=True)
class Verdicts:
    """Verdicts of stated rules, one entry a rule: catalogue ``row``, ``gate``, ``verdict``, ``strict``,
    ``fact`` id; by row then gate."""

    row: Ints
    gate: Ints
    verdict: NDArray[np.int8]
    strict: Flags
    fact: Ints


@dataclass(frozen=True)
class Screened:
    """Programs closed by each ``gate``, the most closed first: how many (``count``; another gate may close
    them too) and what they would have cost together (``usd``)."""

    gate: Ints
    count: Ints
    usd: Ints


@dataclass(frozen=True)
class Flips:
    """f flips of the first ``asked`` rows, by row and then by cost: catalogue ``row``, ``action`` into
    ``ALL_ACTIONS``, the ``tier`` and the probability ``p`` after it, each (f,)."""

    asked: int
    row: Ints
    action: Ints
    tier: Ints
    p: Floats


@dataclass(frozen=True)
class Asks:
    """a programs to write to, best first: catalogue ``row``, the fact ``field`` to ask for, and the ``gain``
    in the list's objective of knowing it."""

    row: Ints
    field: tuple[str, ...]
    gain: Floats


@dataclass(frozen=True)
class Whole:
    """Every track of the catalogue in its order, (n,) each.

    ``p``: NaN where a strict rule closes it or no number may be shown; ``tier``: into ``TIERS``, -1 there.
    ``fit`` (0-100): NaN where nothing is wished. ``asked``: of the specialties, tracks and rings asked for.
    ``selected``: on the recommended list. ``gain``: what it adds to P(match) of that list, or brings there
    already. ``usd``: fee of one program more of its specialty.
    """

    p: Floats
    tier: NDArray[np.int8]
    fit: Floats
    gain: Floats
    usd: Ints
    asked: Flags
    closed: Flags
    selected: Flags


_NONE = np.zeros(0, dtype=np.int64)
NO_FLIPS = Flips(0, _NONE, _NONE, _NONE, np.zeros(0))
NO_ASKS = Asks(_NONE, (), np.zeros(0))


@dataclass(frozen=True)
class SignalUse:
    """Signals of one specialty, by ``LEVELS``: how many there were in ``season``, by ``source``, and how many
    the recommended list places."""

    specialty: str
    season: int
    source: str
    available: tuple[int, ...]
    placed: tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    """``screened`` are the programs closed by a strict rule, with what each would have cost. ``match_cause``:
    code of the main cause of the range of P(match), with its share of the variance of its logit; -1 and NaN
    where none is named. ``whole``: None unless it was asked for."""

    season: str
    applicant: Applicant
    scopes: tuple[ScopeAnswer, ...]
    interviews: Interviews
    rows: Rows
    verdicts: Verdicts
    screened: Ints
    screened_usd: Ints
    screened_total_usd: int
    screened_by: Screened
    waived: Ints
    tiers_all: tuple[int, int, int]
    unknown: tuple[str, ...]
    match_cause: int
    match_cause_share: float
    signals: tuple[SignalUse, ...]
    flips: Flips = NO_FLIPS
    asks: Asks = NO_ASKS
    balance: Balance | None = None
    whole: Whole | None = None

    @property
    def widest(self) -> ScopeAnswer:
        """The recommended list: the widest of the scopes asked for."""
        return self.scopes[-1]
