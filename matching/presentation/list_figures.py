"""What a list may bring as a whole, and how it stands beside the one we recommend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .balance import BEST, BalanceCard, balance_card
from .numbers import average, counted, dollars, in_hundred, match_range, percent

SAME = 0.005  # chances that differ by less are told as alike


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ListFigures:
    """``sentence`` first; ``beside_ours`` compares with the recommended list; ``balance`` None for an empty
    list; ``repairable``: another list of this price would bring more."""

    sentence: str
    figures: tuple[Figure, ...]
    balance: BalanceCard | None
    beside_ours: tuple[str, ...]
    repairable: bool


def list_figures(kept: Mapping[str, Any] | None, programs: Sequence[str]) -> ListFigures | None:
    """``kept``: SavedList.figures. None where the list was never judged."""
    if not kept:
        return None
    balance = balance_card(kept)
    ours = kept.get("ours")
    return ListFigures(
        sentence=sentence(kept),
        figures=figures(kept) if kept["applications"] else (),
        balance=balance,
        beside_ours=beside_ours(kept, ours, programs) if ours and kept["applications"] else (),
        repairable=balance is not None and kept["balance"]["value_of_best"] < BEST,
    )


def sentence(kept: Mapping[str, Any]) -> str:
    if not kept["applications"]:
        return "Nothing on it yet."
    return (
        f"{counted(kept['applications'], 'program')} for {dollars(kept['cost_usd'])}: "
        f"{in_hundred(kept['interviews']['none'])} seasons with this list bring no interview."
    )


def figures(kept: Mapping[str, Any]) -> tuple[Figure, ...]:
    """The worst first: what decides how worried to be."""
    interviews, match = kept["interviews"], kept["match"]
    usual = f"usually {interviews['p10']} to {interviews['p90']}"
    told = match.get("low") is not None
    return (
        Figure("No interview at all", short(interviews["none"])),
        Figure("A match", match_range(match) if told else percent(match["probability"])),
        Figure("Interviews expected", average(interviews["expected"]), usual),
        Figure("A match in Los Angeles", short(kept["p_los_angeles"])),
        Figure("Application fees", dollars(kept["cost_usd"])),
    )


def short(share: float) -> str:
    """Seasons out of a hundred, for a cell."""
    told = in_hundred(share).removeprefix("about ")
    return told.replace("fewer than", "under").replace("more than", "over")


def beside_ours(kept: Mapping[str, Any], ours: Mapping[str, Any], programs: Sequence[str]) -> tuple[str, ...]:
    """Which programs differ, then what that is worth."""
    hers, recommended = set(programs), set(ours["programs"])
    extra, missing = len(hers - recommended), len(recommended - hers)
    if not extra and not missing:
        return ("It is the list we recommend.",)
    which = [
        f"{counted(extra, 'program')} of yours {'is' if extra == 1 else 'are'} not on the list we recommend"
        if extra
        else "",
        f"{missing} of ours {'is' if missing == 1 else 'are'} not on yours" if missing else "",
    ]
    told = [f"{'; '.join(part for part in which if part)}."]
    return (*told, f"{match_words(kept, ours)} {fees_words(kept['cost_usd'] - ours['cost_usd'])}")


def match_words(kept: Mapping[str, Any], ours: Mapping[str, Any]) -> str:
    gap = kept["match"]["probability"] - ours["match"]["probability"]
    if abs(gap) < SAME:
        return "The chance of a match is about the same."
    seasons = f"about {max(1, round(abs(gap) * 100))} in 100 seasons"
    return f"Yours brings a match in {seasons} {'more' if gap > 0 else 'fewer'}."


def fees_words(gap: int) -> str:
    if not gap:
        return "The fees are the same."
    return f"It costs {dollars(abs(gap))} {'more' if gap > 0 else 'less'}."
