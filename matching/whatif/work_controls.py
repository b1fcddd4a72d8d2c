"""Work in clinics and the letters from it: what more of it would bring."""

from dataclasses import replace

from matching.scoring import action_changes as does
from matching.scoring.actions import Action
from matching.scoring.applicant import HANDS_ON, Applicant, Experience
from matching.scoring.situation import Situation, with_experience

from .control import Control, Locked, Scale, Taken, Value, takes_action
from .start import Start
from .together import action_of, needs_done, with_needs, within_reach

HANDS_ON_MOST, OBSERVED_MOST = 12, 12
NO_EXPERIENCE = Locked("You have not told us of your work in US clinics.", unknown=True)
NO_LETTERS = Locked("You have not told us of your letters.", unknown=True)


def work_controls(start: Start) -> tuple[Control, ...]:
    return (_hands_on(start), _observership(start))


def letter_controls(start: Start) -> tuple[Control, ...]:
    return (_letters_in_specialty(start), _academic(start), _local(start))


def _hands_on(start: Start) -> Control:
    known = start.applicant.experience is not None
    weeks = [item.weeks for item in start.applicant.experience or () if item.kind in HANDS_ON]
    told = sum(week or 0 for week in weeks)
    note = f"You have told us of {told} weeks in the US." if told else "You have told us of none so far."
    return Control(
        name="hands_on_weeks",
        group="work",
        label=f"More hands-on weeks in {start.place}",
        kind="slider",
        stands=0,
        note=f"In {start.field}. {note}" if known else "",
        scale=Scale(0, HANDS_ON_MOST, prefix="+", unit="weeks", zero="none more"),
        locked=None if known else NO_EXPERIENCE,
        change=lambda s, value: does.hands_on(int(value), s),
        takes=lambda value: _stays("hands_on", int(value)),
    )


def _stays(name: str, weeks: int) -> tuple[Taken, ...]:
    """The action of the plan that holds so many weeks: 4, 8 or 12."""
    return (Taken(f"{name}_{-(-weeks // 4) * 4}"),) if weeks else ()


def _observership(start: Start) -> Control:
    return Control(
        name="observership_weeks",
        group="work",
        label=f"More weeks of observership in {start.place}",
        kind="slider",
        stands=0,
        note="Watching counts for little beside hands-on work.",
        scale=Scale(0, OBSERVED_MOST, step=4, prefix="+", unit="weeks", zero="none more"),
        locked=None if start.applicant.experience is not None else NO_EXPERIENCE,
        change=_observe,
        takes=lambda value: (Taken("observership_4", int(value) // 4),) if value else (),
    )


def _observe(situation: Situation, value: Value) -> Applicant:
    place = situation.place
    item = Experience("observership", int(value), place.state, place.ring, None, situation.specialty)
    return with_experience(situation.applicant, item)


def _letters_in_specialty(start: Start) -> Control:
    s, name = start.situation, "letter_specialty"
    room = int(start.values["letters.counted_most"]) - s.letters_in_specialty
    return Control(
        name="letters_specialty",
        group="letters",
        label=f"More US letters in {start.field}",
        kind="slider",
        stands=0,
        note=f"You have told us of {s.letters_in_specialty or 'none so far'}.",
        scale=Scale(0, max(room, 1), prefix="+", unit="letters", zero="none more"),
        locked=_letter_locked(start, name, "You have as many letters in your field as count."),
        change=_write,
        takes=lambda value: (Taken(name, int(value)),) if value else (),
    )


def _write(situation: Situation, value: Value) -> Applicant:
    situation = needs_done("letter_specialty", situation)
    for _ in range(int(value)):
        situation = situation.with_applicant(does.letter("us_clinical", False, situation))
    return situation.applicant


def _academic(start: Start) -> Control:
    return _letter(
        start,
        "letter_academic",
        f"A letter by a US academic in {start.field}",
        "You have a letter by a US academic.",
    )


def _local(start: Start) -> Control:
    name, label = "letter_local", f"A letter in {start.field} from {start.place}"
    if start.situation.place.state is None:
        reason = "You have not told us where you would like to train."
        return _letter(start, name, f"A letter in {start.field} from your place", reason, unknown=True)
    control = _letter(start, name, label, f"You have a letter from {start.place} already.")
    ring, letters = start.situation.place.ring, start.applicant.letters or ()
    if control.stands and ring and all(letter.ring != ring for letter in letters):
        locked = Locked(f"You have a letter from {start.state} already, and we reckon with one.")
        return replace(control, stands=False, locked=locked)
    return control


def _letter(start: Start, name: str, label: str, over: str, *, unknown: bool = False) -> Control:
    locked = _letter_locked(start, name, over, unknown=unknown)
    return Control(
        name=name,
        group="letters",
        label=label,
        kind="switch",
        stands=locked is not None and locked.done,
        locked=locked,
        change=lambda s, value: with_needs(name, s),
        takes=takes_action(name),
    )


def _letter_locked(start: Start, name: str, over: str, *, unknown: bool = False) -> Locked | None:
    """``over``: why it cannot be done where letters are known."""
    if start.applicant.letters is None:
        return NO_LETTERS
    action: Action = action_of(name)
    if not action.possible(start.situation):
        return Locked(over, unknown=unknown, done=not unknown)
    return within_reach(name, start.situation)
