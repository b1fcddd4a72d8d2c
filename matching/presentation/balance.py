"""How the list stands as a whole: a grade, what it rests on, and what there is to say against the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .numbers import counted, dollars, in_hundred, listed, match_range

BEST = 0.995  # of what another list for the same price could bring
NAMED = 4  # programs named in a message
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


def repaired_words(
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    added: Sequence[str],
    removed: Sequence[str],
) -> str:
    """What a repair did and brought: programs, grade, fees and the chance of a match, then and now."""
    if not added and not removed:
        return "There was nothing to better: no other list for this price would serve you better."
    told = [f"{verb} {_named(names)}." for verb, names in (("Added", added), ("Took off", removed)) if names]
    if before and after and before.get("balance") and after.get("balance"):
        told.append(f"Balance {before['balance']['grade']} before, {after['balance']['grade']} now.")
        told.append(f"Fees {dollars(before['cost_usd'])} before, {dollars(after['cost_usd'])} now.")
        told.append(f"{match_range(before['match'])} match before, {match_range(after['match'])} now.")
    told.append("Undo brings the list back as it was.")
    return " ".join(told)


def _named(names: Sequence[str]) -> str:
    shown = list(names[:NAMED])
    more = len(names) - len(shown)
    return listed([*shown, f"{more} more"] if more else shown)
