"""The visa rule: two facts, one need, and one verdict a program."""

from typing import Any

import pytest

from matching.scoring.rules import FAIL, PASS, UNKNOWN
from matching.scoring.visa_gate import visa_verdicts
from tests.scoring.made_catalogue import MadeFact, MadeTrack, columns_of, track_make


def judged(track: MadeTrack, needed: str | None) -> tuple[int, bool, int] | None:
    """(verdict, strict, fact id) of the one entry, or None."""
    entries = [
        (int(verdict), bool(strict), int(fact))
        for rule, verdicts in visa_verdicts(columns_of(track).rules, needed)
        for verdict, strict, fact in zip(verdicts, rule.strict, rule.fact, strict=True)
    ]
    assert len(entries) <= 1
    return entries[0] if entries else None


def program(**facts: Any) -> MadeTrack:
    return track_make(1, facts={f"visa_{kind}": value for kind, value in facts.items()})


CASES = [
    ("j1", {"j1": "yes"}, PASS),
    ("j1", {"j1": "no", "h1b": "yes"}, FAIL),
    ("j1", {"j1": "limited"}, UNKNOWN),
    ("h1b", {"h1b": "yes", "j1": "no"}, PASS),
    ("h1b", {"h1b": "no", "j1": "yes"}, FAIL),
    ("either", {"j1": "no", "h1b": "yes"}, PASS),
    ("either", {"j1": "yes", "h1b": "no"}, PASS),
    ("either", {"j1": "no", "h1b": "no"}, FAIL),
    ("either", {"j1": "no"}, UNKNOWN),
    ("either", {"h1b": "no"}, UNKNOWN),
    ("either", {"h1b": "yes"}, PASS),
    ("either", {"j1": "no", "h1b": "limited"}, UNKNOWN),
    ("none", {"j1": "no", "h1b": "no"}, PASS),
    ("none", {"h1b": "no"}, PASS),
    (None, {"j1": "yes", "h1b": "no"}, UNKNOWN),
    (None, {"h1b": "no"}, UNKNOWN),
]


@pytest.mark.parametrize(("needed", "facts", "expected"), CASES)
def test_visa_verdict(needed: str | None, facts: dict[str, str], expected: int) -> None:
    found = judged(program(**facts), needed)
    assert found is not None
    assert found[0] == expected


@pytest.mark.parametrize("needed", ["j1", "h1b", "either", "none", None])
def test_no_word_on_visas_is_no_verdict(needed: str | None) -> None:
    assert judged(track_make(1), needed) is None


def test_a_word_on_the_other_visa_alone_says_nothing_of_the_one_needed() -> None:
    assert judged(program(h1b="no"), "j1") is None


def test_where_either_will_do_the_verdict_names_the_fact_that_decides() -> None:
    track = program(j1="no", h1b="yes")
    assert judged(track, "either") == (PASS, True, track.facts["visa_h1b"].id)
    other = program(j1="yes", h1b="no")
    assert judged(other, "either") == (PASS, True, other.facts["visa_j1"].id)


def test_both_refused_binds_only_where_both_bind() -> None:
    found = judged(program(j1=MadeFact("no", "preference"), h1b="no"), "either")
    assert found is not None
    assert found[:2] == (FAIL, False)
    found = judged(program(j1="no", h1b="no"), "either")
    assert found is not None
    assert found[:2] == (FAIL, True)
