"""What is found about a list, said in a sentence each."""

from collections.abc import Callable
from typing import Any

from matching.scoring.balance import SERIOUS, WARNING, Balance

SEVERITY = {SERIOUS: "serious", WARNING: "warning"}


def _in_hundred(share: float) -> str:
    return f"{100 * share:.0f} in 100"


def _programs(count: float) -> str:
    return "1 program" if count == 1 else f"{count:.0f} programs"


WORDS: dict[str, Callable[[float], str]] = {
    "empty": lambda _: "The list holds no program.",
    "closed": lambda v: f"Closed to you by a rule they state: {_programs(v)}. An application there is lost.",
    "no_interview": lambda v: f"About {_in_hundred(v)} seasons with this list bring no interview at all.",
    "below_best": lambda v: (
        f"Another list for the same price brings more. This one gives away {_in_hundred(v)} of it."
    ),
    "few_targets": lambda v: (
        f"Likelier than a reach: {_programs(v)}. The rest are long odds, each by itself."
    ),
    "many_reaches": lambda v: f"Long odds: {_in_hundred(v)} programs on the list.",
    "no_safety": lambda _: "No program is a safety: none is likely even at the low end of what is known.",
    "one_specialty": lambda v: f"Of one specialty, though you name more: {_in_hundred(v)} programs.",
    "one_state": lambda v: f"In one state: {_in_hundred(v)} programs.",
    "past_stop_line": lambda v: (
        "Costing more than it adds: the last program."
        if v == 1
        else f"Costing more than they add: the last {_programs(v)}."
    ),
    "unconfirmed": lambda v: f"Last seen in 2023: {_in_hundred(v)} programs. Check that they still exist.",
    "few_california": lambda v: (
        f"You wish for Los Angeles. In California, Los Angeles included, the list has {_programs(v)}."
    ),
    "many_university": lambda v: (
        f"University programs: {_in_hundred(v)} of those whose kind is known. Few of them take graduates "
        "from abroad."
    ),
}


def balance_document(balance: Balance) -> dict[str, Any]:
    """``grade`` and ``findings``, the most serious first; ``value_of_best`` says how near the best it is."""
    return {
        "grade": balance.grade,
        "value_of_best": balance.value,
        "findings": [
            {
                "code": finding.code,
                "severity": SEVERITY.get(finding.severity, "note"),
                "detail": WORDS[finding.code](finding.value),
            }
            for finding in balance.findings
        ],
    }
