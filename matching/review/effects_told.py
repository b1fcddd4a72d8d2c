"""What a change does to a list, in a line: ``No interview at all: 31% → 27%. Cost +$30.``"""

from collections.abc import Mapping
from typing import Any

from matching.presentation.numbers import dollars, percent


def effect_words(effect: Mapping[str, Any] | None) -> str:
    """``effect`` as a change keeps it; "" where it moves nothing, or could not be reckoned."""
    if not effect or effect["without"] == effect["with"]:
        return ""
    return figures_words(effect["without"], effect["with"])


def figures_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """``p_none`` and ``cost_usd`` of one list and another; "" where neither moved or one is not known."""
    told = []
    if before.get("p_none") is not None and after.get("p_none") is not None:
        was, now = percent(before["p_none"]), percent(after["p_none"])
        told.append(
            f"No interview at all: {was} → {now}" if was != now else f"No interview at all stays {now}"
        )
    if before.get("cost_usd") is not None and after.get("cost_usd") is not None:
        told.append(cost_words(after["cost_usd"] - before["cost_usd"]))
    return f"{'. '.join(told)}." if told else ""


def cost_words(more: int) -> str:
    if not more:
        return "Cost the same"
    return f"Cost {'+' if more > 0 else '−'}{dollars(abs(more))}"
