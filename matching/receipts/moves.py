"""Which programs moved, in groups, each program in the first group that fits it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matching.catalogue import LoadedCatalogue
from matching.scoring.answer import Whole

KEPT = 40  # programs of a group told with their causes; the others are counted
KEPT_ODDS = 15
LEAST = 0.005  # of the chance of an interview: less is not told as a move
NOT_SCORED = -1


@dataclass(frozen=True, slots=True)
class State:
    """A program at one end. ``row`` of its catalogue; ``tier`` code, or -1 where it is not scored."""

    row: int
    p: float
    tier: int
    listed: bool
    closed: bool
    asked: bool


@dataclass(frozen=True, slots=True)
class Move:
    """``before`` or ``after`` None: the catalogue of that end does not hold the program."""

    id: str
    before: State | None
    after: State | None

    @property
    def size(self) -> float:
        if self.before is None or self.after is None:
            return 0.0
        return float(np.nan_to_num(abs(self.after.p - self.before.p)))

    @property
    def listed(self) -> bool:
        return any(state.listed for state in (self.before, self.after) if state)


@dataclass(frozen=True)
class Moves:
    """``groups``: by code, the moves kept of it and how many there are in all. ``same``: programs on both
    lists that are in no group."""

    groups: dict[str, tuple[tuple[Move, ...], int]]
    same: int


GROUPS = ("new", "gone", "opened", "closed", "entered", "left", "tier", "odds")


def moves_of(first: dict[str, State], last: dict[str, State]) -> Moves:
    found: dict[str, list[Move]] = {code: [] for code in GROUPS}
    same = 0
    for name in dict.fromkeys((*first, *last)):
        move = Move(name, first.get(name), last.get(name))
        code = _group(move)
        if code:
            found[code].append(move)
        elif move.before and move.after and move.before.listed and move.after.listed:
            same += 1
    return Moves({code: _kept(code, moves) for code, moves in found.items() if moves}, same)


def states_of(catalogue: LoadedCatalogue, whole: Whole) -> dict[str, State]:
    """Every track of a catalogue as an answer has it, by id."""
    columns = (whole.p, whole.tier, whole.selected, whole.closed, whole.asked)
    rows = zip(catalogue.tracks, *(column.tolist() for column in columns), strict=True)
    return {
        track.id: State(row, 0.0 if closed else p, tier, listed, closed, asked)
        for row, (track, p, tier, listed, closed, asked) in enumerate(rows)
    }


def _group(move: Move) -> str:
    before, after = move.before, move.after
    if before is None or after is None:
        state = after or before
        told = state is not None and (state.asked or state.listed)
        return ("gone" if after is None else "new") if told else ""
    if before.asked and after.asked and before.closed != after.closed:
        return "closed" if after.closed else "opened"
    if before.listed != after.listed:
        return "entered" if after.listed else "left"
    if not (before.asked and after.asked):
        return ""
    if before.tier != after.tier and NOT_SCORED not in (before.tier, after.tier):
        return "tier"
    return "odds" if move.size >= LEAST else ""


def _kept(code: str, moves: list[Move]) -> tuple[tuple[Move, ...], int]:
    """Those on a list first, then the largest."""
    ordered = sorted(moves, key=lambda move: (not move.listed, -move.size, move.id))
    return tuple(ordered[: KEPT_ODDS if code == "odds" else KEPT]), len(moves)


def moved_rows(moves: Moves) -> Iterator[Move]:
    for kept, _ in moves.groups.values():
        yield from kept
