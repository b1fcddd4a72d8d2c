"""Whether an approved version still fits its list: what was approved beside what stands there now.

An approval is of programs, signals, answers and what the list was worth. Order, notes and statuses are the
applicant's own and change nothing of that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matching.list_state import State
from matching.models import ListEntry, ReviewVersion, SavedList
from matching.services.list_judging import Judged, list_judged
from matching.services.list_writing import list_state
from programs.models import Program

from .diffs import Diff, entries_diff, figures_none, profile_diff
from .words import counted, joined

NONE_MOVED = 0.05
NAMED = 3


@dataclass(frozen=True, slots=True)
class Fit:
    """What newer data say of one program: its tier, whether a strict rule closes it, whether it is gone."""

    tier: str
    closed: bool = False
    retired: bool = False


def stale_words(version: ReviewVersion, saved_list: SavedList) -> str:
    """Why the approval does not fit any more, "" where it does. Judges the list by today's catalogue only
    where that is not the one the approved version was judged by."""
    entries = ListEntry.objects.filter(saved_list=saved_list).order_by("position")
    now = [
        {"program": row.program_id, "signal": row.signal, "tier": row.tier,
         "closed": bool((row.shown or {}).get("closed"))}
        for row in entries
    ]  # fmt: skip
    state = list_state(saved_list)
    fits, none = _by_now(version, saved_list, state, now)
    profile = saved_list.match.run.profile
    return reasons(version, now, fits, none, profile_changed=bool(profile_diff(version.profile, profile)))


def reasons(
    version: ReviewVersion,
    now: Iterable[Mapping[str, Any]],
    fits: Mapping[str, Fit],
    none: float | None,
    *,
    profile_changed: bool,
) -> str:
    """Everything that is material, in words."""
    diff = entries_diff(version.entries, list(now))
    told = [*_listed_words(diff), *(["the profile changed"] if profile_changed else [])]
    before = figures_none(version.figures)
    if before is not None and none is not None and abs(none - before) >= NONE_MOVED - 1e-9:
        told.append(f"no interview at all: {before:.0%} then, {none:.0%} now")
    told += _fit_words(version.entries, fits)
    said = joined(told)
    return f"{said[0].upper()}{said[1:]}." if said else ""


def _listed_words(diff: Diff) -> list[str]:
    told = []
    if diff.added:
        told.append(f"{counted(len(diff.added), 'program')} added")
    if diff.removed:
        told.append(f"{counted(len(diff.removed), 'program')} taken off")
    if diff.signals:
        told.append(f"{counted(len(diff.signals), 'signal')} changed")
    return told


def _fit_words(entries: Iterable[Mapping[str, Any]], fits: Mapping[str, Fit]) -> list[str]:
    """A program whose tier an advisor set keeps it, whatever the odds."""
    told = []
    for each in entries:
        fit = fits.get(each["program"])
        if fit is None:
            continue
        if fit.retired:
            told.append(f"{each['name']} takes nobody any more")
        elif fit.closed and not each["closed"]:
            told.append(f"{each['name']} is closed to these answers")
        elif each["tier"] and fit.tier != each["tier"] and not each.get("mark"):
            told.append(f"{each['name']} left {each['tier']}")
    if len(told) > NAMED:
        told = [*told[:NAMED], f"{len(told) - NAMED} more like these"]
    return told


def _by_now(
    version: ReviewVersion, saved_list: SavedList, state: State, entries: list[dict[str, Any]]
) -> tuple[dict[str, Fit], float | None]:
    kept = {row["program"]: Fit(row["tier"], row["closed"]) for row in entries}
    none = figures_none(saved_list.figures)
    judged = _judged_by_newest(version, saved_list, state)
    if judged is not None:
        none = figures_none(judged.figures)
        for each in state:
            row = judged.rows.get(each.program)
            odds = judged.odds(each.program)
            kept[each.program] = Fit(odds["tier"], bool(odds["shown"].get("closed")), retired=row is None)
    gone = Program.objects.filter(pk__in=list(kept), retired_on__isnull=False).values_list("pk", flat=True)
    return {**kept, **{pk: Fit("", retired=True) for pk in gone}}, none


def _judged_by_newest(version: ReviewVersion, saved_list: SavedList, state: State) -> Judged | None:
    from matching.catalogue import CatalogueEmpty, catalogue_current  # noqa: PLC0415

    try:
        newest = catalogue_current()
    except CatalogueEmpty:
        return None
    if newest.version == version.data_version:
        return None
    judged = list_judged(saved_list, state, catalogue=newest)
    return judged if judged.figures is not None else None
