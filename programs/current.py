"""Which of several facts of one field speaks for a program: one rule, used everywhere.

A source may contradict another, or itself on another page. All are kept and shown; the scorer needs one.
In turn:

1. a typed value before a statement that could not be typed;
2. the more confident reading (high, medium, low);
3. a count made from a list of residents, then the source nearer to the program (its own page, its questions
   and answers, its hospital's training page …);
4. the newer page; a page without a year comes after every page with one;
5. the lower id, which is the earlier entry.
"""

from collections.abc import Iterable
from typing import NamedTuple

from programs.choices import Confidence, SourceKind

_CONFIDENCE = {code: place for place, code in enumerate(Confidence.values)}
_SOURCE = {code: place for place, code in enumerate(SourceKind.values)}
# Residents counted one by one go before a number said in passing: else a total of one year would stand beside
# the IMGs of another.
_SOURCE[SourceKind.ROSTER.value] = -1

Value = float | str | None


class Candidate(NamedTuple):
    id: int
    value: Value
    confidence: str
    source_kind: str
    page_year: int | None


def fact_order(fact: Candidate) -> tuple[bool, int, int, int, int]:
    """Sorts facts of one field of one program: the first is the current one."""
    return (
        fact.value is None,
        _CONFIDENCE[fact.confidence],
        _SOURCE[fact.source_kind],
        -(fact.page_year or 0),
        fact.id,
    )


def fact_current(facts: Iterable[Candidate]) -> Candidate:
    """The one that counts. Raises ValueError for none at all."""
    return min(facts, key=fact_order)


def conflicts_of(value: Value, others: Iterable[Value]) -> int:
    """How many of the others say otherwise. What could not be typed contradicts nothing."""
    return 0 if value is None else sum(other is not None and other != value for other in others)
