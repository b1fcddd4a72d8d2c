"""From what was moved to a profile and options that can be scored; what is wrong names its control."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from applicants.faults import ProfileInvalid
from applicants.schema import ProfileDocument
from applicants.services import profile_validate
from matching.advice_documents import action_label
from matching.inputs import profile_with
from matching.schema import MatchOptions
from matching.scoring.actions import ACTION_INDEX
from matching.scoring.situation import Situation

from .control import SWITCH_ON, Changes, Control, Value
from .start import Start
from .together import needs_now

NO_FIELD = "Keep at least one specialty to apply to."


class ChangeInvalid(Exception):
    """``faults``: control names to what is wrong with each, in words."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {words}" for name, words in faults.items()))
        self.faults = dict(faults)


@dataclass(frozen=True)
class Tried:
    """What there is to score. ``along``: control names to the actions, in words, that come with them."""

    profile: ProfileDocument
    options: MatchOptions
    along: Mapping[str, tuple[str, ...]]


def changes_read(sent: Mapping[str, str], stored: Changes, controls: Sequence[Control]) -> dict[str, Value]:
    """The changes a form sends. A control it leaves out stays as stored; nothing that stands is a change.

    Raises ChangeInvalid: for a value that is none, and for one of a locked control.
    """
    changes: dict[str, Value] = {}
    faults: dict[str, str] = {}
    for control in controls:
        if control.name not in sent:
            value = stored.get(control.name, control.stands)
        else:
            read = _value(control, sent[control.name])
            if read is None:
                faults[control.name] = _out_of_bounds(control)
                continue
            value = read
        if value != control.stands:
            changes[control.name] = value
    _check(changes, controls, faults)
    return changes


def changes_kept(changes: Changes, controls: Sequence[Control]) -> dict[str, Value]:
    """Stored changes as far as they can still be made."""
    known = {control.name: control for control in controls if control.locked is None}
    return {
        name: value
        for name, value in changes.items()
        if name in known and value != known[name].stands and _value(known[name], str(value)) == value
    }


def tried(start: Start, changes: Changes, controls: Sequence[Control]) -> Tried:
    """The profile and the options with every change made. Without one they are the very same.

    Raises ChangeInvalid.
    """
    moved = [control for control in controls if control.name in changes]
    _check(changes, controls, {})
    situation, along = _moved(start, moved, changes)
    options = reduce(
        lambda held, control: control.option(held, changes[control.name]) if control.option else held,
        moved,
        start.options,
    )
    if situation.applicant == start.applicant:
        return Tried(start.profile, options, along)
    if not situation.applicant.specialties and start.applicant.specialties:
        raise ChangeInvalid({_fields(moved)[0]: NO_FIELD})
    return Tried(_validated(start, situation, moved), options, along)


def _moved(
    start: Start, moved: Sequence[Control], changes: Changes
) -> tuple[Situation, dict[str, tuple[str, ...]]]:
    situation = start.situation
    along: dict[str, tuple[str, ...]] = {}
    for control in moved:
        if control.change is None:
            continue
        value = changes[control.name]
        names = [
            action_label(ACTION_INDEX[need.name], situation, start.specialties)
            for taken in control.takes(value)
            for need in needs_now(taken.action, situation)
        ]
        if names:
            along[control.name] = tuple(names)
        situation = situation.with_applicant(control.change(situation, value))
    return situation, along


def _validated(start: Start, situation: Situation, moved: Sequence[Control]) -> ProfileDocument:
    document = profile_with(start.profile, situation.applicant)
    try:
        return profile_validate(document.model_dump(mode="json"), season=start.season)
    except ProfileInvalid as invalid:
        changing = [control.name for control in moved if control.change is not None]
        raise ChangeInvalid({changing[-1]: invalid.faults[0].detail}) from None


def _check(changes: Changes, controls: Sequence[Control], faults: Mapping[str, str]) -> None:
    locked = {
        control.name: control.locked.reason
        for control in controls
        if control.locked is not None and control.name in changes
    }
    if faults or locked:
        raise ChangeInvalid({**faults, **locked})


def _fields(moved: Sequence[Control]) -> list[str]:
    return [control.name for control in moved if control.group == "fields"]


def _value(control: Control, sent: str) -> Value | None:
    """What was sent as a value of the control; None where it is none."""
    if control.kind == "switch":
        return sent in (SWITCH_ON, str(True))
    if control.kind == "choice":
        return sent if sent in dict(control.choices) else None
    scale = control.scale
    if scale is None or not sent.lstrip("-").isdecimal() or len(sent) > 9:
        return None
    number = int(sent)
    on_grid = (number - scale.low) % scale.step == 0
    return number if scale.low <= number <= scale.high and on_grid else None


def _out_of_bounds(control: Control) -> str:
    if control.scale is None:
        return "Choose one of the answers."
    ends = f"from {control.scale.said(control.scale.low)} to {control.scale.said(control.scale.high)}"
    steps = f", in steps of {control.scale.step}" if control.scale.step > 1 else ""
    return f"Choose {ends}{steps}."
