"""An upper bound on what any list within the limits can bring, certified by a concave relaxation.

With x a version of each program in or out (a version: without a signal, or with one), the objective is

    f(x) = Σ_k W_k (1 - exp(Σ_j x_j log(1 - w p_jk)))

exactly at whole x, and concave in between. So f(x₀) + max_S ∇f(x₀)·(1_S - x₀) over the lists S within the
limits bounds every list, whatever x₀. The maximum of that line over whole lists is exact in the number of
programs a specialty and dollars (all count vectors within the limits are looked at); where signals are
placed it is bounded by Lagrange multipliers, exact at the best count. Frank and Wolfe's steps move x₀ so
that the bound falls.
"""

from dataclasses import dataclass, field
from itertools import product

import numpy as np
from scipy.optimize import linear_sum_assignment

from matching.scoring.board import Board
from matching.scoring.list_rules import UNSIGNALLED, Candidates, ListRules
from matching.scoring.luck import FloatArray, Nodes
from matching.scoring.match_chance import IntArray

STEPS = 60
ENOUGH = 2e-6  # a bound this near to what is reached needs no better


@dataclass
class _Specialty:
    """The versions of one specialty's programs within the scope: (m,) unsignalled, (2, m) signalled or -1."""

    plain: IntArray
    signalled: IntArray
    counts: tuple[int, int]
    prices: list[FloatArray] = field(default_factory=list)

    def values(self, slope: FloatArray) -> FloatArray:
        """(m, 3) what the stronger signal, the weaker and none are worth; -inf where impossible."""
        found = np.full((self.plain.size, 3), -np.inf)
        for slot in (0, 1):
            has = self.signalled[slot] >= 0
            found[has, slot] = slope[self.signalled[slot][has]]
        found[:, UNSIGNALLED] = slope[self.plain]
        return found

    def most(self, value: FloatArray, most: int) -> FloatArray:
        """(most + 1,) at least the worth of the best 0, 1 … programs with signals."""
        bound = np.full(most + 1, np.inf)
        for price in self.prices:
            net = (value - np.append(price, 0.0)).max(axis=1)
            top = -np.sort(-net)[:most]
            sums = np.append(0.0, np.cumsum(np.maximum(top, 0.0)))
            whole = np.append(sums, np.full(most - top.size, sums[-1]))
            bound = np.minimum(bound, whole + price @ np.array(self.counts, dtype=float))
        return bound

    def choose(self, value: FloatArray, slots: list[int]) -> tuple[float, IntArray, IntArray]:
        """The best programs for these slots: their worth, the programs and the slot of each."""
        table = np.where(np.isfinite(value), value, value[:, UNSIGNALLED:])[:, slots]
        rows, taken = linear_sum_assignment(table, maximize=True)
        return float(table[rows, taken].sum()), rows, np.array(slots, dtype=np.intp)[taken]

    def slots(self, count: int) -> list[int]:
        strong, weak = self.counts
        first = [0] * min(strong, count)
        second = [1] * min(weak, count - len(first))
        return first + second + [UNSIGNALLED] * (count - len(first) - len(second))

    def price_at(self, value: FloatArray, count: int) -> None:
        """Multipliers that make the bound exact at this count: what one signal more would be worth."""
        slots = self.slots(count)
        strong, weak = self.counts
        free = 0 if count < strong else 1 if count < strong + weak else UNSIGNALLED
        price = np.zeros(2)
        kept = slots if count < len(value) else slots[:-1]
        if count:
            spare = self.choose(value, [*kept, free])[0]
            for slot in range(free):
                price[slot] = max(self.choose(value, [*kept, slot])[0] - spare, 0.0)
        self.prices.append(price)


def upper_bound(
    candidates: Candidates, rules: ListRules, nodes: Nodes, *, scope: int, reached: IntArray | None = None
) -> float:
    """No list within the limits brings more. ``reached``: versions of a good list, to begin from."""
    board = Board(candidates, rules, nodes)
    fall = -np.log(board.missed)
    parts = _specialties(board, scope)
    counts = _count_vectors(rules, [part.plain.size for part in parts], _codes(board, scope))
    x = np.zeros(len(fall))
    if reached is not None:
        x[reached] = 1.0
    best = np.inf
    for _ in range(STEPS):
        left = board.start * np.exp(-x @ fall)
        here = board.start.sum() - left.sum()
        slope = fall @ left
        line, corner = _best_corner(parts, counts, slope)
        best = min(best, float(here + line - slope @ x))
        if best - here < ENOUGH:
            break
        x = x + _step(board.start, fall, x, corner - x) * (corner - x)
    return best


def _codes(board: Board, scope: int) -> list[int]:
    inside = board.candidates.allowed & (board.candidates.scope <= scope)
    return sorted(set(board.candidates.specialty[inside].tolist()))


