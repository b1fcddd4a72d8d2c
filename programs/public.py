"""What of a roster the public sees: no number from 1 to 4, and none from which one could be worked out.

The engine counts with the true numbers; everything that is written for people or machines outside the desk
goes through here. What a program says of itself on its pages is public already and stays as it is: this is
about numbers that we made ourselves from a list of people.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import TypeVar

from programs.choices import SourceKind
from programs.countries import COUNTRIES
from programs.models import ProgramFact
from programs.roster_rows import IMGS, ResidentRow, roster_counts
from programs.snapshot import FactValue, TrackRow

LEAST = 5  # the smallest number but 0 that is told
FEWER = f"fewer than {LEAST}"
WITHHELD = "not shown, as it would tell a number below 5"
TOTAL, IMG, US, OTHER = "residents_total", "residents_img", "residents_us_img", "residents_non_us_img"
COUNTED = (TOTAL, IMG, US, OTHER)
# Below this a total gives away its parts: 1 + 5 + 5 is one way to make 11 of three.
ROOM = 12
HIDDEN_LEAST = 2 * LEAST  # what two cells that are hidden together come to
NOT_KNOWN = "not known"

K = TypeVar("K", bound=Hashable)
Told = float | str


def _small(count: float) -> bool:
    return 0 < count < LEAST


def counts_public(counts: Mapping[str, float]) -> dict[str, Told]:
    """Each count by its field as a number or in words. ``counts``: as ``roster_counts`` makes them."""
    if TOTAL not in counts:  # not seen whole: nothing can be said of what the rest would give away
        return {field: count if count == 0 else WITHHELD for field, count in counts.items()}
    total, told = counts[TOTAL], {field: counts[field] for field in COUNTED if field in counts}
    rest = total - counts[IMG] if IMG in counts else 0
    if not any(map(_small, (rest, *told.values()))):
        return dict(told)
    words: dict[str, Told] = {field: 0.0 if count == 0 else WITHHELD for field, count in told.items()}
    words[TOTAL] = FEWER if _small(total) else total
    if total >= ROOM:
        words |= {field: FEWER for field, count in told.items() if _small(count)}
        words |= _told_beside(told, rest)
    return words


def _told_beside(counts: Mapping[str, float], rest: float) -> dict[str, Told]:
    """US-citizen or other IMGs, where one number of them is told though the rest is not: what is left over
    must be large enough for every number below 5 that it may hold."""
    if US not in counts:
        return {}
    us, other = counts[US], counts[OTHER]
    if us >= LEAST and other and _small(other) != _small(rest) and other + rest >= HIDDEN_LEAST:
        return {US: us}
    if other >= LEAST and _small(us) and not _small(rest) and us + rest >= HIDDEN_LEAST:
        return {OTHER: other}
    return {}


def is_counted(fact: ProgramFact | FactValue) -> bool:
    """Whether a roster made this fact."""
    return fact.source_kind == SourceKind.ROSTER and fact.field in COUNTED


def facts_public(facts: Iterable[ProgramFact]) -> list[ProgramFact]:
    """The facts of one program as they may be shown, in their order; copies where they say less."""
    facts = list(facts)
    counts = {fact.field: fact.value_number for fact in facts if is_counted(fact)}
    told = counts_public({field: count for field, count in counts.items() if count is not None})
    return [_shown(fact, told.get(fact.field)) if is_counted(fact) else fact for fact in facts]


def _shown(fact: ProgramFact, told: Told | None) -> ProgramFact:
    if not isinstance(told, str):
        return fact
    shown = copy(fact)
    shown.value_number, shown.value_as_stated = None, told
    return shown


def track_public(track: TrackRow) -> TrackRow:
    """The track as it may be written; itself where nothing of it is small."""
    stated = [fact for each in track.facts.values() for fact in (each, *each.others) if is_counted(fact)]
    if not stated:
        return track
    counts = {fact.field: fact.value for fact in stated}
    # A total that another source says alike stands in the snapshot once, under that source.
    if (total := track.facts.get(TOTAL)) is not None:
        counts.setdefault(TOTAL, total.value)
    told = counts_public({field: count for field, count in counts.items() if isinstance(count, float | int)})
    facts = {field: _written(fact, told) for field, fact in track.facts.items()}
    return replace(track, facts=facts)


def _written(fact: FactValue, told: Mapping[str, Told]) -> FactValue:
    others = tuple(_written(other, told) for other in fact.others)
    words = told.get(fact.field) if is_counted(fact) else None
    if isinstance(words, str):
        return replace(fact, value=None, as_stated=words, others=others)
    return replace(fact, others=others) if others != fact.others else fact


@dataclass(frozen=True, slots=True)
class Cells:
    """One table of a roster: (words, count) of the cells told, the most first, and all others together."""

    rows: tuple[tuple[str, int], ...]
    other: int


@dataclass(frozen=True, slots=True)
class RosterPublic:
    """A whole roster as it may be shown; a table is None where nothing of it may be told."""

    counts: Mapping[str, Told]
    schools: Cells | None
    countries: Cells | None
    years: Cells | None


def roster_public(rows: Sequence[ResidentRow]) -> RosterPublic:
    counts = counts_public(roster_counts([row.kind for row in rows]))
    years = _tally((-(row.class_year or 0), _year_words(row)) for row in rows)
    countries, schools = _by_place(rows, counts)
    return RosterPublic(counts, schools, countries, _years(years))


def _by_place(rows: Sequence[ResidentRow], counts: Mapping[str, Told]) -> tuple[Cells | None, Cells | None]:
    """Countries and schools. A school lies in a country and a country's graduates are IMGs or are not: where
    the larger is told, what is left of it must not give a smaller one away. Where the number of IMGs is not
    told, neither is a country: who is no IMG comes from a school here."""
    if isinstance(counts.get(IMG), str):
        return None, None
    groups: dict[object, list[ResidentRow]] = {}
    for row in rows:
        groups.setdefault(row.kind in IMGS if IMG in counts else None, []).append(row)
    spread = {row.country for group in groups.values() for row in group}
    twice = {name for name in spread if sum(any(r.country == name for r in g) for g in groups.values()) > 1}
    countries: dict[str, int] = {}
    schools: dict[str, int] = {}
    apart = _tally(school for school, _, _ in {(row.school, row.country, row.kind in IMGS) for row in rows})
    unsure = {school for school, places in apart.items() if places > 1 or not school}
    for group in groups.values():
        tally = _tally(row.country for row in group)
        for name in _told(tally, never=twice):
            countries[COUNTRIES.get(name, NOT_KNOWN)] = tally[name]
            inside = _tally(row.school for row in group if row.country == name)
            for school in _told(inside, never=unsure):
                schools[school] = inside[school]
    return _table(countries, len(rows)), _table(schools, len(rows))


def _told(cells: Mapping[K, int], *, never: Iterable[K] = ()) -> frozenset[K]:
    """The cells that are told: those of 5 and more, less as many as must hide what is left. Which those are
    hangs on their names and not on their sizes, so that it tells nothing of them."""
    never = set(never)
    order = sorted(cells, key=repr)
    hidden = [name for name in order if cells[name] < LEAST or name in never]
    told = [name for name in order if name not in set(hidden)]
    left, few = sum(cells[name] for name in hidden), len(hidden)
    # So many cells of 1 each, or of 4 each, can only be just that.
    enough = left >= HIDDEN_LEAST if never & set(hidden) else left >= LEAST and few < left < few * (LEAST - 1)
    if left and not enough:
        while told:
            left += cells[told.pop()]
            if left >= HIDDEN_LEAST:
                break
    return frozenset(told)


def _tally(names: Iterable[K]) -> dict[K, int]:
    found: dict[K, int] = {}
    for name in names:
        found[name] = found.get(name, 0) + 1
    return found


def _year_words(row: ResidentRow) -> str:
    return str(row.class_year) if row.class_year else NOT_KNOWN


def _years(cells: Mapping[tuple[int, str], int]) -> Cells | None:
    """The newest first."""
    told = sorted(_told(cells))
    rows = tuple((words, cells[order, words]) for order, words in told)
    return Cells(rows, sum(cells.values()) - sum(count for _, count in rows)) if rows else None


def _table(told: Mapping[str, int], total: int) -> Cells | None:
    if not told:
        return None
    rows = tuple(sorted(told.items(), key=lambda cell: (-cell[1], cell[0])))
    return Cells(rows, total - sum(told.values()))
