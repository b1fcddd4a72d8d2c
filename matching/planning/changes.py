"""What ticking a step asks and changes, and how that is taken back. No database, and none of the core."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applicants.schema import ProfileDocument
from applicants.services import profile_validate
from matching.planning.document import Step

# Tasks whose tick is news for the profile, and the action that says it.
TOLD_BY = {"step1_result": "step1_passed", "step2ck_result": "step2ck_passed"}
PRACTICE = "practice_exam"
BOUNDS = {
    "score": (1, 300),
    "score_if_told": (1, 300),
    "practice": (1, 300),
    "weeks": (1, 52),
    "months": (1, 60),
}


class StepImpossible(Exception):
    """It cannot be done any more: the answers have changed since the plan was reckoned."""


class ValueInvalid(ValueError):
    """What was typed for a step is none, or cannot be."""


@dataclass(frozen=True, slots=True)
class Change:
    """The members of a profile that a step changed, as they were and as they became."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]


def tells_profile(step: Step) -> bool:
    """Whether a tick changes the profile."""
    return step.kind == "action" or step.code in TOLD_BY or step.code == PRACTICE


def value_check(step: Step, value: int | None) -> None:
    """Raises ValueInvalid."""
    if not step.ask:
        return
    low, high = BOUNDS[step.ask]
    if value is None:
        if step.ask == "score_if_told":
            return
        raise ValueInvalid("Type a whole number.")
    if not low <= value <= high:
        raise ValueInvalid(f"Type a whole number from {low} to {high}.")


def change_of(before: ProfileDocument, after: ProfileDocument) -> Change:
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    members = [name for name in old if old[name] != new[name]]
    return Change({name: old[name] for name in members}, {name: new[name] for name in members})


def profile_without(profile: ProfileDocument, change: Change, *, season: str) -> ProfileDocument:
    """The profile with ``change`` taken back; what was changed since by other ways stays. Raises
    ProfileInvalid where something else rests on it."""
    told = profile.model_dump(mode="json")
    for name, new in change.after.items():
        old, now = change.before[name], told[name]
        if now == new:
            told[name] = old
        elif isinstance(now, list):
            told[name] = _rows_without(now, old or [], new or [])
    return profile_validate(told, season=season)


def _rows_without(now: list[Any], old: list[Any], new: list[Any]) -> list[Any]:
    """Without the rows that were added, and with those that were taken out."""
    kept = list(now)
    for row in new:
        if row not in old and row in kept:
            kept.reverse()
            kept.remove(row)
            kept.reverse()
    return kept + [row for row in old if row not in new and row not in kept]
