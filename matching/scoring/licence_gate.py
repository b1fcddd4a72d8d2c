"""California's training licence: a rule of the state, held against every program in it.

What is held of it, with dates and public sources, is in fixtures/california_licence.csv. Two of its rules are
about the applicant: Step 1 and Step 2 CK passed, and a medical school the state recognises.
"""

from functools import lru_cache

import numpy as np

from matching.scoring.applicant import Applicant
from matching.scoring.rules import FAIL, PASS, UNKNOWN, Rule, RuleColumns, Verdicts


def licence_verdicts(rules: RuleColumns, osteopath: bool, verdict: int) -> tuple[Rule, Verdicts]:
    """One entry a program in California, all with the ``verdict``. Graduates in osteopathy have a board of
    their own, of which nothing is held: there is no entry for them."""
    rule = _licence(rules, osteopath)
    return rule, np.full(len(rule.rows), verdict, dtype=np.int8)


def licence_verdict(applicant: Applicant) -> int:
    return min(exams_verdict(applicant), school_verdict(applicant))


@lru_cache(maxsize=16)
def _licence(rules: RuleColumns, osteopath: bool) -> Rule:
    rows = rules.california[:0] if osteopath else rules.california
    count = len(rows)
    nothing = np.zeros(count, dtype=np.int64)
    return Rule(rows, nothing, np.zeros(count), np.ones(count, dtype=bool), nothing)


def exams_verdict(applicant: Applicant) -> int:
    """On the exams that the licence wants passed."""
    exams = (applicant.step1.passed, applicant.step2ck.passed)
    return FAIL if False in exams else UNKNOWN if None in exams else PASS


def school_verdict(applicant: Applicant) -> int:
    """On the school. One abroad is recognised where ECFMG has evaluated it, which its certificate shows; who
    has none yet may still come from such a school, so this never fails."""
    shown = applicant.applicant_type == "us_md" or applicant.ecfmg_certified
    return PASS if shown else UNKNOWN
