"""One step of the profile as its template prints it: the way through, what is wrong, what is still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from applicants.forms.errors import ErrorLine
from applicants.forms.needed import NEEDED, needed_open
from applicants.personas import Persona
from applicants.steps import FIRST, LAST, STEPS, Step, step_before, step_next, step_of
from applicants.typed import Typed, checked

from .profile_told import Told, told_of

if TYPE_CHECKING:
    from matching.profile_flow import Filled

# Filled in before she comes: no answer of hers.
PRESET = ("max_applications",)

Faults = Mapping[str, Sequence[ErrorLine]]


@dataclass(frozen=True, slots=True)
class FaultLine:
    """``href`` of the input: on this page, or on its own step's."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the three steps in the list of them. ``state``: here, done, faulty or open."""

    slug: str
    number: int
    short: str
    here: bool
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What is amiss with one input, put beside it while she types; empty where nothing is."""

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class ProfilePage:
    step: Step
    filled: "Filled"
    stages: tuple[Stage, ...]
    faults: tuple[FaultLine, ...]
    needed_open: tuple[FaultLine, ...]
    needed_said: int
    address: str
    sample: Persona | None = None
    kept_at: datetime | None = None
    told: Told | None = None
    asks_again: bool = False

    @property
    def number(self) -> int:
        return STEPS.index(self.step) + 1

    @property
    def count(self) -> int:
        return len(STEPS)

    @property
    def needed_count(self) -> int:
        return len(NEEDED)

    @property
    def before(self) -> Step | None:
        return None if self.step is FIRST else step_before(self.step)

    @property
    def after(self) -> Step | None:
        return None if self.step is LAST else step_next(self.step)

    @property
    def form(self) -> Any:
        return self.filled.profile

    @property
    def options(self) -> Any:
        return self.filled.options

    def beside(self) -> list[Beside]:
        """Every input of this step with what is amiss; a row half filled in is not asked for its key yet."""
        parts = (*self.filled.profile.parts, self.filled.options)
        inputs = (field for part in parts for field in part if self.step.asks(field.html_name))
        return [
            Beside(
                f"{field.auto_id}_error",
                tuple(
                    str(message)
                    for error in field.errors.as_data()
                    if error.code != "required"
                    for message in error.messages
                ),
            )
            for field in inputs
        ]

    def amiss(self) -> int:
        return sum(1 for each in self.beside() if each.words)


def step_address(step: Step, *, sample: Persona | None = None) -> str:
    path = (
        reverse("matching:profile") if step is FIRST else reverse("matching:profile_step", args=[step.slug])
    )
    return f"{path}?sample={sample.slug}" if sample else path


def profile_page(
    *,
    filled: "Filled",
    typed: Typed,
    step: Step,
    faults: Faults,
    specialties: Mapping[str, str],
    sample: Persona | None = None,
    kept_at: datetime | None = None,
    everywhere: bool = False,
) -> ProfilePage:
    """``faults`` by step, of the steps that were sent; ``everywhere`` lists those of the other steps too."""
    shown = [line for slug, lines in faults.items() if everywhere or slug == step.slug for line in lines]
    open_ones = needed_open(typed)
    return ProfilePage(
        step=step,
        filled=filled,
        stages=tuple(_stage(each, step, typed, faults) for each in STEPS),
        faults=tuple(FaultLine(_href(line, step, sample), line["text"]) for line in shown),
        needed_open=tuple(
            FaultLine(_href_of(need.name, f"id_{need.name}", step, sample), need.label) for need in open_ones
        ),
        needed_said=len(NEEDED) - len(open_ones),
        address=step_address(step, sample=sample),
        sample=sample,
        kept_at=kept_at,
        told=told_of(filled.profile.profile, specialties=specialties) if step is LAST else None,
    )


def _stage(stage: Step, here: Step, typed: Typed, faults: Faults) -> Stage:
    count = len(faults.get(stage.slug, ()))
    done = stage.slug in checked(typed) and _answered(stage, typed)
    state = "faulty" if count else "done" if done else "open"
    words = {
        "faulty": f"{count} to check",
        "done": "done",
        "open": "",
    }[state]
    return Stage(stage.slug, STEPS.index(stage) + 1, stage.short, stage is here, state, words)


def _answered(step: Step, typed: Typed) -> bool:
    """Whether anything was said on a step; the first asks for all that is needed."""
    if step is FIRST:
        return not needed_open(typed)
    names = (name for name in typed if step.asks(name) and not name.endswith("-rows") and name not in PRESET)
    return any(value.strip() for name in names for value in typed[name])


def _href(line: ErrorLine, here: Step, sample: Persona | None) -> str:
    return _href_of(line["name"], line["anchor"], here, sample) if line["name"] else f"#{line['anchor']}"


def _href_of(name: str, anchor: str, here: Step, sample: Persona | None) -> str:
    step = step_of(name)
    return f"#{anchor}" if step is here else f"{step_address(step, sample=sample)}#{anchor}"
