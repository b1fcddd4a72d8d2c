"""The answer beside the baseline: every difference in words, with a mark that needs no colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from matching.presentation.numbers import average, counted, dollars, in_hundred, listed, match_range
from matching.presentation.scopes import NOTHING, TITLES

Feel = Literal["better", "worse", "same", "other"]
MORE, FEWER, SAME = "▲", "▼", "="
SHOWN_NAMES = 4
INTO = {"safety": "a safety", "target": "a target", "reach": "a reach"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One number, where it was, how far it moved. ``mark`` points up or down, ``feel`` says how good."""

    name: str
    now: str
    was: str
    change: str
    mark: str
    feel: Feel


@dataclass(frozen=True, slots=True)
class TierDifference:
    tier: str
    count: int
    was: int
    change: str
    mark: str


def differences(base: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Difference, ...]:
    """The numbers that matter, in the order of the result page."""
    return (
        _match("Chance of a match", base, now),
        _none(base, now),
        _interviews(base, now),
        _los_angeles(base, now),
        _fees(base, now),
    )


def hundredths(base: float, now: float) -> int:
    """Whole seasons of a hundred between two chances as both are shown: the numbers must add up."""
    return round(100 * now) - round(100 * base)


def seasons_words(base: float, now: float) -> str:
    """A difference of two chances as people count."""
    moved = hundredths(base, now)
    if not moved:
        return "no change we could tell" if abs(now - base) > 1e-9 else "no change"
    return f"{abs(moved)} {'more' if moved > 0 else 'fewer'} in 100"


def chance_mark(base: float, now: float) -> str:
    return mark_of(hundredths(base, now))


def mark_of(moved: float) -> str:
    return SAME if not moved else MORE if moved > 0 else FEWER


def feel_of(mark: str, *, good: str = MORE) -> Feel:
    return "same" if mark == SAME else "better" if mark == good else "worse"


