import random

import pytest

from programs.current import Candidate, conflicts_of, fact_current

BEST = Candidate(9, 220.0, "high", "program_page", 2024)


@pytest.mark.parametrize(
    "worse",
    [
        BEST._replace(id=1, value=None),
        BEST._replace(id=1, confidence="medium"),
        BEST._replace(id=1, source_kind="hospital_page"),
        BEST._replace(id=1, page_year=2023),
        BEST._replace(id=1, page_year=None),
        BEST._replace(id=10),
    ],
)
def test_fact_current_prefers(worse: Candidate) -> None:
    assert fact_current([worse, BEST]) == fact_current([BEST, worse]) == BEST


def test_fact_current_rules_in_their_order() -> None:
    ordered = [
        Candidate(9, "no", "high", "news", None),
        Candidate(8, "no", "medium", "program_page", None),
        Candidate(7, "no", "medium", "program_faq", 2025),
        Candidate(6, "no", "low", "program_page", 2026),
        Candidate(1, None, "high", "program_page", 2026),
    ]
    rest = ordered[:]
    random.Random(1).shuffle(rest)
    picked = []
    while rest:
        picked.append(fact_current(rest))
        rest.remove(picked[-1])
    assert picked == ordered


def test_conflicts_are_typed_values_that_differ() -> None:
    assert conflicts_of("yes", ["yes", "no", "limited", None]) == 2
    assert conflicts_of(220.0, [220.0, 220]) == 0
    assert conflicts_of(None, ["yes", "no"]) == 0
