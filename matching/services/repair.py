"""Bettering a list by one click: as any other change it is one version, judged anew, and can be undone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from pydantic import ValidationError

from matching.list_state import State, programs_of, state_add, state_remove
from matching.models import Match, SavedList
from matching.review.marks import locked_programs

from .list_judging import catalogue_of
from .list_writing import Written, list_lock, list_state, list_write, names_of
from .lists import list_save

if TYPE_CHECKING:
    from applicants.schema import ProfileDocument
    from matching.schema import MatchOptions

PLANNED = "plan"


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair did: names ``added`` and ``removed``, the list's figures before and after. Where nothing
    could be bettered both are empty and the list is as it was."""

    written: Written
    added: tuple[str, ...]
    removed: tuple[str, ...]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@transaction.atomic
def list_repair_apply(*, saved_list: SavedList) -> Repaired:
    """Swap programs for ones that bring more at the same price. What was applied to already stays, and what
    she and her advisor agreed to keep."""
    locked = list_lock(saved_list)
    state = list_state(locked)
    found = _repair_found(locked, state)
    return _write(locked, state, added=found["added"], removed=found["removed"], words="Repaired the balance")


@transaction.atomic
def match_repair(*, match: Match) -> Repaired:
    """Save the recommended list and better it: repaired, or where it is the best of its price, without the
    programs at its end that cost more than they add. Raises ListNotReady."""
    saved_list = list_save(match=match, name=f"My {match.run.season} list, changed")
    repaired = list_repair_apply(saved_list=saved_list)
    if repaired.written.words:
        return repaired
    locked = list_lock(saved_list)
    state, dear = list_state(locked), _dear(match)
    return _write(locked, state, added=(), removed=dear, words=f"Left out the last {len(dear)}")


def _write(
    saved_list: SavedList, state: State, *, added: Collection[str], removed: Collection[str], words: str
) -> Repaired:
    before = saved_list.figures
    after = state_add(state_remove(state, removed), added)
    written = list_write(saved_list=saved_list, before=state, after=after, words=words)
    names = names_of([*added, *removed])
    return Repaired(
        written=written,
        added=tuple(names[each] for each in added if each in names),
        removed=tuple(names[each] for each in removed if each in names),
        before=before,
        after=written.saved_list.figures,
    )


def _repair_found(saved_list: SavedList, state: State) -> Mapping[str, list[str]]:
    from matching.list_repair import repair_compute  # noqa: PLC0415

    nothing: dict[str, list[str]] = {"added": [], "removed": []}
    run = saved_list.match.run
    catalogue = catalogue_of(run)
    if catalogue is None:
        return nothing
    known = catalogue.columns(run.season).row_of
    try:
        profile, options = _asked(saved_list, _to_keep(saved_list, state), known)
    except ValidationError:
        return nothing
    return repair_compute(
        profile=profile,
        options=options,
        programs=[name for name in programs_of(state) if name in known],
        catalogue=catalogue,
        season=run.season,
    )


def _to_keep(saved_list: SavedList, state: State) -> list[str]:
    locked = locked_programs(saved_list)
    return [each.program for each in state if each.status != PLANNED or each.program in locked]


def _asked(
    saved_list: SavedList, kept: Collection[str], known: Mapping[str, int]
) -> "tuple[ProfileDocument, MatchOptions]":
    """The answers the list is judged by; what is to be ``kept`` must be in."""
    from applicants.schema import ProfileDocument  # noqa: PLC0415
    from matching.schema import MatchOptions  # noqa: PLC0415

    run = saved_list.match.run
    must = [*run.options["must_include"], *kept]
    options = {**run.options, "must_include": [name for name in dict.fromkeys(must) if name in known]}
    return ProfileDocument.model_validate(run.profile), MatchOptions.model_validate(options)


def _dear(match: Match) -> tuple[str, ...]:
    """The recommended programs past the stop line: each costs more than it adds to the chance of a match."""
    from matching.engine import answer_unpack  # noqa: PLC0415

    catalogue = catalogue_of(match.run)
    if catalogue is None or match.run.result is None:
        return ()
    chosen = answer_unpack(bytes(match.run.result)).widest
    if not 0 < chosen.stop_line < len(chosen.rows):
        return ()
    return tuple(catalogue.tracks[row].id for row in chosen.rows[chosen.stop_line :].tolist())
