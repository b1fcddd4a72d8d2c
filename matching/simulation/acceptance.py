"""The match itself: applicant-proposing deferred acceptance with places, on arrays of pairs.

Without couples the algorithm of Roth and Peranson (1999) is applicant-proposing deferred acceptance (Gale and
Shapley 1962), and its outcome is the one stable matching that is best for every applicant at once. Couples
are left out here.
"""

from heapq import heappush, heappushpop

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Singles = NDArray[np.float32]
Flags = NDArray[np.bool_]


def deferred_acceptance(
    applicant: Ints, program: Ints, preference: Singles, rating: Singles, *, places: Ints, applicants: int
) -> Ints:
    """The program each applicant is matched with, -1 where with none: (applicants,).

    One entry (e,) a pair that ranks each other: ``preference`` of the applicant, ``rating`` by the program,
    the higher the better; equal ones go to the lower program and the lower applicant. ``places`` (programs,).
    Raises ValueError where shapes do not fit or a pair stands twice.
    """
    _check(applicant, program, preference, rating)
    if not np.diff(np.sort(applicant * len(places) + program)).all():
        raise ValueError("a pair stands twice")
    order = np.lexsort((program, -preference, applicant))
    by_worth = np.lexsort((applicant, -rating, program))[::-1]
    worth = np.empty(len(order), dtype=np.int64)
    worth[by_worth] = np.arange(len(order))
    owner = applicant[by_worth].tolist()
    asked = np.searchsorted(applicant[order], np.arange(applicants + 1)).tolist()
    held = _proposals(program[order].tolist(), worth[order].tolist(), owner, asked, places.tolist())
    matched = np.full(applicants, -1, dtype=np.int64)
    for number, here in enumerate(held):
        matched[[owner[one] for one in here]] = number
    return matched


def _proposals(
    wanted: list[int], worth: list[int], owner: list[int], asked: list[int], places: list[int]
) -> list[list[int]]:
    """What each program holds in the end, as worths. Entries stand in order of applicant and liking; those
    of an applicant begin at ``asked``; ``owner`` names the applicant of a worth."""
    held: list[list[int]] = [[] for _ in places]
    at, ends = asked[:-1], asked[1:]
    for first in range(len(at)):
        free = first
        while at[free] < ends[free]:
            entry = at[free]
            at[free] += 1
            here, room = held[wanted[entry]], places[wanted[entry]]
            if len(here) < room:
                heappush(here, worth[entry])
                break
            if room:
                free = owner[heappushpop(here, worth[entry])]
    return held


def blocking_pairs(
    applicant: Ints,
    program: Ints,
    preference: Singles,
    rating: Singles,
    *,
    places: Ints,
    matched: Ints,
) -> Ints:
    """Entries whose two sides would rather have each other than what ``matched`` gives them.

    None where the matching is stable. Ties are broken as in ``deferred_acceptance``. Raises ValueError where
    someone is matched with a program that is not among the pairs, or a program has more than its places.
    """
    _check(applicant, program, preference, rating)
    mine = matched[applicant] == program
    if np.bincount(applicant[mine], minlength=len(matched)).sum() != (matched >= 0).sum():
        raise ValueError("someone is matched with a program that does not rank them")
    taken = np.bincount(program[mine], minlength=len(places))
    if (taken > places).any():
        raise ValueError("a program has more than its places")
    entries = np.arange(len(applicant))
    wish, worth = np.empty_like(entries), np.empty_like(entries)
    wish[np.lexsort((program, -preference, applicant))] = entries
    worth[np.lexsort((applicant, -rating, program))] = entries
    got = np.full(len(matched), len(entries))
    got[applicant[mine]] = wish[mine]
    worst = np.full(len(places), -1)
    np.maximum.at(worst, program[mine], worth[mine])
    would = (taken < places)[program] | (worth < worst[program])
    return np.flatnonzero((wish < got[applicant]) & would & (places > 0)[program])


def _check(applicant: Ints, program: Ints, preference: Singles, rating: Singles) -> None:
    shapes = {applicant.shape, program.shape, preference.shape, rating.shape}
    if len(shapes) != 1 or applicant.ndim != 1:
        raise ValueError(f"one entry a pair is needed, got {sorted(shapes)}")
