"""What a list is picked from, by which rules, and what comes of it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.scoring.luck import FloatArray
from matching.scoring.match_chance import BoolArray, IntArray


class ListInfeasible(ValueError):
    """The programs that must be in the list do not fit its rules. ``rows``: the candidates at fault."""

    def __init__(self, detail: str, rows: tuple[int, ...]) -> None:
        super().__init__(detail)
        self.detail = detail
        self.rows = rows


class ProgramsBarred(ListInfeasible):
    """Programs that must be in the list may not be: closed, not asked for, old or excluded."""


STRONG, WEAK, UNSIGNALLED = 0, 1, 2  # slots of a specialty: gold or its only signal, silver, none


@dataclass(frozen=True, slots=True, eq=False)
class Signalled:
    """What a signal would do to the candidates ``rows`` (m,) it may be sent to, ascending.

    ``p_z`` (2, m, K): the chance with the specialty's stronger and with its weaker signal. ``counts``
    (specialties, 2): how many there are of each; a specialty with one kind has none of the weaker.
    """

    rows: IntArray
    p_z: FloatArray
    counts: IntArray

    def __post_init__(self) -> None:
        if self.p_z.shape[:2] != (2, self.rows.size) or (np.diff(self.rows) <= 0).any():
            raise ValueError(
                f"two chances for each of {self.rows.size} rows, ascending, not {self.p_z.shape}"
            )
        if self.counts.ndim != 2 or self.counts.shape[1] != 2 or (self.counts < 0).any():
            raise ValueError("counts of two signals a specialty, none negative")


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """n programs that could be applied to, one row a program, in order of id (which breaks ties).

    ``p_z`` (n, K): chance of an interview at each node of luck. ``program`` (n,): the caller's row numbers,
    each once. ``specialty`` (n,): codes, rows of ``ListRules.step_usd``. ``in_la`` (n,): counts as Los
    Angeles. ``scope`` (n,): innermost ring, 0 Los Angeles to 3 national. ``allowed`` (n,): may be picked.
    ``required`` (n,): must be. ``signalled``: None where no signals are placed.
    """

    p_z: FloatArray
    program: IntArray
    specialty: IntArray
    in_la: BoolArray
    scope: npt.NDArray[np.int8]
    allowed: BoolArray
    required: BoolArray
    signalled: Signalled | None = None

    def __post_init__(self) -> None:
        n = self.p_z.shape[:1]
        columns = (self.program, self.specialty, self.in_la, self.scope, self.allowed, self.required)
        if any(column.shape != n for column in columns):
            raise ValueError(f"every column needs {n[0]} rows, one a program")
        if n[0] and np.bincount(self.program).max() > 1:
            raise ValueError("a program stands in more than one row")


@dataclass(frozen=True, slots=True, eq=False)
class ListRules:
    """Limits and exchange rates of a list.

    ``max_usd``: None is no limit. ``la_weight``: what a match in Los Angeles adds, in matches.
    ``usd_per_match_point``: dollars a percentage point of the objective is worth. ``willing``: chance of a
    match by interview. ``step_usd`` (specialties, at least max_applications): price of the program after the
    first c of its specialty (``FeeTable.steps_usd``; make it of one width whatever the limit, or lists of
    different limits may not nest where a price covers several programs).
    """

    max_applications: int
    max_usd: int | None
    la_weight: float
    usd_per_match_point: float
    willing: float
    step_usd: npt.NDArray[np.int64]

    def __post_init__(self) -> None:
        if self.max_applications < 0 or (self.max_usd or 0) < 0:
            raise ValueError("a limit cannot be negative")
        if self.la_weight < 0.0 or not 0.0 <= self.willing <= 1.0 or self.usd_per_match_point < 0.0:
            raise ValueError("weights are not negative and willingness lies between 0 and 1")
        if self.step_usd.dtype != np.int64 or (self.step_usd < 0).any():
            raise ValueError("prices are whole dollars (int64) and not negative")
        if self.step_usd.ndim != 2 or self.step_usd.shape[1] < self.max_applications:
            raise ValueError(f"step_usd {self.step_usd.shape} is short of {self.max_applications} programs")


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """A list of s programs in the order picked.

    ``order`` (s,): candidate rows. ``gains`` (s,): what each added to the objective. ``usd`` (s,): what each
    added to the fees; ``cost_usd`` is their sum. ``p_la``: as if Los Angeles were ranked first. ``slot``
    (s,): the signal each gets, STRONG, WEAK or UNSIGNALLED.
    ``stop_line``: how many picks stand before the first one, not required, that is worth less than its
    (spread) price; s if there is none.
    """

    order: IntArray
    cost_usd: int
    p_match: float
    p_la: float
    gains: FloatArray
    usd: npt.NDArray[np.int64]
    stop_line: int
    slot: IntArray
