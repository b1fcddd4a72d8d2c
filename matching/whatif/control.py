"""What a control is: something of the profile or the options that can be moved, or the reason it cannot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from matching.schema import MatchOptions
from matching.scoring.applicant import Applicant
from matching.scoring.situation import Situation

Value = bool | int | str
Changes = Mapping[str, Value]
Kind = Literal["slider", "switch", "choice"]
Group = Literal["exams", "work", "letters", "story", "fields", "list"]

GROUPS: dict[Group, str] = {
    "exams": "Exams",
    "work": "Work in US clinics",
    "letters": "Letters",
    "story": "The rest of your story",
    "fields": "Specialties",
    "list": "The list itself",
}
SWITCH_ON = "yes"


@dataclass(frozen=True, slots=True)
class Scale:
    """A slider's bounds and how its number reads; ``zero`` and ``top`` are words for its two ends."""

    low: int
    high: int
    step: int = 1
    prefix: str = ""
    unit: str = ""
    zero: str = ""
    top: str = ""
    times: bool = False

    def said(self, value: int) -> str:
        if value == 0 and self.zero:
            return self.zero
        if value == self.high and self.top:
            return self.top
        if self.times:
            return f"×{1 + value / 100:.2f}"
        unit = self.unit.removesuffix("s") if value == 1 else self.unit
        return f"{self.prefix}{value:,}{f' {unit}' if unit else ''}"


@dataclass(frozen=True, slots=True)
class Taken:
    """An action of the plan that stands behind a change, and how often."""

    action: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Locked:
    """Why a control cannot be moved. ``unknown``: she has not told us, and may. ``done``: nothing is left to
    do."""

    reason: str
    unknown: bool = False
    done: bool = False


@dataclass(frozen=True)
class Control:
    """``stands``: where it is in the baseline. ``change`` or ``option``: what moving it does."""

    name: str
    group: Group
    label: str
    kind: Kind
    stands: Value = False
    note: str = ""
    scale: Scale | None = None
    choices: tuple[tuple[str, str], ...] = ()
    locked: Locked | None = None
    change: Callable[[Situation, Value], Applicant] | None = None
    option: Callable[[MatchOptions, Value], MatchOptions] | None = None
    takes: Callable[[Value], tuple[Taken, ...]] = field(default=lambda value: ())
    off: str = "no"
    on: str = "yes"

    def said(self, value: Value) -> str:
        """A value of this control in words."""
        if self.kind == "switch":
            return self.on if value else self.off
        if self.scale is not None:
            return self.scale.said(int(value))
        return dict(self.choices).get(str(value), str(value))


def takes_action(name: str) -> Callable[[Value], tuple[Taken, ...]]:
    """One action, once, where the switch is on."""
    return lambda value: (Taken(name),) if value else ()


def grid(stands: int, low: int, high: int, step: int) -> tuple[int, int, int]:
    """Bounds that hold where it stands, in steps that meet it."""
    low, high = min(low, stands), max(high, stands)
    while step > 1 and ((stands - low) % step or (high - low) % step):
        step = next(smaller for smaller in (50, 10, 5, 1) if smaller < step)
    return low, high, step
