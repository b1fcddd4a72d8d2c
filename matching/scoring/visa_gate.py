"""The visa rule: two facts of a program, one for each kind of visa, and what the applicant needs of them."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.scoring.rules import FAIL, PASS, UNKNOWN, Rule, RuleColumns, Verdicts, agreed


def visa_verdicts(rules: RuleColumns, needed: str | None) -> list[tuple[Rule, Verdicts]]:
    """One entry a program: the sponsored kind she needs; where either would do, the better of the two."""
    by_kind = {"j1": rules.by_field["visa_j1"], "h1b": rules.by_field["visa_h1b"]}
    if needed in ("j1", "h1b"):
        rule = by_kind[needed]
        return [(rule, sponsored(rule))]
    split = _split(rules)
    if needed == "none":
        return [(rule, np.full(len(rule.rows), PASS, dtype=np.int8)) for rule in (split.first, split.rest)]
    if needed is None:
        return [(rule, np.zeros(len(rule.rows), dtype=np.int8)) for rule in (split.first, split.rest)]
    return [
        _better(split.first_shared, split.second_shared),
        *((rule, np.maximum(sponsored(rule), UNKNOWN)) for rule in (split.first_alone, split.rest)),
    ]


@dataclass(frozen=True)
class _Split:
    """The J-1 rules, whole and by whether the program also speaks of H-1B; ``rest`` speak of H-1B alone."""

    first: Rule
    first_shared: Rule
    first_alone: Rule
    second_shared: Rule
    rest: Rule


@lru_cache(maxsize=8)
def _split(rules: RuleColumns) -> _Split:
    first, second = rules.by_field["visa_j1"], rules.by_field["visa_h1b"]
    shared, also = np.isin(first.rows, second.rows), np.isin(second.rows, first.rows)
    return _Split(
        first, first.subset(shared), first.subset(~shared), second.subset(also), second.subset(~also)
    )


def _better(one: Rule, other: Rule) -> tuple[Rule, Verdicts]:
    """Of two rules on the same rows, either of which will do, the one that says more for her. Both refused:
    closed only where both bind."""
    mine, theirs = sponsored(one), sponsored(other)
    take = theirs > mine
    refused = (mine == FAIL) & (theirs == FAIL)
    strict = np.where(refused, one.strict & other.strict, np.where(take, other.strict, one.strict))
    rule = Rule(
        one.rows,
        np.where(take, other.code, one.code),
        np.where(take, other.number, one.number),
        strict,
        np.where(take, other.fact, one.fact),
    )
    return rule, np.maximum(mine, theirs)


def sponsored(rule: Rule) -> Verdicts:
    """Whether the program sponsors the kind of visa that ``rule`` speaks of."""
    return agreed(rule, _sponsored)


def _sponsored(rule: Rule) -> Verdicts:
    verdict: Verdicts = np.zeros(len(rule.rows), dtype=np.int8)
    verdict[rule.is_code("yes")] = PASS
    verdict[rule.is_code("no")] = FAIL
    return verdict


def visa_said(rule: Rule, needed: str | None) -> Verdicts:
    """What one rule says by itself to who needs the visa it speaks of."""
    if needed in ("none", None):
        return np.full(len(rule.rows), PASS if needed else UNKNOWN, dtype=np.int8)
    return sponsored(rule)


def step3_verdicts(rules: RuleColumns, needed: str | None, passed: bool | None) -> tuple[Rule, Verdicts]:
    """Step 3 before an H-1B visa. Where either visa would do it binds only as far as the J-1 is not open."""
    rule = rules.by_field["step3_for_h1b"]
    verdict = agreed(rule, step3_said, needed, passed)
    if needed == "either":
        verdict = np.maximum(verdict, _at(rules.by_field["visa_j1"], rule.rows))
    return rule, verdict


def step3_said(rule: Rule, needed: str | None, passed: bool | None) -> Verdicts:
    """What the rule says by itself; nothing to who needs no H-1B."""
    verdict: Verdicts = np.full(len(rule.rows), PASS if needed in ("none", "j1") else UNKNOWN, dtype=np.int8)
    if needed in ("h1b", "either") and passed is not None:
        verdict[rule.is_code("yes")] = PASS if passed else FAIL
    verdict[rule.is_code("no")] = PASS
    return verdict


def _at(rule: Rule, rows: NDArray[np.int64]) -> Verdicts:
    """Verdicts of the visa rule at ``rows``; unknown where it is not stated."""
    found: Verdicts = np.zeros(len(rows), dtype=np.int8)
    _, here, there = np.intersect1d(rows, rule.rows, return_indices=True)
    found[here] = sponsored(rule)[there]
    return found
