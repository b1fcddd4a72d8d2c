"""What verdicts do: screen out, lower a preference, or reassure where a published limit is met."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from matching.scoring.columns import Flags, Ints
from matching.scoring.draws import Floats
from matching.scoring.exam_factors import fail_penalty, graduation
from matching.scoring.experience_factors import inside_rows
from matching.scoring.factor_context import FactorContext
from matching.scoring.gates import GateResults
from matching.scoring.registry import GATES
from matching.scoring.rules import FAIL, PASS
from matching.scoring.terms import Terms

RELIEVED = ("max_attempts_step1", "max_attempts_step2ck", "max_years_since_graduation")


@dataclass(frozen=True)
class Screening:
    """(n,) tracks: ``out`` by a strict rule, ``waived`` by an inside connection."""

    out: Flags
    waived: Flags


def gates_apply(terms: Terms, context: FactorContext, results: GateResults) -> Screening:
    """Add what verdicts cost or give back to ``terms``; say which tracks are screened out."""
    value, n = context.value, len(context.columns)
    applicant = context.person.applicant
    inside = inside_rows(applicant, context.columns)
    screening = _screen(results, n, inside, step1_failed=applicant.step1.status == "fail")
    _add(terms, screening.waived.nonzero()[0], value("gate.waived"))
    wished = results.rows[(results.verdict == FAIL) & ~results.strict]
    _add(terms, wished, value("gate.preference_fail"))
    passed = results.verdict == PASS
    for name in RELIEVED:
        met = results.rows[results.of(name) & passed]
        if not len(met):
            continue
        _add(terms, met, -value("gate.known_pass_relief") * np.asarray(_penalty(context, name)))
    return screening


def _screen(results: GateResults, n: int, inside: Ints, *, step1_failed: bool) -> Screening:
    """No connection opens a rule that cannot be waived, nor any rule of Step 1 to a standing fail of it."""
    failed = (results.verdict == FAIL) & results.strict
    waivable = _waivable(step1_failed)[results.gate]
    out, closed, connected = (np.zeros(n, dtype=bool) for _ in range(3))
    out[results.rows[failed]] = True
    closed[results.rows[failed & ~waivable]] = True
    connected[inside] = True
    waived = out & ~closed & connected
    return Screening(out & ~waived, waived)


@lru_cache(maxsize=2)
def _waivable(step1_failed: bool) -> Flags:
    """(gates,) which a connection may open."""
    return np.array([gate.waivable and not (step1_failed and "step1" in gate.members) for gate in GATES])


def _penalty(context: FactorContext, gate: str) -> Floats | float:
    """The log-odds (at most 0) that the limit is about: fails at the exam, or years beyond the usual."""
    if gate == "max_years_since_graduation":
        return np.minimum(0.0, graduation(context))
    return fail_penalty(context, "step1" if gate == "max_attempts_step1" else "step2ck")


def _add(terms: Terms, rows: np.ndarray[tuple[int, ...], np.dtype[np.int64]], value: Floats | float) -> None:
    if not len(rows):
        return
    drawn = np.asarray(value, dtype=np.float64).reshape(-1, 1)
    if drawn.any():
        counts = np.bincount(rows)
        distinct = counts.nonzero()[0]
        terms.add_sparse("gates", distinct, drawn * counts[distinct])
