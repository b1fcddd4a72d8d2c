"""Stage 0: three-valued verdicts of every stated rule on one applicant, for the whole catalogue at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.scoring.applicant import Applicant
from matching.scoring.gate_judges import JUDGES, Facts, Said, attempts_needed, hands_on_months
from matching.scoring.licence_gate import licence_verdict, licence_verdicts
from matching.scoring.parameters import Parameters
from matching.scoring.registry import GATE_INDEX, GATES
from matching.scoring.rules import FAIL, PASS, Rule, RuleColumns, Verdicts, agreed, rule_of
from matching.scoring.tracks import FactLike
from matching.scoring.visa_gate import step3_said, step3_verdicts, visa_said, visa_verdicts

__all__ = [
    "GateResults",
    "Judged",
    "attempts_needed",
    "fact_verdict",
    "gates_evaluate",
    "gates_judge",
    "hands_on_months",
    "results_of",
]


@dataclass(frozen=True)
class GateResults:
    """One entry a stated rule: ``gate`` index, ``rows``, ``verdict`` (PASS, UNKNOWN, FAIL), whether it is
    ``strict``, the ``fact`` id it rests on (0: a rule of the state), all (t,), in order of gate."""

    gate: NDArray[np.int64]
    rows: NDArray[np.int64]
    verdict: Verdicts
    strict: NDArray[np.bool_]
    fact: NDArray[np.int64]

    def of(self, name: str) -> NDArray[np.bool_]:
        """Which entries belong to the gate."""
        found: NDArray[np.bool_] = self.gate == GATE_INDEX[name]
        return found


@dataclass(frozen=True, eq=False)
class Judged:
    """The ``verdict`` (r,) of one ``rule`` of the ``gate``, and the rows where it does something. Shared by
    all applicants who are alike in what the rule reads; not to be written to."""

    gate: int
    rule: Rule
    verdict: Verdicts

    @cached_property
    def failed(self) -> NDArray[np.int64]:
        """Rows it closes: a strict rule that is not met."""
        return self._rows((self.verdict == FAIL) & self.rule.strict)

    @cached_property
    def wished(self) -> NDArray[np.int64]:
        """Rows whose wish is not met."""
        return self._rows((self.verdict == FAIL) & ~self.rule.strict)

    @cached_property
    def binding(self) -> NDArray[np.int64]:
        """Rows with a strict rule that is failed or undecided."""
        return self._rows((self.verdict != PASS) & self.rule.strict)

    @cached_property
    def passed(self) -> NDArray[np.int64]:
        return self._rows(self.verdict == PASS)

    def _rows(self, where: NDArray[np.bool_]) -> NDArray[np.int64]:
        found: NDArray[np.int64] = self.rule.rows[where]
        return found


def gates_judge(
    rules: RuleColumns,
    applicant: Applicant,
    *,
    application_year: int,
    parameters: Parameters,
    only: Collection[str] = GATE_INDEX,
) -> tuple[Judged, ...]:
    """Every stated rule's verdicts of the gates ``only``, in order of gate. Where no fact speaks of a rule
    there is none."""
    me = Facts(applicant, application_year, parameters)
    parts = [
        _judged(GATE_INDEX[name], rule, judge.verdicts, judge.reads(me))
        for name, judge in JUDGES.items()
        if name in only and len((rule := rules.by_field[name]).rows)
    ]
    if "visa" in only:
        parts.extend(_visa_judged(rules, me.visa_needed))
    if "step3_for_h1b" in only:
        parts.append(_step3_judged(rules, me.visa_needed, me.step3.passed))
    if "california_licence" in only:
        osteopath = applicant.applicant_type == "us_do"
        parts.append(_licence_judged(rules, osteopath, licence_verdict(applicant)))
    parts.sort(key=lambda part: part.gate)
    return tuple(parts)


@lru_cache(maxsize=2048)
def _judged(gate: int, rule: Rule, verdicts: Said, told: tuple[object, ...]) -> Judged:
    """Kept: what a rule reads is alike for many applicants, and for one whatever else she changes."""
    return Judged(gate, rule, agreed(rule, verdicts, *told))


@lru_cache(maxsize=64)
def _visa_judged(rules: RuleColumns, needed: str | None) -> tuple[Judged, ...]:
    return tuple(Judged(GATE_INDEX["visa"], *each) for each in visa_verdicts(rules, needed))


@lru_cache(maxsize=64)
def _step3_judged(rules: RuleColumns, needed: str | None, passed: bool | None) -> Judged:
    return Judged(GATE_INDEX["step3_for_h1b"], *step3_verdicts(rules, needed, passed))


@lru_cache(maxsize=64)
def _licence_judged(rules: RuleColumns, osteopath: bool, verdict: int) -> Judged:
    return Judged(GATE_INDEX["california_licence"], *licence_verdicts(rules, osteopath, verdict))


def gates_evaluate(
    rules: RuleColumns,
    applicant: Applicant,
    *,
    application_year: int,
    parameters: Parameters,
    only: Collection[str] = GATE_INDEX,
) -> GateResults:
    """The same, one entry a rule of a track."""
    return results_of(
        gates_judge(rules, applicant, application_year=application_year, parameters=parameters, only=only)
    )


def results_of(parts: Sequence[Judged]) -> GateResults:
    """One entry a rule of a track; ``parts`` in order of gate, at least one."""
    stated = _stated(tuple((part.gate, part.rule) for part in parts))
    return replace(stated, verdict=np.concatenate([part.verdict for part in parts]))


@lru_cache(maxsize=64)
def _stated(rules: tuple[tuple[int, Rule], ...]) -> GateResults:
    """What no applicant changes of the entries of ``rules``, each with its gate; the verdicts are empty."""
    gate = np.concatenate([np.full(len(rule.rows), gate) for gate, rule in rules])
    rows = np.concatenate([rule.rows for _, rule in rules])
    strict, fact = (np.concatenate([getattr(rule, name) for _, rule in rules]) for name in ("strict", "fact"))
    return GateResults(gate, rows, np.zeros(0, dtype=np.int8), strict, fact)


def fact_verdict(name: str, fact: FactLike, applicant: Applicant, year: int, parameters: Parameters) -> int:
    """What the gate's verdict would be if ``fact`` alone spoke. Raises KeyError for the state's own rule."""
    rule = rule_of([fact], GATES[GATE_INDEX[name]])
    me = Facts(applicant, year, parameters)
    if name == "visa":
        return int(visa_said(rule, me.visa_needed)[0])
    if name == "step3_for_h1b":
        return int(step3_said(rule, me.visa_needed, me.step3.passed)[0])
    judge = JUDGES[name]
    return int(judge.verdicts(rule, *judge.reads(me))[0])
