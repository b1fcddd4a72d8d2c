"""Moves of tiers counted by group. Pure: rows in, groups out.

A program on a list is looked at once. The advisor's last word on it counts: likelier than we say (towards
safety), less likely (towards reach), or back where it was, which is no move. A program that had no tier to
be moved from is left out of both sides of a share.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

LIKELIHOOD = {"reach": 0, "target": 1, "safety": 2}
FEW = 30  # programs looked at; of fewer a share says little
Z = 1.959964  # 95% to both sides


@dataclass(frozen=True, slots=True)
class Facets:
    """What a look is grouped by."""

    specialty: str
    ring: str
    kind: str
    band: str


FACETS: Mapping[str, Callable[[Facets], str]] = {
    "specialty": lambda facets: facets.specialty,
    "ring": lambda facets: facets.ring,
    "kind": lambda facets: facets.kind,
    "band": lambda facets: facets.band,
}


@dataclass(frozen=True, slots=True)
class Move:
    """``listed``: the program is on the list still, and so among what was looked at already."""

    review: str
    program: str
    tier_from: str
    tier_to: str
    reason: str
    private: bool
    listed: bool
    facets: Facets


@dataclass(slots=True)
class Group:
    """``up``: judged likelier; ``down``: less likely. ``lists``: those with a move."""

    name: str
    looked_at: int = 0
    up: int = 0
    down: int = 0
    private: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    lists: set[str] = field(default_factory=set)

    @property
    def moved(self) -> int:
        return self.up + self.down

    @property
    def few(self) -> bool:
        return self.looked_at < FEW


@dataclass(frozen=True, slots=True)
class Counted:
    """``facets``: groups by name within each of FACETS; ``paths``: moves by (from, to); ``without``: moves
    of programs that had no tier."""

    total: Group
    facets: Mapping[str, Mapping[str, Group]]
    by_reason: Mapping[str, Group]
    paths: Counter[tuple[str, str]]
    without: int


def counted(looks: Mapping[str, Mapping[str, int]], moves: Iterable[Move]) -> Counted:
    """``looks``: programs with a tier on reviewed lists, by facet and group; ``moves``: the first first."""
    total = Group("all", sum(looks.get("specialty", {}).values()))
    groups = {
        facet: {name: Group(name, number) for name, number in looks.get(facet, {}).items()}
        for facet in FACETS
    }
    by_reason: dict[str, Group] = {}
    paths: Counter[tuple[str, str]] = Counter()
    last = _last(moves)
    tiered = [(start, move) for start, move in last if start in LIKELIHOOD]
    for start, move in tiered:
        mine = [
            groups[facet].setdefault(of(move.facets), Group(of(move.facets))) for facet, of in FACETS.items()
        ]
        for group in (total, *mine):
            group.looked_at += not move.listed
        if start == move.tier_to:
            continue
        paths[start, move.tier_to] += 1
        reason = by_reason.setdefault(move.reason, Group(move.reason))
        for group in (total, *mine, reason):
            _add(group, start, move)
    for group in by_reason.values():
        group.looked_at = total.looked_at
    for group in (total, *(group for facet in groups.values() for group in facet.values())):
        group.looked_at = max(group.looked_at, group.moved)  # a list was written to between two queries
    return Counted(total, groups, by_reason, paths, len(last) - len(tiered))


def _last(moves: Iterable[Move]) -> list[tuple[str, Move]]:
    """Of each program on a list where it stood first and the last move of it."""
    starts: dict[tuple[str, str], str] = {}
    lasts: dict[tuple[str, str], Move] = {}
    for move in moves:
        key = (move.review, move.program)
        starts.setdefault(key, move.tier_from)
        lasts[key] = move
    return [(starts[key], move) for key, move in lasts.items()]


def _add(group: Group, start: str, move: Move) -> None:
    if LIKELIHOOD[move.tier_to] > LIKELIHOOD[start]:
        group.up += 1
    else:
        group.down += 1
    group.private += move.private
    group.reasons[move.reason] += 1
    group.lists.add(move.review)


def wilson(hits: int, of: int, z: float = Z) -> tuple[float, float]:
    """Wilson's (1927) range of a share, for looks that do not hang together."""
    if not of:
        return 0.0, 1.0
    share = hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(middle - half, 0.0), min(middle + half, 1.0)
