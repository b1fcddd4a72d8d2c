"""Numbers in words: ranges before points, no false precision."""

from collections.abc import Mapping
from typing import Any


def percent(value: float) -> str:
    """A whole percent; what is not nothing never reads 0%, what is not certain never 100%."""
    if value < 0.01:
        return "under 1%"
    if value > 0.99:
        return "over 99%"
    return f"{round(value * 100)}%"


def percent_range(low: float, high: float) -> str:
    first, last = percent(low), percent(high)
    if first == last:
        return last
    if first.startswith("under"):
        return f"up to {last}"
    if last.startswith("over"):
        return f"{first} or more"
    return f"{first.rstrip('%')}\N{EN DASH}{last}"


def in_hundred(value: float) -> str:
    """A share as people count: seasons out of a hundred."""
    if value < 0.005:
        return "fewer than 1 in 100"
    if value > 0.995:
        return "more than 99 in 100"
    return f"about {round(value * 100)} in 100"


def dollars(value: int) -> str:
    return f"${value:,}"


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """``1 program``, ``1,200 programs``."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def listed(parts: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def average(value: float) -> str:
    """An expected count, to be compared with others: one decimal while it is small."""
    return f"{value:.1f}" if value < 9.95 else f"{round(value)}"


def match_range(match: Mapping[str, Any]) -> str:
    return percent_range(match["low"], match["high"])
