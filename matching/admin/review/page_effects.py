"""What a change would do to the odds and to the cost, told while it is being drafted. Nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.list_state import State
from matching.models import Review, ReviewPatch, SavedList
from matching.presentation.bars import MINUS
from matching.presentation.named import Named
from matching.presentation.numbers import dollars
from matching.review.diffs import figures_of
from matching.review.effects import OF_CHANCE, Effect, state_with
from matching.review.freezing import list_of
from matching.review.selectors import patches_open
from matching.services.list_judging import list_summaries
from matching.services.list_writing import list_state

from .page_form import Typed

NO_CHANCE = {
    "tier": "A moved tier changes no chance: it is your word beside ours.",
    "lock": "A lock changes no chance: the program stays whatever is repaired or filled up.",
    "note": "A note changes no chance.",
    "ask": "What she answers may change the chances, the question does not.",
}
MISSING = {
    "add": "Choose a program to see what it would bring.",
    "remove": "Choose a program to see what would be lost and saved.",
    "signal": "Choose a program and a signal to see what it would bring.",
}
SAME = 0.0005  # a difference that rounds to nothing is none


@dataclass(frozen=True, slots=True)
class EffectRow(Named):
    """``better`` per figure: 1 better than now, -1 worse, 0 alike."""

    label: str
    none: str
    none_gap: str
    none_better: int
    match: str
    match_gap: str
    match_better: int
    cost: str
    cost_gap: str
    programs: str


@dataclass(frozen=True, slots=True)
class EffectTable(Named):
    """``each``: what every open change would do alone, in few words, by its id."""

    rows: tuple[EffectRow, ...]
    note: str
    each: Mapping[int, str]


def effect_told(review: Review, typed: Typed, *, each: bool = False) -> EffectTable:
    """The list now, with what is typed, and with all that is proposed; with ``each``, with every open change
    alone. All of them are judged in one go."""
    saved_list, opened = list_of(review), list(patches_open(review))
    now, hand = list_state(saved_list), _in_hand(typed)
    others = [patch for patch in opened if str(patch.pk) != typed.patch]
    in_hand = state_with(now, [hand]) if hand else now
    everything = state_with(now, [*others, hand] if hand else others)
    count = sum(1 for patch in others if patch.kind in OF_CHANCE)
    wanted = [("Now", now)]
    if in_hand != now:
        wanted.append(("With this", in_hand))
    if count:
        all_of_them = f"With {'all ' if count > 1 else ''}{count} proposed"
        wanted.append((f"With this and {count} more" if in_hand != now else all_of_them, everything))
    alone = {patch.pk: state_with(now, [patch]) for patch in opened if each and patch.kind in OF_CHANCE}
    found = _figures(saved_list, [*(state for _, state in wanted), *alone.values()])
    return EffectTable(
        tuple(_row(label, found[state], found[now]) for label, state in wanted),
        _note(typed, changed=in_hand != now),
        {pk: effect_words(found[now], found[state]) for pk, state in alone.items()},
    )


def _figures(saved_list: SavedList, wanted: Sequence[State]) -> dict[State, Effect]:
    """By the same reckoning all, the list as it stands too, so that no difference comes of that."""
    states = list(dict.fromkeys(wanted))
    judged = list_summaries(saved_list, states)
    return {state: Effect(**figures_of(of)) for state, of in zip(states, judged, strict=True)}


def _in_hand(typed: Typed) -> ReviewPatch | None:
    """What is typed as a change that is saved nowhere; None where it changes no chance or is not whole."""
    if typed.kind not in OF_CHANCE or not typed.chosen:
        return None
    other = typed.other if typed.kind == "signal" else None
    return ReviewPatch(kind=typed.kind, program_id=typed.chosen, other_id=other or None, signal=typed.signal)


def _note(typed: Typed, *, changed: bool) -> str:
    if typed.kind in NO_CHANCE:
        return NO_CHANCE[typed.kind]
    if changed:
        return ""
    return "" if typed.chosen else MISSING[typed.kind]


def effect_words(base: Effect, then: Effect) -> str:
    """``no interview 31.2% → 28.4%, match 52.0% → 54.1%, $30 more``"""
    if base.p_none is None or then.p_none is None:
        return "cannot be judged"
    row = _row("", then, base)
    told = [
        f"no interview {_share(base.p_none)} → {row.none}" if row.none_gap else "",
        f"match {_share(base.p_match)} → {row.match}" if row.match_gap else "",
        _cost(then, base),
    ]
    return ", ".join(part for part in told if part) or "changes nothing that can be told"


def _row(label: str, then: Effect, base: Effect) -> EffectRow:
    none, match = _gap(then.p_none, base.p_none), _gap(then.p_match, base.p_match)
    cost = (then.cost_usd or 0) - (base.cost_usd or 0)
    return EffectRow(
        label=label,
        none=_share(then.p_none),
        none_gap=_points(none),
        none_better=-_sign(none),
        match=_share(then.p_match),
        match_gap=_points(match),
        match_better=_sign(match),
        cost=dollars(then.cost_usd) if then.cost_usd is not None else "not known",
        cost_gap=f"{'+' if cost > 0 else MINUS}{dollars(abs(cost))}" if cost else "",
        programs=str(then.applications) if then.applications is not None else "",
    )


def _cost(then: Effect, base: Effect) -> str:
    gap = (then.cost_usd or 0) - (base.cost_usd or 0)
    return f"{dollars(abs(gap))} {'more' if gap > 0 else 'less'}" if gap else ""


def _gap(then: float | None, base: float | None) -> float:
    return 0.0 if then is None or base is None or abs(then - base) < SAME else then - base


def _sign(gap: float) -> int:
    return (gap > 0) - (gap < 0)


def _points(gap: float) -> str:
    """In points of a hundred, one decimal: what one program brings is small."""
    return f"{'+' if gap > 0 else MINUS}{abs(gap) * 100:.1f}" if gap else ""


def _share(value: float | None) -> str:
    """One decimal where a small change must show."""
    return "not judged" if value is None else f"{value * 100:.1f}%"