def overlap(base: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether the two ranges have something in common."""
    return bool(base["low"] <= now["high"] and now["low"] <= base["high"])


def _match(name: str, base: Mapping[str, Any], now: Mapping[str, Any]) -> Difference:
    one, other = base["match"], now["match"]
    mark = chance_mark(one["probability"], other["probability"])
    change = seasons_words(one["probability"], other["probability"])
    if mark != SAME:
        change += "; the ranges overlap" if overlap(one, other) else "; the ranges do not meet"
    return Difference(name, match_range(other), match_range(one), change, mark, feel_of(mark))


def _none(base: Mapping[str, Any], now: Mapping[str, Any]) -> Difference:
    one, other = base["interviews"]["none"], now["interviews"]["none"]
    mark = chance_mark(one, other)
    words = seasons_words(one, other)
    return Difference(
        "No interview at all", _share(other), _share(one), words, mark, feel_of(mark, good=FEWER)
    )


def _share(value: float) -> str:
    return (
        in_hundred(value).removeprefix("about ").replace("fewer than", "under").replace("more than", "over")
    )


def _interviews(base: Mapping[str, Any], now: Mapping[str, Any]) -> Difference:
    one, other = base["interviews"]["expected"], now["interviews"]["expected"]
    moved = round(round(other, 1) - round(one, 1), 1)
    mark = mark_of(moved)
    change = "no change" if mark == SAME else f"{abs(moved):.1f} {'more' if moved > 0 else 'fewer'}"
    return Difference("Interviews expected", average(other), average(one), change, mark, feel_of(mark))


def _los_angeles(base: Mapping[str, Any], now: Mapping[str, Any]) -> Difference:
    one, other = base["p_los_angeles"] or 0.0, now["p_los_angeles"] or 0.0
    mark, words = chance_mark(one, other), seasons_words(one, other)
    return Difference("A match in Los Angeles", _share(other), _share(one), words, mark, feel_of(mark))


def _fees(base: Mapping[str, Any], now: Mapping[str, Any]) -> Difference:
    one, other = base["cost_usd"], now["cost_usd"]
    mark = mark_of(other - one)
    moved = dollars(abs(other - one))
    change = "no change" if mark == SAME else f"{moved} more" if other > one else f"saves {moved}"
    return Difference("Application fees", _sent(now), _sent(base), change, mark, feel_of(mark, good=FEWER))


def _sent(side: Mapping[str, Any]) -> str:
    return f"{dollars(side['cost_usd'])} for {side['applications']}"


def tier_differences(base: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[TierDifference, ...]:
    """Reach, target and safety: no tier is good or bad to have more of without the others."""
    return tuple(
        TierDifference(
            tier,
            now["tiers"][tier],
            base["tiers"][tier],
            _count_words(now["tiers"][tier] - base["tiers"][tier]),
            mark_of(now["tiers"][tier] - base["tiers"][tier]),
        )
        for tier in ("reach", "target", "safety")
    )


def _count_words(moved: int) -> str:
    return f"{abs(moved)} {'more' if moved > 0 else 'fewer'}" if moved else "no change"


def moved_sentences(figures: Mapping[str, Any]) -> tuple[str, ...]:
    """What happened to the programs themselves, with the first few names."""
    moved, base, now = figures["moved"], figures["base"], figures["now"]
    said = [
        f"{counted(part['count'], 'program')} {'is' if part['count'] == 1 else 'are'} now {INTO[tier]}: "
        f"{_names(part)}."
        for tier, part in moved["into"].items()
    ]
    for key, words in (("joined", "new on the list"), ("left", "no longer on it")):
        if count := moved[key]["count"]:
            said.append(f"{counted(count, 'program')} {words}: {_names(moved[key])}.")
    closed = now["screened"] - base["screened"]
    if closed:
        word = "more" if closed > 0 else "fewer"
        count_words = f"{abs(closed)} {word} {'program' if abs(closed) == 1 else 'programs'}"
        said.append(f"Rules close {count_words}.")
    return tuple(said)


def _names(part: Mapping[str, Any]) -> str:
    names: Sequence[str] = part["names"][:SHOWN_NAMES]
    rest = part["count"] - len(names)
    return f"{', '.join(names)} and {rest} more" if rest > 0 else listed(list(names))


@dataclass(frozen=True, slots=True)
class RingDifference:
    name: str
    match: Difference | None
    change: str
    interviews: str
    was_interviews: str
    fees: str
    was_fees: str


def ring_differences(base: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[RingDifference, ...]:
    """Every circle of the answer, innermost first; one not looked in before has nothing beside it."""
    before = {scope["scope"]: scope for scope in base["scopes"]}
    return tuple(_ring(before.get(scope["scope"]), scope) for scope in now["scopes"])


def _ring(base: Mapping[str, Any] | None, now: Mapping[str, Any]) -> RingDifference:
    both = base is not None and base["applications"] and now["applications"]
    return RingDifference(
        name=TITLES[now["scope"]],
        match=_match(TITLES[now["scope"]], base, now) if both and base else None,
        change=seasons_words(_chance(base), _chance(now)),
        interviews=_expected(now),
        was_interviews=_expected(base),
        fees=_paid(now),
        was_fees=_paid(base),
    )


def _chance(scope: Mapping[str, Any] | None) -> float:
    return float(scope["match"]["probability"]) if scope and scope["applications"] else 0.0


def _expected(scope: Mapping[str, Any] | None) -> str:
    return average(scope["interviews"]["expected"]) if scope and scope["applications"] else NOTHING


def _paid(scope: Mapping[str, Any] | None) -> str:
    return dollars(scope["cost_usd"]) if scope and scope["applications"] else NOTHING


def headline(figures: Mapping[str, Any]) -> str:
    """The answer in one sentence."""
    count = len(figures["changed"])
    if not count:
        return "Nothing is changed yet. This is where you stand."
    these = "With this change" if count == 1 else f"With these {count} changes"
    base, now = figures["base"]["match"]["probability"], figures["now"]["match"]["probability"]
    moved = hundredths(base, now)
    if not moved:
        return f"{these}, the chance of a match stays about the same."
    seasons = "season" if abs(moved) == 1 else "seasons"
    word, ends = ("more", "end") if moved > 0 else ("fewer", "end")
    if abs(moved) == 1:
        ends = "ends"
    return f"{these}, {abs(moved)} {word} {seasons} in 100 like yours {ends} with a match."


def announced(figures: Mapping[str, Any]) -> str:
    """The same for those who hear it: with the numbers that moved."""
    if not figures["changed"]:
        return headline(figures)
    moved = [
        f"{each.name}: {each.now}, was {each.was}"
        for each in differences(figures["base"], figures["now"])
        if each.mark != SAME
    ]
    return " ".join([headline(figures), *(f"{each}." for each in moved)])


def line_of(figures: Mapping[str, Any]) -> str:
    """The answer as short as a narrow window has room for."""
    base, now = figures["base"], figures["now"]
    first = f"Match {match_range(now['match'])}"
    if figures["changed"]:
        first += f", {seasons_words(base['match']['probability'], now['match']['probability'])}"
    return f"{first} · no interview {_share(now['interviews']['none'])}"
