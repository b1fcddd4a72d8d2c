"""What somebody typed, right or wrong: each input's name with its values, as a browser sends them."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.datastructures import MultiValueDict

from applicants.schema import MAX_ROWS
from applicants.steps import STEPS, Step

Typed = dict[str, list[str]]
# Not the name of any input: the steps that were sent to be checked, so that they show their faults again.
CHECKED = "_checked"
# What can be typed is bounded, whatever is sent: longer than any answer, more than any list of choices.
MAX_TEXT = 2000
MAX_VALUES = 300


class Sent(Protocol):
    """A QueryDict, or anything with its lists."""

    def lists(self) -> Any: ...


def as_data(typed: Typed) -> MultiValueDict[str, str]:
    """As forms read it."""
    return MultiValueDict({name: values for name, values in typed.items() if name != CHECKED})


def step_typed(typed: Typed, sent: Sent, step: Step) -> Typed:
    """``typed`` with the answers of one step as they were sent now; those of the other steps stay."""
    kept = {name: values for name, values in typed.items() if not step.asks(name)}
    kept |= {
        name: [str(value)[:MAX_TEXT] for value in values[:MAX_VALUES]]
        for name, values in sent.lists()
        if step.asks(name)
    }
    return kept


def storable(typed: Typed) -> Typed:
    """Without the one character a database cannot hold. The form refuses it with words before."""
    return {name: [value.replace("\x00", "\ufffd") for value in values] for name, values in typed.items()}


def checked(typed: Typed) -> frozenset[str]:
    """The steps that were sent to be checked."""
    return frozenset(typed.get(CHECKED, ()))


def checked_too(typed: Typed, *steps: Step) -> Typed:
    if not steps:
        return typed
    wanted = checked(typed) | {step.slug for step in steps}
    return {**typed, CHECKED: [step.slug for step in STEPS if step.slug in wanted]}


def count_of(data: Mapping[str, Any], name: str, *, least: int) -> int:
    """How many rows of this list are shown; a count that was tampered with is no reason to lose them."""
    text = data.get(f"{name}-rows")
    text = text[-1] if isinstance(text, list) and text else text
    said = isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 4
    return min(max(int(text) if said and isinstance(text, str) else 0, least), MAX_ROWS)


def row_added(typed: Typed, name: str) -> Typed:
    """One more row, empty; at most as many as a profile takes."""
    count = min(count_of(typed, name, least=1) + 1, MAX_ROWS)
    return {**typed, f"{name}-rows": [str(count)]}


def row_removed(typed: Typed, name: str, index: int) -> Typed:
    """Without one row; those after it move up."""
    count = count_of(typed, name, least=1)
    left: Typed = {}
    for key, values in typed.items():
        place = _place(key, name)
        if place is None or place < index:
            left[key] = values
        elif place > index:
            left[key.replace(f"{name}-{place}-", f"{name}-{place - 1}-", 1)] = values
    left[f"{name}-rows"] = [str(max(count - 1, 1))]
    return left


def _place(key: str, name: str) -> int | None:
    first, _, rest = key.partition("-")
    number, dash, _ = rest.partition("-")
    return int(number) if first == name and dash and number.isascii() and number.isdigit() else None


def typed_of(parts: Any) -> Typed:
    """What a browser would send for the forms as they are shown."""
    typed: Typed = {}
    for part in parts:
        for field in part:
            value = field.value()
            if isinstance(value, list | tuple):
                typed[field.html_name] = [str(each) for each in value]
            elif value is not None and value is not False and value != "":
                typed[field.html_name] = ["on" if value is True else str(value)]
    return {name: values for name, values in typed.items() if values}