def _specialties(board: Board, scope: int) -> list[_Specialty]:
    inside = board.candidates.allowed & (board.candidates.scope <= scope)
    version = np.array(board.version)
    parts = []
    for code in _codes(board, scope):
        rows = np.flatnonzero(inside & (board.candidates.specialty == code))
        signalled = np.where(version[:2, rows] == rows, -1, version[:2, rows])
        strong, weak = board.counts[code].tolist()
        part = _Specialty(rows, signalled, (strong, weak))
        part.prices.append(np.zeros(2))
        parts.append(part)
    return parts


def _count_vectors(rules: ListRules, sizes: list[int], codes: list[int]) -> IntArray:
    """Every vector of counts by specialty within the limits that no other one holds: (vectors, parts)."""
    most = rules.max_applications
    ranges = [range(min(size, most) + 1) for size in sizes]
    if not ranges:
        return np.zeros((1, 0), dtype=np.intp)
    grid = np.stack(np.meshgrid(*ranges, indexing="ij"), axis=-1).reshape(-1, len(ranges))
    usd = np.zeros(len(grid), dtype=np.int64)
    for column, code in enumerate(codes):
        paid = np.append(0, np.cumsum(rules.step_usd[code]))
        usd += paid[grid[:, column]]
    fits = grid.sum(axis=1) <= most
    if rules.max_usd is not None:
        fits &= usd <= rules.max_usd
    table = np.zeros([len(one) + 1 for one in ranges], dtype=bool)
    table[tuple(grid[fits].T)] = True
    kept = table[tuple(grid.T)]
    for column in range(len(ranges)):
        kept &= ~table[tuple((grid + (np.arange(len(ranges)) == column)).T)]
    maximal: IntArray = grid[kept]
    return maximal


def _best_corner(parts: list[_Specialty], counts: IntArray, slope: FloatArray) -> tuple[float, FloatArray]:
    """At least the most that ``slope`` is worth on any list, and a list worth about that."""
    most = int(counts.max(initial=0))
    values = [part.values(slope) for part in parts]
    at = counts[0]
    line = np.inf
    for _ in range(4):
        worth = np.zeros(len(counts))
        for column, (part, value) in enumerate(zip(parts, values, strict=True)):
            part.prices = part.prices[-4:]
            worth += part.most(value, most)[counts[:, column]]
        at = counts[int(worth.argmax())]
        if worth.max() >= line * (1 - 1e-9):
            break
        line = float(worth.max())
        for part, value, count in zip(parts, values, at.tolist(), strict=True):
            if sum(part.counts):
                part.price_at(value, count)
    corner = np.zeros(len(slope))
    for part, value, count in zip(parts, values, at.tolist(), strict=True):
        _, rows, slots = part.choose(value, part.slots(count))
        versions = np.where(slots == UNSIGNALLED, part.plain[rows], 0)
        for slot in (0, 1):
            sent = part.signalled[slot][rows]
            versions = np.where(slots == slot, np.where(sent >= 0, sent, part.plain[rows]), versions)
        corner[versions] = 1.0
    return float(worth.max()), corner


def _step(start: FloatArray, fall: FloatArray, x: FloatArray, toward: FloatArray) -> float:
    """How far to go: where the slope along the way falls to zero, by bisection."""
    along = toward @ fall
    at = x @ fall
    low, high = 0.0, 1.0
    if float((start * np.exp(-at - along)) @ along) >= 0.0:
        return 1.0
    for _ in range(40):
        middle = (low + high) / 2
        if float((start * np.exp(-at - middle * along)) @ along) > 0.0:
            low = middle
        else:
            high = middle
    return low


def best_of_all(candidates: Candidates, rules: ListRules, nodes: Nodes, *, scope: int) -> float:
    """The most any list brings, by trying every one: for a handful of programs."""
    board = Board(candidates, rules, nodes)
    inside = np.flatnonzero(candidates.allowed & (candidates.scope <= scope)).tolist()
    choices = [[-1, *sorted({board.version[slot][row] for slot in (0, 1, UNSIGNALLED)})] for row in inside]
    best = 0.0
    for taken in product(*choices):
        versions = np.array([version for version in taken if version >= 0], dtype=np.intp)
        if _within(board, versions):
            left = float(board.start @ board.missed[versions].prod(axis=0))
            best = max(best, float(board.start.sum()) - left)
    return best


def _within(board: Board, versions: IntArray) -> bool:
    rules, rows = board.rules, board.row_of[versions]
    codes = board.candidates.specialty[rows]
    if rows.size > rules.max_applications:
        return False
    sent = board.slot_of[versions]
    for code in set(codes.tolist()):
        for slot in (0, 1):
            if int(((codes == code) & (sent == slot)).sum()) > board.counts[code, slot]:
                return False
    usd = sum(int(rules.step_usd[code, : codes.tolist().count(code)].sum()) for code in set(codes.tolist()))
    return rules.max_usd is None or usd <= rules.max_usd
