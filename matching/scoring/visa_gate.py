"""The visa rule: two facts of a program, one for each kind of visa, and what the applicant needs of them."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.scoring.rules import FAIL, PASS, UNKNOWN, Rule, RuleColumns, Verdicts


def visa_verdicts(rules: RuleColumns, needed: str | None) -> list[tuple[Rule, Verdicts]]:
    """One entry a program: the sponsored kind she needs; where either would do, the better of the two."""
    by_kind = {"j1": rules.by_field["visa_j1"], "h1b": rules.by_field["visa_h1b"]}
    if needed in ("j1", "h1b"):
        rule = by_kind[needed]
        return [(rule, _sponsored(rule))]
    split = _split(rules)
    if needed == "none":
        return [(rule, np.full(len(rule.rows), PASS, dtype=np.int8)) for rule in (split.first, split.rest)]
    if needed is None:
        return [(rule, np.zeros(len(rule.rows), dtype=np.int8)) for rule in (split.first, split.rest)]
    return [
        _better(split.first_shared, split.second_shared),
        *((rule, np.maximum(_sponsored(rule), UNKNOWN)) for rule in (split.first_alone, split.rest)),
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
        first, _subset(first, shared), _subset(first, ~shared), _subset(second, also), _subset(second, ~also)
    )


def _better(one: Rule, other: Rule) -> tuple[Rule, Verdicts]:
    """Of two rules on the same rows, either of which will do, the one that says more for her. Both refused:
    closed only where both bind."""
    mine, theirs = _sponsored(one), _sponsored(other)
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


def _sponsored(rule: Rule) -> Verdicts:
    verdict: Verdicts = np.zeros(len(rule.rows), dtype=np.int8)
    verdict[rule.is_code("yes")] = PASS
    verdict[rule.is_code("no")] = FAIL
    return verdict


def _subset(rule: Rule, keep: NDArray[np.bool_]) -> Rule:
    return Rule(rule.rows[keep], rule.code[keep], rule.number[keep], rule.strict[keep], rule.fact[keep])
