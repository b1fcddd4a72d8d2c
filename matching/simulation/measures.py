"""What is counted of one strategy in one world, and what the model had said of it."""

from dataclasses import dataclass

import numpy as np

from matching.scoring.columns import RING_CODES, Columns
from matching.scoring.draws import Floats
from matching.scoring.model import Model
from matching.simulation.acceptance import Ints
from matching.simulation.applying import Sent
from matching.simulation.season import Outcome, World
from matching.simulation.strategies import Budget, Ours

LOS_ANGELES = RING_CODES["los-angeles"]


@dataclass(frozen=True)
class Measured:
    """Means over the focal applicants of one seed, strategy and number of programs."""

    seed: int
    strategy: str
    programs: int
    sent: float
    usd: float
    invited: float
    interviews: float
    none: float
    matched: float
    los_angeles: float
    california: float


@dataclass(frozen=True)
class Promised:
    """What the model said of its own lists, mean over the focal applicants of one seed."""

    seed: int
    strategy: str
    programs: int
    interviews: float
    matched: float
    los_angeles: float


@dataclass(frozen=True)
class SeedResult:
    """``rates`` (kinds,): the crowd's match rates in this world."""

    measured: tuple[Measured, ...]
    promised: tuple[Promised, ...]
    rates: Floats


def season_measured(
    seed: int,
    name: str,
    budget: Budget,
    sent: Sent,
    played: Outcome,
    world: World,
    columns: Columns,
    model: Model,
) -> Measured:
    ring = np.append(world.programs.ring, np.iinfo(np.int64).max)[played.matched]
    return Measured(
        seed=seed,
        strategy=name,
        programs=budget.programs,
        sent=len(sent.who) / len(played.matched),
        usd=float(np.mean([_usd(rows, columns, model) for rows in _split(sent)])),
        invited=float(played.invited.mean()),
        interviews=float(played.interviews.mean()),
        none=float((played.interviews == 0).mean()),
        matched=float((played.matched >= 0).mean()),
        los_angeles=float((ring == LOS_ANGELES).mean()),
        california=float((ring <= RING_CODES["california"]).mean()),
    )


def _split(sent: Sent) -> list[Ints]:
    return np.split(sent.where, np.flatnonzero(np.diff(sent.who)) + 1)


def _usd(rows: Ints, columns: Columns, model: Model) -> int:
    counts = np.bincount(columns.specialty[rows], minlength=len(columns.specialties)).tolist()
    return model.fees.cost(
        {name: count for name, count in zip(columns.specialties, counts, strict=True) if count},
        model.services,
    )


def promise_of(seed: int, name: str, budget: Budget, lists: list[Ours]) -> Promised:
    return Promised(
        seed,
        name,
        budget.programs,
        float(np.mean([one.expected for one in lists])),
        float(np.mean([one.match for one in lists])),
        float(np.mean([one.los_angeles for one in lists])),
    )
