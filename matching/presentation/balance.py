"""How the list stands as a whole: a grade, what it rests on, and what there is to say against the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .numbers import counted, in_hundred

BEST = 0.995  # of what another list for the same price could bring
SAID_ELSEWHERE = frozenset({"no_safety", "no_interview"})


@dataclass(frozen=True, slots=True)
class Finding:
    severity: str
    words: str


@dataclass(frozen=True, slots=True)
class Repair:
    """What one click would do to the list: the words on the button and beside it."""

    button: str
    words: str


@dataclass(frozen=True, slots=True)
class BalanceCard:
    """``meaning`` is what the grade rests on: how near the list is to the best, and the chance of none.

    ``repair`` is None where one click could better nothing.
    """

    grade: str
    meaning: str
    findings: tuple[Finding, ...]
    repair: Repair | None


def balance_card(summary: Mapping[str, Any]) -> BalanceCard | None:
    """None where there is no list to judge."""
    balance = summary.get("balance")
    if not balance or not summary["applications"]:
        return None
    return BalanceCard(
        grade=balance["grade"],
        meaning=_meaning(balance["value_of_best"], summary["interviews"]["none"]),
        findings=tuple(
            Finding(found["severity"], found["detail"])
            for found in balance["findings"]
            if found["code"] not in SAID_ELSEWHERE
        ),
        repair=repair_of(summary),
    )


def repair_of(summary: Mapping[str, Any]) -> Repair | None:
    """A list that another betters is repaired; the best may still be cut where its end is too dear."""
    if summary["balance"]["value_of_best"] < BEST:
        return Repair(
            "Repair the list",
            "Swaps programs for ones that bring more at the same price. Saved as a list of yours.",
        )
    stop = (summary.get("stop_line") or {}).get("applications", 0)
    last = summary["applications"] - stop
    if not 0 < stop < summary["applications"]:
        return None
    return Repair(
        f"Leave out the last {last}",
        f"Saves the first {counted(stop, 'program')} as a list of yours and tells what you save and give up. "
        "This answer stays.",
    )


def _meaning(value: float, none: float) -> str:
    risk = f"{in_hundred(none)} seasons bring no interview."
    if value >= BEST:
        return f"No other list for this price would serve you better. {risk.capitalize()}"
    return f"Another list for this price would serve you better. {risk.capitalize()}"
