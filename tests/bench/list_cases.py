"""Seeded problems for the list, plain and adversarial."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matching.scoring.luck import luck_nodes
from matching.scoring.portfolio import Candidates, ListRules, Signalled
from matching.scoring.probability import average

NODES = luck_nodes()
ERAS = [11] * 30 + [30] * 271
TOGETHER = [99, *[0] * 17, *[18] * 12, *[23] * 271]
SIGNALS = {"none": (0, 0), "single": (5, 0), "many": (15, 0), "gold and silver": (3, 12), "even": (6, 6)}
EFFECTS = {"none": (0.0, 0.0), "single": (1.4, 0.0), "many": (1.4, 0.0)}
TWO_EFFECTS = (2.0, 1.1)


@dataclass(frozen=True)
class Case:
    name: str
    candidates: Candidates
    rules: ListRules


def cases(count: int, *, seed: int = 20270) -> Iterator[Case]:
    """``count`` problems, the kinds in turn; the same seed gives the same problems."""
    kinds = (
        "plain",
        "tight budget",
        "few programs",
        "strong luck",
        "clusters",
        "good odds",
        "long odds",
        "fees together",
        "short list",
        "Los Angeles alone",
    )
    for number in range(count):
        draw = np.random.default_rng((seed, number))
        yield _case(kinds[number % len(kinds)], number, draw)


def _case(kind: str, number: int, draw: np.random.Generator) -> Case:
    n = int(draw.integers(4, 13)) if kind == "few programs" else int(draw.integers(60, 400))
    specialties = int(draw.integers(1, 4))
    mean = {"good odds": 0.0, "long odds": -5.0}.get(kind, float(draw.uniform(-3.5, -1.5)))
    eta = draw.normal(mean, draw.uniform(0.3, 1.2), n)
    if kind == "clusters":
        eta = eta[draw.integers(0, max(2, n // 12), n)]
    eta = np.round(eta, 9)
    sd = np.where(draw.random(n) < 0.1, draw.uniform(0.3, 0.8, n), 1.0)
    sigma = float(draw.uniform(1.5, 3.0)) if kind == "strong luck" else float(draw.uniform(0.5, 1.4))
    specialty = draw.integers(0, specialties, n)
    scope = draw.choice(4, n, p=[0.15, 0.15, 0.1, 0.6]).astype(np.int8)
    kinds = [str(draw.choice(list(SIGNALS))) if number % 2 else "none" for _ in range(specialties)]
    together = kind == "fees together"
    steps = [TOGETHER if together and code == 0 else ERAS for code in range(specialties)]
    most = int(draw.integers(1, 12)) if kind == "short list" else int(draw.integers(10, 101))
    candidates = Candidates(
        p_z=average(eta, sd, sigma=sigma, nodes=NODES).p_z,
        program=np.arange(n),
        specialty=specialty,
        in_la=scope == 0,
        scope=scope,
        allowed=np.ones(n, dtype=bool),
        required=np.zeros(n, dtype=bool),
        signalled=_signalled(kinds, specialty, eta, sd, sigma),
    )
    rules = ListRules(
        max_applications=most,
        max_usd=_budget(kind, draw),
        la_weight=1.0 if kind == "Los Angeles alone" else float(draw.choice([0.0, 0.15, 0.5])),
        usd_per_match_point=50.0,
        willing=float(draw.uniform(0.1, 0.3)),
        step_usd=np.array(steps, dtype=np.int64),
    )
    return Case(f"{number} {kind}", candidates, rules)


def _budget(kind: str, draw: np.random.Generator) -> int | None:
    if kind == "tight budget":
        return int(draw.choice([11, 32, 33, 98, 99, 120, 329, 330, 359, 360, 400, 661, 700]))
    if kind == "fees together":
        return int(draw.choice([90, 98, 99, 110, 150, 320, 330, 450, 600]))
    return None if draw.random() < 0.5 else int(draw.integers(50, 1500))


def _signalled(
    kinds: list[str], specialty: np.ndarray, eta: np.ndarray, sd: np.ndarray, sigma: float
) -> Signalled | None:
    counts = np.array([SIGNALS[kind] for kind in kinds], dtype=np.intp)
    if not counts.any():
        return None
    effects = np.array([EFFECTS.get(kind, TWO_EFFECTS) for kind in kinds])
    rows = np.flatnonzero(counts[specialty].sum(axis=1))
    moved = eta[rows, None] + effects[specialty[rows]]
    p_z = [average(moved[:, slot], sd[rows], sigma=sigma, nodes=NODES).p_z for slot in (0, 1)]
    return Signalled(rows, np.stack(p_z), counts)


def small_cases(count: int, *, seed: int = 41) -> Iterator[Case]:
    """Problems of at most eight programs, of the same kinds: every list of them can be tried."""
    for case in cases(count, seed=seed):
        made, draw = case.candidates, np.random.default_rng((seed, len(case.name)))
        kept = np.sort(draw.choice(len(made.p_z), min(8, len(made.p_z)), replace=False))
        signalled = made.signalled
        if signalled is not None:
            inside = np.isin(signalled.rows, kept)
            rows = np.searchsorted(kept, signalled.rows[inside])
            counts = np.minimum(signalled.counts, 1)
            signalled = Signalled(rows, signalled.p_z[:, inside], counts)
        columns = {
            name: getattr(made, name)[kept]
            for name in ("p_z", "program", "specialty", "in_la", "scope", "allowed", "required")
        }
        rules = replace(case.rules, max_applications=min(4, case.rules.max_applications))
        yield Case(case.name, Candidates(**columns, signalled=signalled), rules)
