"""What verdicts do: screen out, lower a preference, or reassure where a published limit is met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from matching.scoring.columns import Flags, Ints
from matching.scoring.draws import Floats
from matching.scoring.exam_factors import fail_penalty, graduation
from matching.scoring.experience_factors import inside_rows
from matching.scoring.factor_context import FactorContext, column
from matching.scoring.gates import GateResults, Judged
from matching.scoring.registry import GATE_INDEX, GATES
from matching.scoring.rules import FAIL, PASS
from matching.scoring.terms import Terms

RELIEVED = ("max_attempts_step1", "max_attempts_step2ck", "max_years_since_graduation")


@dataclass(frozen=True)
class Screening:
    """(n,) tracks: ``out`` by a strict rule, ``waived`` by an inside connection."""

    out: Flags
    waived: Flags


@dataclass(frozen=True)
class Effects:
    """Rows that verdicts touch. ``failed``: a gate and rows that a strict rule of it closes; ``wished`` once
    for each wish not met; ``met``: by the gates of ``RELIEVED``, where a published limit is met."""

    failed: Sequence[tuple[int, Ints]]
    wished: Ints
    met: Mapping[str, Ints]


def effects_of(parts: Sequence[Judged]) -> Effects:
    """Of whole rules, which know their rows already."""
    by_gate = {part.gate: part for part in parts}
    return Effects(
        [(part.gate, part.failed) for part in parts if len(part.failed)],
        np.concatenate([part.wished for part in parts]),
        {name: by_gate[GATE_INDEX[name]].passed for name in RELIEVED if GATE_INDEX[name] in by_gate},
    )


def effects_found(results: GateResults) -> Effects:
    """Of single entries."""
    failed, passed = results.verdict == FAIL, results.verdict == PASS
    closing = failed & results.strict
    return Effects(
        list(zip(results.gate[closing].tolist(), results.rows[closing, None], strict=True)),
        results.rows[failed & ~results.strict],
        {name: results.rows[results.of(name) & passed] for name in RELIEVED},
    )


def gates_apply(terms: Terms, context: FactorContext, effects: Effects) -> Screening:
    """Add what verdicts cost or give back to ``terms``; say which tracks are screened out."""
    value, n = context.value, len(context.columns)
    applicant = context.person.applicant
    inside = inside_rows(applicant, context.columns)
    screening = _screen(effects, n, inside, step1_failed=applicant.step1.status == "fail")
    _add(terms, screening.waived.nonzero()[0] if len(inside) else inside, value("gate.waived"))
    _add(terms, effects.wished, value("gate.preference_fail"))
    for name, met in effects.met.items():
        if len(met):
            relief = -value("gate.known_pass_relief") * np.asarray(_penalty(context, name))
            if relief.any():
                terms.add_sparse("gates", met, relief.reshape(-1, 1))
    return screening


def _screen(effects: Effects, n: int, inside: Ints, *, step1_failed: bool) -> Screening:
    """No connection opens a rule that cannot be waived, nor any rule of Step 1 to a standing fail of it."""
    out, waived = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    for _, rows in effects.failed:
        out[rows] = True
    if not len(inside):
        return Screening(out, waived)
    waivable = _waivable(step1_failed)
    waived[inside] = out[inside]
    for gate, rows in effects.failed:
        if not waivable[gate]:
            waived[rows] = False
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
    drawn = column(value)
    if drawn.any():
        counts = np.bincount(rows)
        distinct = counts.nonzero()[0]
        terms.add_sparse("gates", distinct, drawn * counts[distinct])
