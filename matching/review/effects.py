"""What each proposed change would bring: the list judged with it, and with all of them. Nothing is written.

A move to another tier, a lock, a note and a question change no chance, so they cost no judging.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from matching.list_state import State, programs_of, state_add, state_remove
from matching.models import Review, ReviewPatch
from matching.services.list_judging import list_summaries
from matching.services.list_writing import list_state

from .diffs import figures_of
from .freezing import list_of
from .selectors import patches_open

OF_CHANCE = ("add", "remove", "signal")  # kinds of change that may move a chance


@dataclass(frozen=True, slots=True)
class Effect:
    """A list's figures; None where it cannot be judged."""

    p_none: float | None = None
    p_match: float | None = None
    cost_usd: int | None = None
    applications: int | None = None


@dataclass(frozen=True, slots=True)
class Effects:
    """``base``: the list as it stands; ``each``: with one open change, by its id; ``together``: with all."""

    base: Effect
    each: Mapping[int, Effect] = field(default_factory=dict)
    together: Effect = Effect()

    def document(self, patch: int) -> dict[str, Any] | None:
        """What a change keeps of its effect when it is sent."""
        with_it = self.each.get(patch)
        return None if with_it is None else {"without": asdict(self.base), "with": asdict(with_it)}


def review_effects(review: Review) -> Effects:
    """Of every change that is drafted or sent and not answered: one judged list each, and one for all."""
    saved_list, patches = list_of(review), list(patches_open(review))
    state = list_state(saved_list)
    each = {patch.pk: state_with(state, [patch]) for patch in patches}
    together = state_with(state, patches)
    states = list(dict.fromkeys([state, *each.values(), together]))  # alike ones are judged once
    found = list_summaries(saved_list, states)
    told = {of: Effect(**figures_of(figures)) for of, figures in zip(states, found, strict=True)}
    return Effects(told[state], {pk: told[of] for pk, of in each.items()}, told[together])


def state_with(state: State, patches: Iterable[ReviewPatch]) -> State:
    """The list with changes made; one that does not fit it any more changes nothing."""
    for patch in patches:
        program = patch.program_id or ""
        if patch.kind == ReviewPatch.Kind.ADD:
            state = state_add(state, [program])
        elif patch.kind == ReviewPatch.Kind.REMOVE:
            state = state_remove(state, [program])
        elif patch.kind == ReviewPatch.Kind.SIGNAL and program in programs_of(state):
            state = _traded(state, program, patch.other_id, patch.signal)
    return state


def _traded(state: State, program: str, other: str | None, signal: str) -> State:
    had = next(each.signal for each in state if each.program == program)
    given = {program: signal, **({other: had} if other else {})}
    return tuple(replace(each, signal=given.get(each.program, each.signal)) for each in state)
