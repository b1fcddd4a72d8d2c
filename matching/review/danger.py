"""How soon an advisor should look at a list: an order for the queue, not a measure of anything.

Pure: what is known of a list in, one number from 0 to 100 out. ``docs/advising.md`` says why these weights.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Weights(NamedTuple):
    """What each part counts at its worst; together 100."""

    no_interview: float = 45.0
    no_match: float = 5.0
    strict: float = 15.0
    deadline: float = 15.0
    signals: float = 8.0
    budget: float = 6.0
    facts: float = 6.0


class Worst(NamedTuple):
    """From where on more of it counts no more."""

    strict: int = 5
    days: int = 60  # a deadline further off than this does not press
    signals: int = 10
    over_budget_usd: int = 1000
    facts: int = 6


WEIGHTS, WORST = Weights(), Worst()
UNJUDGED = 0.5  # of a list that could not be judged: as if half the seasons brought nothing


@dataclass(frozen=True, slots=True)
class Risk:
    """``days``: to the next deadline, None where none is ahead. ``programs`` and ``cost_usd`` are shown
    beside the others and weigh nothing: a short list shows in ``p_none``."""

    p_none: float | None = None
    p_match: float | None = None
    strict_fails: int = 0
    deadline: date | None = None
    days: int | None = None
    unused_signals: int = 0
    over_budget_usd: int = 0
    missing_facts: int = 0
    programs: int = 0
    cost_usd: int | None = None


def danger(risk: Risk) -> float:
    """0 (nothing presses) to 100. It never falls where any part gets worse."""
    none = UNJUDGED if risk.p_none is None else risk.p_none
    match = UNJUDGED if risk.p_match is None else risk.p_match
    near = 0.0 if risk.days is None else 1 - _share(max(0, risk.days), WORST.days)
    return (
        WEIGHTS.no_interview * none
        + WEIGHTS.no_match * (1 - match)
        + WEIGHTS.strict * _share(risk.strict_fails, WORST.strict)
        + WEIGHTS.deadline * near
        + WEIGHTS.signals * _share(risk.unused_signals, WORST.signals)
        + WEIGHTS.budget * _share(risk.over_budget_usd, WORST.over_budget_usd)
        + WEIGHTS.facts * _share(risk.missing_facts, WORST.facts)
    )


def _share(number: int, worst: int) -> float:
    return min(number, worst) / worst
