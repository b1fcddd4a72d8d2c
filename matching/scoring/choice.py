"""Which tracks are worth an exact look: a superset of every list that can be picked and every row shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from matching.scoring.applicant import RINGS, Applicant, Options, Ring
from matching.scoring.columns import LISTING, Columns, Flags, Ints
from matching.scoring.draws import Floats
from matching.scoring.list_rules import ListInfeasible, ProgramsBarred

DECIMALS = 9
MARGIN = 1e-3  # single precision errs by far less


@dataclass(frozen=True)
class Scope:
    """(n,) ``asked``: of the specialties, tracks and rings asked for."""

    asked: Flags
    rings: tuple[int, ...]


def scope_of(columns: Columns, applicant: Applicant, options: Options) -> Scope:
    """The tracks asked for. No specialty named: all. The rings nest, so the widest asked for decides. A track
    whose kind is not known is shown with the categorical ones."""
    return _scope(columns, applicant.specialties or columns.specialties, options.tracks, options.rings)


@lru_cache(maxsize=64)
def _scope(
    columns: Columns, wanted: tuple[str, ...], asked_tracks: tuple[str, ...], asked_rings: tuple[Ring, ...]
) -> Scope:
    """Kept, and not to be written to: most ask for the same."""
    specialties = np.array([name in wanted for name in columns.specialties])
    kinds = (*asked_tracks, "unknown") if "categorical" in asked_tracks else asked_tracks
    tracks = np.array([name in kinds for name in columns.tracks])
    rings = tuple(sorted(RINGS.index(ring) for ring in asked_rings)) or tuple(range(len(RINGS)))
    asked = specialties[columns.specialty] & tracks[columns.track] & (columns.ring <= rings[-1])
    return Scope(asked, rings)


def listable(columns: Columns, applicant: Applicant, options: Options, no_base: Sequence[bool] = ()) -> Flags:
    """(n,) tracks a list may hold: not an old listing, not excluded; Puerto Rico with Spanish or a tie.

    ``no_base``: by specialty, whether its odds rest on nothing held. Such a specialty is listed where she
    names it, and a program of it where it must be in the list.
    """
    allowed = columns.listing != LISTING["old"]
    spanish = "es" in (applicant.languages or ())
    if not spanish and not any(tie.state == "PR" for tie in applicant.ties or ()):
        allowed &= (columns.place_state != "PR")[columns.cell // 2]
    if not applicant.specialties and any(no_base):
        baseless = np.asarray(no_base, dtype=bool)[columns.specialty]
        allowed &= ~baseless | _of_programs(columns, options.must_include)
    allowed &= ~_of_programs(columns, options.must_exclude)
    return np.asarray(allowed, dtype=bool)


def _of_programs(columns: Columns, track_ids: Sequence[str]) -> Flags:
    """(n,) every track of the programs that ``track_ids`` name; unknown ids name none."""
    found = np.zeros(len(columns), dtype=bool)
    for track_id in track_ids:
        row = columns.row_of.get(track_id)
        if row is not None:
            found[list(columns.rows_of_program[int(columns.program[row])])] = True
    return found


def best_tracks(columns: Columns, rows: Ints, log_odds: Floats) -> Ints:
    """Of ``rows`` (ascending), one track a program: of those not for one year only, else of those, the best
    odds, then the first id. Ascending."""
    several = columns.siblings[rows]
    alone, shared = rows[~several], rows[several]
    if not len(shared):
        return alone
    program = columns.program[shared]
    odds = np.round(log_odds[shared], DECIMALS)
    order = np.lexsort((shared, -odds, columns.year_only[shared], program))
    first = np.ones(len(order), dtype=bool)
    first[1:] = program[order][1:] != program[order][:-1]
    return np.sort(np.concatenate((alone, shared[order[first]])))


def required_of(columns: Columns, programs: Ints, options: Options) -> Ints:
    """Of ``programs`` (one track each), those that must be in the list.

    Raises ProgramsBarred, with the catalogue rows asked for, where one of them is not among those that may
    be: closed by a strict rule, not asked for, an old listing, or excluded.
    Raises ListInfeasible for an id that is not in the catalogue.
    """
    if not options.must_include:
        return programs[:0]
    unknown = [name for name in options.must_include if name not in columns.row_of]
    if unknown:
        raise ListInfeasible(f"no program has the id {unknown[0]}", ())
    must = np.array([columns.row_of[name] for name in options.must_include], dtype=np.int64)
    barred = must[~np.isin(columns.program[must], columns.program[programs])]
    if len(barred):
        raise ProgramsBarred("a program that must be in the list may not be picked", tuple(barred.tolist()))
    return programs[np.isin(columns.program[programs], columns.program[must])]


def contenders(columns: Columns, rows: Ints, p: Floats, usual: Flags, most: int) -> Ints:
    """Of ``rows``, those that can be picked for a list of ``most`` in some scope: exact, not a guess.

    ``p`` and ``usual`` (n,): programs of one specialty and ring whose unknown part has the usual width are in
    one order at every node of luck, so only the first ``most`` of each can be picked; those for one year
    only, which come after the others, are apart. The few of another width are all kept.
    """
    if not len(rows):
        return rows
    group = (columns.specialty[rows] * len(RINGS) + columns.ring[rows]) * 2 + columns.year_only[rows]
    order = np.lexsort((-p[rows], group))
    grouped, sorted_p = group[order], p[rows][order]
    bounds = (grouped[1:] != grouped[:-1]).nonzero()[0] + 1
    ends = np.concatenate((bounds, [len(order)]))
    sizes = np.diff(ends, prepend=0)
    starts = ends - sizes
    last_needed = sorted_p[starts + np.minimum(sizes, most) - 1]
    keep = ~usual[rows]
    keep[order] |= sorted_p >= np.repeat(last_needed, sizes) * (1 - MARGIN)
    return np.asarray(rows[keep], dtype=np.int64)
