"""Stage 3: each scored track is in exactly one tier, none is padded; and how sure its facts make us."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.scoring.columns import LISTING, Columns, Ints
from matching.scoring.draws import Floats
from matching.scoring.gates import GateResults
from matching.scoring.parameters import Parameters
from matching.scoring.rules import PASS

TIERS = ("reach", "target", "safety")
REACH, TARGET, SAFETY = range(3)
CONFIDENCE = ("prior-only", "low", "medium", "high")

Flags = NDArray[np.bool_]


def tiers_assign(
    *, p: Floats, low: Floats, rules_pass: Flags, held_to_reach: Flags, parameters: Parameters
) -> Ints:
    """(r,) tier codes. ``rules_pass``: every stated strict rule passes. ``held_to_reach``: waived or
    abstained."""
    values = parameters.values
    tiers = np.where(p >= values["tier.target"], TARGET, REACH)
    tiers[rules_pass & (low >= values["tier.safety_low"])] = SAFETY
    tiers[held_to_reach] = REACH
    return tiers


def strict_rules_pass(results: GateResults, n: int) -> Flags:
    """(n,) tracks with no strict rule that is failed or undecided."""
    passed = np.ones(n, dtype=bool)
    passed[results.rows[results.strict & (results.verdict != PASS)]] = False
    return passed


def abstentions(columns: Columns, no_base: list[bool]) -> Flags:
    """(n,) tracks whose number is not shown: an old listing, or a specialty without a base. Not to be
    written to."""
    return _hidden(columns, tuple(no_base))


@lru_cache(maxsize=16)
def _hidden(columns: Columns, no_base: tuple[bool, ...]) -> Flags:
    hidden: Flags = np.array(no_base, dtype=bool)[columns.specialty]
    hidden |= columns.listing == LISTING["old"]
    hidden.setflags(write=False)
    return hidden


def confidence_codes(evidence: Floats, parameters: Parameters) -> Ints:
    """(r,) codes into CONFIDENCE, by the program's facts alone: number, age, agreement."""
    values = parameters.values
    steps = [values["confidence.low"], values["confidence.medium"], values["confidence.high"]]
    return np.searchsorted(np.array(steps), evidence, side="right").astype(np.int64)
