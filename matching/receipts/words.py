"""A receipt in words: the causes by name, in the order of what they did."""

from collections.abc import Mapping, Sequence
from typing import Any

from matching.presentation.numbers import in_hundred, listed, percent_range
from matching.receipts.amounts import signed, tenths
from matching.receipts.groups import WORDS

HUNDRED = 100
REST = {
    "model": "the rest: the model has changed and its earlier version was not kept",
    "reckoning": "the rest: we now reckon in another way",
}
NO_CHANGE = 0.0005
OVERLAP = (
    "The two ranges overlap. That does not mean that nothing changed: what makes them wide is mostly the "
    "same in both."
)
APART = "The two ranges do not overlap: this is more than what we do not know can explain."


def cause_names(document: Mapping[str, Any], *, season: bool) -> list[str]:
    """What each share belongs to, and the rest last. ``season``: the two answers are of two seasons."""
    names = [
        "the new season, with its model" if season and player["code"] == "model" else WORDS[player["code"]]
        for player in document["players"]
    ]
    return [*names, REST.get(document["rest"] or "", "the rest")]


def causes_sentence(names: Sequence[str], shares: Sequence[float]) -> str:
    """``Odds: mostly your Step 3 (+2.1), less your ties (−0.4).``, in hundredths of a chance."""
    amounts = tenths([share * HUNDRED for share in shares], sum(shares) * HUNDRED)
    moved = [(amount, name) for amount, name in zip(amounts, names, strict=True) if amount]
    if not moved:
        return ""
    moved.sort(key=lambda each: -abs(each[0]))
    (largest, first), others = moved[0], moved[1:]
    if not others:
        return f"Odds: {first} alone ({signed(largest)})."
    same = [f"{name} ({signed(amount)})" for amount, name in others if (amount > 0) == (largest > 0)]
    against = [f"{name} ({signed(amount)})" for amount, name in others if (amount > 0) != (largest > 0)]
    told = f"Odds: mostly {first} ({signed(largest)})"
    told += f", then {listed(same)}" if same else ""
    told += f", {'less' if largest > 0 else 'but for'} {listed(against)}" if against else ""
    return f"{told}."


def place_sentence(names: Sequence[str], place: Sequence[float]) -> str:
    """What brought a program onto the list, or off it."""
    came = sum(place) > 0
    pull = sorted(
        ((part if came else -part, name) for part, name in zip(place, names, strict=True)), reverse=True
    )
    mostly = "" if pull[0][0] > 1 - NO_CHANGE else "mostly "
    return f"{'On' if came else 'Off'} the list {mostly}because of {pull[0][1]}."


def signal_sentence(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Whether a signal came to a program or left it, which moves its odds whatever the cause; "" where
    neither. Receipts made before signals were kept say nothing of them."""
    had, has = before.get("signal"), after.get("signal")
    if had == has or before["closed"] or after["closed"]:
        return ""
    if has and had:
        return f"Its signal went from {had} to {has}, and the odds with it."
    if has:
        return "One of your signals goes here now; that lifts the odds."
    return "Your signal went elsewhere; that lowers the odds."


def headline(document: Mapping[str, Any]) -> str:
    """The chance of a match at both ends, as ranges."""
    before, after = (match_words(document, side) for side in (0, 1))
    if before == after:
        return f"Your chance of a match stayed at {after}."
    return f"Your chance of a match went from {before} to {after}."


def match_words(document: Mapping[str, Any], side: int) -> str:
    """The range; where none was asked for, seasons out of a hundred."""
    low, high = document["ends"][side]["match"]
    figure = document["figures"][0]
    if low is None:
        return in_hundred(figure["after" if side else "before"])
    return percent_range(low, high)


def because(document: Mapping[str, Any], names: Sequence[str]) -> str:
    """The cause that moved the chance of a match most; "" where nothing did."""
    figure = document["figures"][0]
    shares = [*figure["shares"], figure["rest"]]
    moved = sorted(
        ((abs(share), name) for share, name in zip(shares, names, strict=True) if abs(share) >= NO_CHANGE),
        reverse=True,
    )
    if not moved:
        return "None of what changed moved it."
    if len(moved) == 1:
        return f"That is because of {moved[0][1]}."
    return f"Mostly because of {moved[0][1]}."


def overlap_words(document: Mapping[str, Any]) -> str:
    """Whether the two ranges overlap; "" where they are the same or there is none."""
    (low, high), (new_low, new_high) = (end["match"] for end in document["ends"])
    if low is None or new_low is None or match_words(document, 0) == match_words(document, 1):
        return ""
    return OVERLAP if new_low <= high and low <= new_high else APART
