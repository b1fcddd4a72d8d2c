"""Picking programs one by one, best gain per dollar first: the inner loop of the list.

Several lists grow side by side, a pick each a round, so that one small batched product looks at all of
them. The chances of no match yet, ``Q_k = Π (1 - w p_jk)`` at each node of luck, are kept as a list grows,
so the gain of a program is one short dot product. Only the head of each chain is looked at: what stands
behind it is worth no more at any node of luck, with the same signal or without.
"""

from dataclasses import dataclass, field

import numpy as np

from matching.scoring.board import Board
from matching.scoring.list_rules import STRONG, UNSIGNALLED, WEAK
from matching.scoring.luck import FloatArray
from matching.scoring.match_chance import BoolArray, IntArray

_CLOSED = -1.0  # of a chain that nothing can be picked from any more


@dataclass(slots=True)
class Growing:
    """A list being picked: ``counts`` by specialty, ``left`` dollars or None, ``order`` versions picked."""

    counts: list[int]
    left: int | None
    order: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Race:
    """One list on its way. By chain: its programs, specialty, the place its head stands at, and the versions
    its picks take now; by specialty: ``turn``, the count at which price or signal change next."""

    growing: Growing
    chains: list[list[int]]
    codes: list[int]
    at: list[int]
    versions: list[list[int]]
    slots: list[list[int]]
    before: list[int]
    turn: list[int]
    room: int


def grow(
    board: Board, lists: list[Growing], open_z: FloatArray, wanted: list[BoolArray], *, signals: list[bool]
) -> None:
    """Let every list pick from its candidates ``wanted`` (n,), best gain per dollar first, to a limit.

    ``open_z`` (lists, K or 2K), weight still unmatched by node, is brought forward in place. ``signals``:
    whether a list's picks take their specialty's signals, the stronger first. A program that the money left
    cannot pay for is passed over, and with it its specialty, which can only get dearer.
    """
    chains = {flags.tobytes(): flags for flags in wanted}
    found = {key: board.chains_of(flags) for key, flags in chains.items()}
    races = [
        _race(board, growing, found[flags.tobytes()], sending)
        for growing, flags, sending in zip(lists, wanted, signals, strict=True)
    ]
    heads, price = _starts(board, races)
    running = [i for i, race in enumerate(races) if race.room]
    nothing = len(board.missed)
    missed = np.concatenate([board.missed, np.ones((1, open_z.shape[1]))])
    picked, factor = np.full(len(races), nothing), np.empty_like(open_z)
    gain, column, weighed = np.empty((*price.shape, 1)), open_z[:, :, None], board.weighed
    ratio = gain[:, :, 0]
    while running:
        np.matmul(heads, column, out=gain)
        np.multiply(ratio, price, out=ratio)
        stopped = False
        for i, b in zip(running, ratio.argmax(axis=1)[running].tolist(), strict=True):
            race = races[i]
            if ratio.item(i, b) <= 0.0:
                _fill(board, race, wanted[i])
                picked[i], stopped = nothing, True
                continue
            growing, code = race.growing, race.codes[b]
            count = growing.counts[code]
            if growing.left is not None and not _paid(board, race, code, price[i]):
                picked[i] = nothing
                continue
            chain, at = race.chains[b], race.at[b] + 1
            picked[i] = version = race.versions[b][chain[at - 1]]
            growing.order.append(version)
            growing.counts[code] = count + 1
            race.at[b] = at
            race.room -= 1
            if not race.room:
                stopped = True
            if at == len(chain):
                price[i, b] = _CLOSED
            else:
                heads[i, b] = weighed[race.versions[b][chain[at]]]
            if count + 1 == race.turn[code]:
                _turn(board, race, code, heads[i], price[i])
        open_z *= missed.take(picked, axis=0, out=factor)
        if stopped:
            running = [i for i in running if races[i].room]
            picked.fill(nothing)


