"""What stated rules do to the whole list, and what California asks of everyone, in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .gates import fact_words
from .numbers import counted, dollars, listed

MOST = 3  # gates named in the sentence
VALUES = {"yes": "required", "no": "not required"}


def screened_sentence(summary: Mapping[str, Any]) -> str:
    """``17 applications, $510, would probably not be read``; "" where no strict rule closes a program."""
    out = summary.get("screened_out") or {"count": 0, "saves_usd": 0}
    if not out["count"]:
        return ""
    cost = f", {dollars(out['saves_usd'])}," if out["saves_usd"] else ""
    return f"{counted(out['count'], 'application')}{cost} would probably not be read."


def screened_words(summary: Mapping[str, Any]) -> str:
    """The sentence with its reason, and the rules that close most."""
    sentence = screened_sentence(summary)
    if not sentence:
        return ""
    out = summary["screened_out"]
    one = out["count"] == 1
    each, them = ("The program states", "it") if one else ("Each program states", "them")
    words = f"{sentence} {each} a rule you do not meet, so we left {them} out."
    by_gate = out.get("by_gate", ())[:MOST]
    if len(by_gate) > 1:
        named = listed([f"{entry['label']} ({entry['count']})" for entry in by_gate])
        words += f" The rules that close most: {named}."
    return words


def rules_words(summary: Mapping[str, Any]) -> str:
    """How the rules of the recommended list stand; "" where there is nothing to say."""
    rules = summary.get("rules") or {}
    parts = []
    if rules.get("undecided"):
        programs = counted(rules["undecided"], "program")
        parts.append(f"{programs} on this list may have a rule against you that we cannot decide yet.")
        parts.append("Open the row to see what to ask.")
    if rules.get("wishes_not_met"):
        programs = counted(rules["wishes_not_met"], "program")
        states = "states" if rules["wishes_not_met"] == 1 else "state"
        parts.append(f"{programs} {states} a wish you do not meet.")
        parts.append("That lowers your chance there and closes nothing.")
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class LicenceLine:
    words: str
    fact: Mapping[str, Any] | None


def licence_lines(rules: Sequence[Mapping[str, Any]]) -> tuple[LicenceLine, ...]:
    """California's training licence, one line a rule with its source and year."""
    return tuple(LicenceLine(_licence_words(rule), fact_words(rule)) for rule in rules)


def _licence_words(rule: Mapping[str, Any]) -> str:
    value = VALUES.get(rule["value"], rule["value"])
    amount = f"{value} {rule['unit']}" if rule["unit"] else value
    return f"{rule['label']}: {amount}{'; ' + rule['note'] if rule['note'] else ''}"
