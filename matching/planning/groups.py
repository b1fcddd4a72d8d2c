"""Actions of one kind, of which one is shown as a step and the larger ones as more of the same."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from matching.scoring.actions import ALL_ACTIONS
from matching.scoring.gains import Gain

HANDS_ON = "hands_on"
KINDS = {
    "hands_on_4": HANDS_ON,
    "hands_on_8": HANDS_ON,
    "hands_on_12": HANDS_ON,
    "observership_4": HANDS_ON,
    "step2ck_plus_5": "step2ck_plus",
    "step2ck_plus_10": "step2ck_plus",
    "service_6": "service",
    "service_12": "service",
    "rotation_here": "here",
    "rotation_and_letter_here": "here",
}
LESSER = frozenset({"observership_4"})  # stands only where nothing else of its kind can be done in time


@dataclass(frozen=True, slots=True)
class Group:
    """``best`` is the step; ``larger`` stand beside it."""

    best: Gain
    larger: tuple[Gain, ...]


def name_of(gain: Gain) -> str:
    return ALL_ACTIONS[gain.action].name


def kind_of(name: str) -> str:
    return KINDS.get(name, name)


def groups_of(gains: Sequence[Gain], chosen: Collection[str], near: Callable[[int], bool]) -> list[Group]:
    """One group a kind, in the order of the gains; what is done at a program stands once among those ``near``
    (by catalogue row) and once among the others. The best is the one chosen, else the one with most gain per
    effort among those there is time for."""
    by: dict[tuple[str, bool], list[Gain]] = {}
    for gain in gains:
        by.setdefault((kind_of(name_of(gain)), gain.row >= 0 and near(gain.row)), []).append(gain)
    return [_group(members, chosen) for members in by.values()]


def _group(members: list[Gain], chosen: Collection[str]) -> Group:
    def rank(gain: Gain) -> tuple[bool, bool, bool, float]:
        name = name_of(gain)
        return gain.too_late, name not in chosen, name in LESSER, -gain.per_effort

    best = min(members, key=rank)
    larger = [
        gain
        for gain in members
        if gain.cost.effort > best.cost.effort and gain.row == best.row and not gain.too_late
    ]
    return Group(best, tuple(sorted(larger, key=lambda gain: gain.cost.effort)))


def needs_of(gain: Gain) -> tuple[str, ...]:
    return tuple(ALL_ACTIONS[action].name for action in gain.first)
