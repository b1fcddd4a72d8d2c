"""Made-up candidates and rules for the tests of the list: log-odds as in the catalogue, shared luck."""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from scipy.special import expit

from matching.scoring.luck import FloatArray, luck_nodes
from matching.scoring.portfolio import Candidates, ListRules, Signalled

ERAS = [11] * 30 + [30] * 30
SOON_DEARER = [11] * 3 + [30] * 57
TOGETHER = [99, *[0] * 17, *[18] * 12, *[23] * 30]
EVEN = [10] * 60
NODES = luck_nodes()
Column = npt.NDArray[np.generic]


def chances(count: int, seed: int = 0, *, mean: float = -2.5, spread: float = 1.0) -> FloatArray:
    """(count, K) chances of an interview; luck weighs differently on each, so they cross."""
    draw = np.random.default_rng(seed)
    eta = draw.normal(mean, spread, (count, 1))
    p_z: FloatArray = expit(eta + draw.uniform(0.6, 1.3, (count, 1)) * NODES.z)
    return p_z


def candidates(p_z: FloatArray, seed: int = 0, *, specialties: int = 2, **columns: Column) -> Candidates:
    """Candidates with these chances in rings and specialties at random; any column may be given instead."""
    draw = np.random.default_rng(seed + 1)
    n = len(p_z)
    scope = draw.choice(4, n, p=[0.2, 0.2, 0.1, 0.5]).astype(np.int8)
    made: dict[str, Any] = {
        "program": np.arange(n),
        "specialty": draw.integers(0, specialties, n),
        "scope": scope,
        "in_la": columns.get("scope", scope) == 0,
        "allowed": np.ones(n, dtype=bool),
        "required": np.zeros(n, dtype=bool),
    }
    return Candidates(p_z=p_z, **{**made, **columns})


def signalled_candidates(count: int, seed: int = 0) -> Candidates:
    """Candidates of two specialties, one with two gold and two silver signals, one with two of one kind; some
    cannot be signalled."""
    draw = np.random.default_rng(seed)
    eta = draw.normal(-2.5, 1.2, count)
    slope = draw.uniform(0.6, 1.3, (count, 1))
    plain = candidates(expit(eta[:, None] + slope * NODES.z), seed)
    rows = np.flatnonzero(draw.random(count) < 0.9)
    effect = np.array([[2.0, 1.1], [1.4, 0.0]])[plain.specialty[rows]].T
    p_z = expit((eta[rows] + effect)[:, :, None] + slope[rows] * NODES.z)
    return replace(plain, signalled=Signalled(rows, p_z, np.array([[2, 2], [2, 0]])))


def rules(*steps: list[int], most: int = 10, **given: float | None) -> ListRules:
    usual = ListRules(
        max_applications=most,
        max_usd=None,
        la_weight=0.15,
        usd_per_match_point=50.0,
        willing=0.195,
        step_usd=np.array(steps or [ERAS, ERAS], dtype=np.int64),
    )
    return replace(usual, **given)  # type: ignore[arg-type]


@st.composite
def problems(draw: st.DrawFn, *, ties: bool = True) -> tuple[Candidates, ListRules]:
    """A small problem; with ``ties`` many programs have the same chances."""
    count, seed = draw(st.integers(0, 24)), draw(st.integers(0, 10_000))
    p_z = chances(count, seed)
    if ties and count and draw(st.booleans()):
        p_z = p_z[np.random.default_rng(seed).integers(0, max(1, count // 4), count)]
    made = candidates(p_z, seed, allowed=np.random.default_rng(seed).random(count) < 0.9)
    steps = draw(st.lists(st.sampled_from([ERAS, SOON_DEARER, TOGETHER, EVEN]), min_size=2, max_size=2))
    return made, rules(
        *steps,
        most=draw(st.integers(0, 30)),
        max_usd=draw(st.none() | st.integers(0, 400)),
        la_weight=draw(st.sampled_from([0.0, 0.15, 1.0])),
        usd_per_match_point=draw(st.sampled_from([0.0, 20.0, 50.0, 150.0])),
        willing=draw(st.sampled_from([0.05, 0.195, 0.6])),
    )
