"""Putting a whole list in another order: one change, one version, one undo."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from matching.models import ListEntry, SavedList

from .list_writing import Written, list_lock, list_state, list_write

if TYPE_CHECKING:
    from matching.list_state import Kept

Key = Callable[[ListEntry], Any]


@transaction.atomic
def list_sort(*, saved_list: SavedList, by: str, words: str) -> Written:
    """Sort by one of ``ORDERS``; what is alike stays as it stood. ``words`` say what was done."""
    locked = list_lock(saved_list)
    entries = locked.entries.select_related("program").order_by("position")
    before = list_state(locked)
    kept: dict[str, Kept] = {each.program: each for each in before}
    ordered = sorted(entries, key=ORDERS[by](locked))
    after = tuple(kept[entry.program_id] for entry in ordered)
    return list_write(saved_list=locked, before=before, after=after, words=words)


def _as_suggested(saved_list: SavedList) -> Key:
    """What we recommend in our order, then what she added herself."""
    ours: Sequence[str] = ((saved_list.figures or {}).get("ours") or {}).get("programs", ())
    place = {program: number for number, program in enumerate(ours)}
    return lambda entry: place.get(entry.program_id, len(place))


def _by_wish(_: SavedList) -> Key:
    """The nearest to what she wishes for; among equals the likeliest."""
    return lambda entry: (-_known((entry.shown or {}).get("fit")), -_known(entry.probability))


def _by_odds(_: SavedList) -> Key:
    return lambda entry: -_known(entry.probability)


def _by_name(_: SavedList) -> Key:
    return lambda entry: entry.program.name.casefold()


def _known(number: float | None) -> float:
    """What is not known comes last."""
    return -1.0 if number is None else number


ORDERS: dict[str, Callable[[SavedList], Key]] = {
    "suggested": _as_suggested,
    "wish": _by_wish,
    "odds": _by_odds,
    "name": _by_name,
}
