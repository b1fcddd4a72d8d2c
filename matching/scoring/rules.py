"""What programs' stated rules are, as sparse columns: one a fact field that some gate reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.scoring.registry import GATES
from matching.scoring.tracks import FactLike, TrackLike

Verdicts = NDArray[np.int8]
PASS, UNKNOWN, FAIL = 1, 0, -1  # a verdict on one applicant; unknown is never a pass

# A stated rule is a number, one of these codes, or prose that no code expresses.
NUMBER, PROSE = 0, 1
CODES: dict[str, int] = {
    name: index
    for index, name in enumerate(
        ("none", "pass", "yes", "no", "limited", "application", "interview", "rank_list", "start"), start=2
    )
}
# A plain statement of these binds like a strict rule; of a score, attempt, year or USCE rule it is a wish.
BINDING_STATEMENTS = frozenset(gate.name for gate in GATES if not gate.waivable)


@dataclass(frozen=True, eq=False)
class Rule:
    """The stated values of one field: ``rows`` (r,) in ascending order, with ``code`` and, where the code is
    NUMBER, ``number``; ``strict`` and the fact's id beside each."""

    rows: NDArray[np.int64]
    code: NDArray[np.int64]
    number: NDArray[np.float64]
    strict: NDArray[np.bool_]
    fact: NDArray[np.int64]

    def is_code(self, name: str) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = self.code == CODES[name]
        return found

    @property
    def is_number(self) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = self.code == NUMBER
        return found


@dataclass(frozen=True, eq=False)
class RuleColumns:
    """``by_field``: a Rule a field. ``california`` (c,): rows under California's training licence."""

    by_field: Mapping[str, Rule]
    california: NDArray[np.int64]


def rules_build(tracks: Sequence[TrackLike]) -> RuleColumns:
    """Rules of ``tracks`` in the order given. Every field of every gate has a Rule, empty if unstated."""
    by_field = {
        field: _rule(tracks, field, gate.name in BINDING_STATEMENTS)
        for gate in GATES
        for field in gate.fact_fields
    }
    california = [row for row, track in enumerate(tracks) if track.state == "CA"]
    return RuleColumns(by_field, np.array(california, dtype=np.int64))


def _rule(tracks: Sequence[TrackLike], field: str, statements_bind: bool) -> Rule:
    found = [(row, track.facts[field]) for row, track in enumerate(tracks) if field in track.facts]
    binding = ("strict", "statement") if statements_bind else ("strict",)
    return Rule(
        rows=np.array([row for row, _ in found], dtype=np.int64),
        code=np.array([_code(fact) for _, fact in found], dtype=np.int64),
        number=np.array([_number(fact) for _, fact in found], dtype=np.float64),
        strict=np.array([fact.strictness in binding for _, fact in found], dtype=bool),
        fact=np.array([fact.id for _, fact in found], dtype=np.int64),
    )


def _code(fact: FactLike) -> int:
    if isinstance(fact.value, str):
        return CODES.get(fact.value, PROSE)
    return PROSE if fact.value is None else NUMBER


def _number(fact: FactLike) -> float:
    return float("nan") if fact.value is None or isinstance(fact.value, str) else float(fact.value)