def _race(board: Board, growing: Growing, chains: list[list[int]], sending: bool) -> _Race:
    specialty = board.candidates.specialty
    slots = board.slots_by_count() if sending else [[] for _ in board.paid]
    codes = [int(specialty[chain[0]]) for chain in chains]
    race = _Race(
        growing=growing,
        chains=chains,
        codes=codes,
        at=[0] * len(chains),
        versions=[board.version[slots[code][0] if slots[code] else UNSIGNALLED] for code in codes],
        slots=slots,
        before=list(growing.counts),
        turn=[0] * len(board.paid),
        room=min(board.rules.max_applications - len(growing.order), sum(map(len, chains))),
    )
    for code in set(codes):
        race.turn[code] = _next_turn(board, race, code)
    return race


def _next_turn(board: Board, race: _Race, code: int) -> int:
    """The next count of a specialty at which its price or its signal is another."""
    count, slots = race.growing.counts[code], race.slots[code]
    turns = [at for at in board.turns[code] if at > count]
    sent = count - race.before[code]
    if sent < len(slots):
        turns.append(
            count
            + (slots[sent:].index(WEAK) if slots[sent] == STRONG and WEAK in slots else len(slots) - sent)
        )
    return min(turns, default=-1)


def _turn(board: Board, race: _Race, code: int, heads: FloatArray, price: FloatArray) -> None:
    """Bring every head of a specialty to its new price and signal."""
    count, slots = race.growing.counts[code], race.slots[code]
    sent = count - race.before[code]
    versions = board.version[slots[sent] if sent < len(slots) else UNSIGNALLED]
    for c, other in enumerate(race.codes):
        if other == code and race.at[c] < len(race.chains[c]):
            race.versions[c] = versions
            heads[c] = board.weighed[versions[race.chains[c][race.at[c]]]]
            price[c] = 1.0 / board.spread[code][count]
    race.turn[code] = _next_turn(board, race, code)


def _starts(board: Board, races: list[_Race]) -> tuple[FloatArray, FloatArray]:
    """The worth of every chain's head (lists, chains, K or 2K), and one over its price, below 0 if none."""
    widest = max((len(race.chains) for race in races), default=0)
    heads = np.zeros((len(races), max(widest, 1), board.start.size))
    price = np.full(heads.shape[:2], _CLOSED)
    for i, race in enumerate(races):
        count = race.growing.counts
        if race.chains:
            first = [version[chain[0]] for version, chain in zip(race.versions, race.chains, strict=True)]
            heads[i, : len(first)] = board.weighed[first]
            price[i, : len(first)] = [1.0 / board.spread[code][count[code]] for code in race.codes]
    return heads, price


def _paid(board: Board, race: _Race, code: int, price: FloatArray) -> bool:
    """Pay for one program more of a specialty, or close it for good."""
    growing = race.growing
    usd = board.paid[code][growing.counts[code]]
    assert growing.left is not None
    if usd > growing.left:
        price[[c for c, other in enumerate(race.codes) if other == code]] = _CLOSED
        return False
    growing.left -= usd
    return True


def _fill(board: Board, race: _Race, wanted: BoolArray) -> None:
    """Programs that add nothing still fill a list's limits, in order of index."""
    growing, specialty = race.growing, board.candidates.specialty
    had = {int(board.row_of[version]) for version in growing.order}
    for row in wanted.nonzero()[0].tolist():
        if not race.room:
            return
        code = int(specialty[row])
        usd = board.paid[code][growing.counts[code]]
        if row in had or (growing.left is not None and usd > growing.left):
            continue
        if growing.left is not None:
            growing.left -= usd
        growing.counts[code] += 1
        growing.order.append(row)
        race.room -= 1
    race.room = 0


def versions_of(lists: list[Growing]) -> list[IntArray]:
    """The versions of each list as picked."""
    return [np.array(growing.order, dtype=np.intp) for growing in lists]
