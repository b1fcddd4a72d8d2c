"""What is found about a list, said in a sentence each."""

from collections.abc import Callable
from typing import Any

from matching.scoring.balance import SERIOUS, WARNING, Balance

SEVERITY = {SERIOUS: "serious", WARNING: "warning"}


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _programs(count: float) -> str:
    return "1 program" if count == 1 else f"{count:.0f} programs"


WORDS: dict[str, Callable[[float], str]] = {
    "empty": lambda _: "The list holds no program.",
    "closed": lambda v: f"Closed to you by a rule they state: {_programs(v)}. An application there is lost.",
    "no_interview": lambda v: f"The chance that this list brings no interview at all is {_percent(v)}.",
    "below_best": lambda v: (
        f"For the same price another list brings more: {_percent(v)} of it is given away."
    ),
    "few_targets": lambda v: (
        f"Likelier than a reach: {_programs(v)}. The rest are long odds, each by itself."
    ),
    "many_reaches": lambda v: f"Long odds make up {_percent(v)} of the list.",
    "no_safety": lambda _: "No program is a safety: none is likely even at the low end of what is known.",
    "one_specialty": lambda v: f"One specialty makes up {_percent(v)} of the list, though you name more.",
    "one_state": lambda v: f"One state makes up {_percent(v)} of the list.",
    "past_stop_line": lambda v: f"Costing more than they add: the last {_programs(v)}.",
    "unconfirmed": lambda v: f"Last seen in 2023, so check that they still exist: {_percent(v)} of the list.",
    "few_california": lambda v: f"You wish for Los Angeles, and in California there are {_programs(v)}.",
    "many_university": lambda v: (
        f"University programs are {_percent(v)} of those whose kind is known; few "
        "of them take graduates from abroad."
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
