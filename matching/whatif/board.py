"""The controls as the page shows them, each where it stands and where it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .control import GROUPS, SWITCH_ON, Control, Scale, Value


@dataclass(frozen=True, slots=True)
class ChoiceView:
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ControlView:
    """``pin``: where on the slider the baseline is, in percent of its length."""

    name: str
    label: str
    kind: str
    note: str
    value: Value
    stands: Value
    said: str
    stands_said: str
    moved: bool
    locked: str
    unknown: bool
    done: bool
    fault: str
    scale: Scale | None
    pin: float
    choices: tuple[ChoiceView, ...]

    @property
    def checked(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class GroupView:
    title: str
    open: tuple[ControlView, ...]
    locked: tuple[ControlView, ...]


def groups_view(
    controls: Sequence[Control], held: Mapping[str, Value], faults: Mapping[str, str] | None = None
) -> tuple[GroupView, ...]:
    """``held``: what each moved control stands at now."""
    views = [
        (control.group, control_view(control, held.get(control.name, control.stands), faults or {}))
        for control in controls
    ]
    return tuple(
        GroupView(
            title,
            tuple(view for name, view in views if name == group and not view.locked),
            tuple(view for name, view in views if name == group and view.locked),
        )
        for group, title in GROUPS.items()
        if any(name == group for name, _ in views)
    )


def control_view(control: Control, value: Value, faults: Mapping[str, str]) -> ControlView:
    scale, locked = control.scale, control.locked
    span = (scale.high - scale.low) if scale else 0
    return ControlView(
        name=control.name,
        label=control.label,
        kind=control.kind,
        note=control.note,
        value=value,
        stands=control.stands,
        said=control.said(value),
        stands_said=control.said(control.stands),
        moved=value != control.stands,
        locked=locked.reason if locked else "",
        unknown=bool(locked and locked.unknown),
        done=bool(locked and locked.done),
        fault=faults.get(control.name, ""),
        scale=scale,
        pin=round(100 * (int(control.stands) - scale.low) / span, 2) if scale and span else 0.0,
        choices=tuple(ChoiceView(code, words, code == value) for code, words in control.choices),
    )


def typed(
    controls: Sequence[Control], sent: Mapping[str, str], held: Mapping[str, Value]
) -> dict[str, Value]:
    """What a refused form had in it, so that nothing of it is lost: numbers on their scale, known choices."""
    values: dict[str, Value] = dict(held)
    for control in controls:
        words = sent.get(control.name)
        if words is None or control.locked:
            continue
        if control.kind == "switch":
            values[control.name] = words == SWITCH_ON
        elif control.kind == "choice" and words in dict(control.choices):
            values[control.name] = words
        elif control.scale and words.lstrip("-").isdecimal() and len(words) < 9:
            values[control.name] = min(max(int(words), control.scale.low), control.scale.high)
    return values
