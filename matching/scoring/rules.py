"""What programs' stated rules are, as sparse columns: one a fact field that some gate reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Concatenate, ParamSpec

import numpy as np
from numpy.typing import NDArray

from matching.scoring.registry import GATES, Gate
from matching.scoring.tracks import FactLike, TrackLike

P = ParamSpec("P")
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
    NUMBER, ``number``; ``strict`` and the fact's id beside each.

    ``others``: the same rows once more for each place in the row of sources that are as sure and say
    otherwise, with their values, and the rule's own where a row has no such source.
    """

    rows: NDArray[np.int64]
    code: NDArray[np.int64]
    number: NDArray[np.float64]
    strict: NDArray[np.bool_]
    fact: NDArray[np.int64]
    others: tuple["Rule", ...] = ()

    def is_code(self, name: str) -> NDArray[np.bool_]:
        """(r,) where the rule is this code. Shared: not to be written to."""
        return self._is(CODES[name])

    @property
    def is_number(self) -> NDArray[np.bool_]:
        """(r,) where the rule is a number. Shared: not to be written to."""
        return self._is(NUMBER)

    def _is(self, code: int) -> NDArray[np.bool_]:
        known = self._masks.get(code)
        if known is None:
            known = self._masks[code] = self.code == code
        return known

    @cached_property
    def _masks(self) -> dict[int, NDArray[np.bool_]]:
        return {}

    def subset(self, keep: NDArray[np.bool_]) -> "Rule":
        """The rule of the rows in ``keep`` (r,) alone."""
        return Rule(
            self.rows[keep],
            self.code[keep],
            self.number[keep],
            self.strict[keep],
            self.fact[keep],
            tuple(other.subset(keep) for other in self.others),
        )


def agreed(
    rule: Rule, judge: Callable[Concatenate[Rule, P], Verdicts], *args: P.args, **more: P.kwargs
) -> Verdicts:
    """The verdict by ``rule``; unknown where a source as sure as its own would have it otherwise."""
    verdict = judge(rule, *args, **more)
    for other in rule.others:
        verdict = np.where(judge(other, *args, **more) == verdict, verdict, np.int8(UNKNOWN))
    return verdict


@dataclass(frozen=True, eq=False)
class RuleColumns:
    """``by_field``: a Rule a field. ``california`` (c,): rows under California's training licence."""

    by_field: Mapping[str, Rule]
    california: NDArray[np.int64]


def rules_build(tracks: Sequence[TrackLike]) -> RuleColumns:
    """Rules of ``tracks`` in the order given. Every typed field of every gate has a Rule, empty if unstated;
    where it is not stated and the gate's prose field is, that is the rule, which no code expresses."""
    by_field = {
        field: rule_of([_stated(track, field, gate.prose_fields) for track in tracks], gate)
        for gate in GATES
        for field in gate.fact_fields
    }
    california = [row for row, track in enumerate(tracks) if track.state == "CA"]
    return RuleColumns(by_field, np.array(california, dtype=np.int64))


def _stated(track: TrackLike, field: str, prose_fields: Sequence[str]) -> FactLike | None:
    names = (field, *prose_fields)
    return next((track.facts[name] for name in names if name in track.facts), None)


def rule_of(facts: Sequence[FactLike | None], gate: Gate) -> Rule:
    """The rule that ``facts``, one a row or None, state on ``gate``."""
    rows = np.array([row for row, fact in enumerate(facts) if fact is not None], dtype=np.int64)
    stated = [fact for fact in facts if fact is not None]
    rivals = [rivals_of(fact) for fact in stated]
    rule = _rule(rows, stated, gate)
    depth = max((len(each) for each in rivals), default=0)
    lines = [
        [each[place] if place < len(each) else fact for fact, each in zip(stated, rivals, strict=True)]
        for place in range(depth)
    ]
    return replace(rule, others=tuple(_rule(rows, line, gate) for line in lines))


def rivals_of(fact: FactLike) -> tuple[FactLike, ...]:
    """What other sources say of the field with the same confidence, and otherwise."""
    if fact.value is None:
        return ()
    return tuple(
        other
        for other in fact.others
        if other.confidence == fact.confidence and other.value not in (None, fact.value)
    )


def left_open(rule: Rule) -> NDArray[np.int64]:
    """Rows whose own pages leave the rule open: prose, "limited", or sources as sure that say otherwise."""
    open_ = rule.is_code("limited") | (rule.code == PROSE)
    for other in rule.others:
        open_ |= (other.code != rule.code) | ((rule.code == NUMBER) & (other.number != rule.number))
    found: NDArray[np.int64] = rule.rows[open_]
    return found


def _rule(rows: NDArray[np.int64], facts: Sequence[FactLike], gate: Gate) -> Rule:
    binding = ("strict", "statement") if gate.name in BINDING_STATEMENTS else ("strict",)
    return Rule(
        rows=rows,
        code=np.array([_code(fact) for fact in facts], dtype=np.int64),
        number=np.array([_number(fact) for fact in facts], dtype=np.float64),
        strict=np.array([fact.strictness in binding for fact in facts], dtype=bool),
        fact=np.array([fact.id for fact in facts], dtype=np.int64),
    )


def _code(fact: FactLike) -> int:
    if isinstance(fact.value, str):
        return CODES.get(fact.value, PROSE)
    return PROSE if fact.value is None else NUMBER


def _number(fact: FactLike) -> float:
    return float("nan") if fact.value is None or isinstance(fact.value, str) else float(fact.value)
