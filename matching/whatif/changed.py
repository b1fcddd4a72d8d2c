"""The changes in words, each with what it takes: kept with the figures, and shown to whoever reads them."""

from collections.abc import Mapping, Sequence
from typing import Any

from matching.scoring.action_costs import cost_of

from .changes import Tried
from .control import Changes, Control


def changed_lines(
    changes: Changes, controls: Sequence[Control], tried: Tried, values: Mapping[str, float]
) -> list[dict[str, Any]]:
    """One line a moved control, in the order of the page. ``months``, ``weeks`` and ``usd`` are None where
    no action of the plan stands behind it."""
    return [
        {
            "name": control.name,
            "label": control.label,
            "was": control.said(control.stands),
            "now": control.said(changes[control.name]),
            "along": list(tried.along.get(control.name, ())),
            **_takes(control, changes, values),
        }
        for control in controls
        if control.name in changes
    ]


def _takes(control: Control, changes: Changes, values: Mapping[str, float]) -> dict[str, float | None]:
    """Months until it is in an application, weeks of work, dollars: of the change, not what comes along."""
    taken = control.takes(changes[control.name])
    if not taken:
        return {"months": None, "weeks": None, "usd": None}
    costs = [(cost_of(each.action, values), each.times) for each in taken]
    return {
        "months": max(cost.months for cost, _ in costs),
        "weeks": sum(cost.weeks * times for cost, times in costs),
        "usd": sum(cost.usd * times for cost, times in costs),
    }


def plan_codes(changes: Changes, controls: Sequence[Control]) -> tuple[str, ...]:
    """The actions of the plan behind the changes, each once."""
    names = [
        taken.action
        for control in controls
        if control.name in changes
        for taken in control.takes(changes[control.name])
    ]
    return tuple(dict.fromkeys(names))
