"""Picking programs one by one, best gain per dollar first: the inner loop of the list.

The chances of no match yet, ``Q_k = Π (1 - w p_jk)`` at each node of luck, are kept as the list grows, so
the gain of a program is one short dot product.
"""

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from matching.scoring.list_rules import Candidates, ListRules
from matching.scoring.luck import FloatArray, Nodes, chances_check
from matching.scoring.match_chance import BoolArray, IntArray

# Equal chances reach us an ulp or two apart; a step this small a row, far below the 1e-9 to which
# log-odds are rounded, lets the lower index win without hiding a real difference.
_TIE_STEP = 1e-14
_ROUNDING = 1e-12
_LEAST_USD = 0.01  # a program that costs nothing is compared as if it cost a cent


@dataclass(slots=True)
class Growing:
    """A list being picked. ``open_z``: weight still unmatched by node, for all and, if weighed, for LA."""

    open_z: FloatArray
    counts: list[int]
    left: int | None
    order: list[int] = field(default_factory=list)


class Board:
    """What the four scopes share: each program's worth, its factors and its prices."""

    def __init__(self, candidates: Candidates, rules: ListRules, nodes: Nodes) -> None:
        p_z, in_la = candidates.p_z, candidates.in_la
        chances_check(p_z, nodes)
        if p_z.size and not 0 <= candidates.specialty.min() <= candidates.specialty.max() < len(
            rules.step_usd
        ):
            raise ValueError(f"a specialty has no row in step_usd {rules.step_usd.shape}")
        self.nodes = nodes
        self.rules = rules
        self.candidates = candidates
        self.paid, self.spread = _prices(rules.step_usd.tobytes(), rules.step_usd.shape)
        self.missed = 1.0 - rules.willing * p_z
        self.start = nodes.weight
        self.worth = p_z
        if rules.la_weight:
            self.start = np.concatenate([nodes.weight, rules.la_weight * nodes.weight])
            self.worth = np.concatenate([p_z, p_z * in_la[:, None]], axis=1)
            self.missed = np.concatenate([self.missed, np.where(in_la[:, None], self.missed, 1.0)], axis=1)
        first = np.array([row[0] for row in self.spread])[candidates.specialty]
        weighed = (1.0 - _TIE_STEP * np.arange(p_z.shape[0])) / first
        self.per_usd = self.worth * weighed[:, None]
        self.order, self.chain = _chains(p_z, candidates.specialty, in_la)

    def chains_of(self, index: IntArray) -> list[list[int]]:
        """The candidates ``index``, chain by chain, each chain from its best to its worst."""
        wanted = np.zeros(self.order.size, dtype=bool)
        wanted[index] = True
        kept = wanted[self.order]
        rows, chain = self.order[kept], self.chain[kept]
        cuts = (np.flatnonzero(chain[1:] != chain[:-1]) + 1).tolist()
        listed = rows.tolist()
        return [listed[i:j] for i, j in zip([0, *cuts], [*cuts, len(listed)], strict=True) if j > i]


def grow(board: Board, growing: Growing, index: IntArray) -> None:
    """Pick from the candidates ``index``, best gain per dollar first, until a limit is met.

    Only the head of each chain is looked at: what stands behind it is worth no more at any node of luck.
    """
    room = min(board.rules.max_applications - len(growing.order), index.size)
    chains = board.chains_of(index)
    codes = board.candidates.specialty[[chain[0] for chain in chains]] if chains else index
    rows = np.array([board.per_usd[chain[0]] for chain in chains]).reshape(len(chains), board.start.size)
    for code, count in enumerate(growing.counts):
        if count:
            rows[codes == code] *= board.spread[code][0] / board.spread[code][count]
    ratio, at, code_of = np.empty(len(chains)), [0] * len(chains), codes.tolist()
    per_usd, open_z, look = board.per_usd, growing.open_z, rows.dot
    while room:
        best = int(look(open_z, ratio).argmax())
        if ratio[best] <= 0.0:
            _fill(board, growing, sorted(set(index.tolist()) - set(growing.order)))
            return
        code, chain = code_of[best], chains[best]
        if not _pick(board, growing, chain[at[best]], code):
            rows[codes == code] = -1.0  # nothing of this specialty can be paid for any more
            continue
        room -= 1
        count, spread = growing.counts[code], board.spread[code]
        at[best] += 1
        if at[best] == len(chain):
            rows[best] = -1.0
        elif spread[0] == spread[count - 1]:
            rows[best] = per_usd[chain[at[best]]]
        else:
            np.multiply(per_usd[chain[at[best]]], spread[0] / spread[count - 1], out=rows[best])
        if spread[count] != spread[count - 1]:
            rows[codes == code] *= spread[count - 1] / spread[count]


def _pick(board: Board, growing: Growing, row: int, code: int) -> bool:
    """Add a candidate if the money left pays for it."""
    if growing.left is not None:
        usd = board.paid[code][growing.counts[code]]
        if usd > growing.left:
            return False
        growing.left -= usd
    growing.open_z *= board.missed[row]
    growing.counts[code] += 1
    growing.order.append(row)
    return True


def prices_paid(board: Board, order: IntArray) -> tuple[IntArray, FloatArray]:
    """What each pick of ``order`` added to the fees, and the price it was compared at: (s,) each."""
    codes = board.candidates.specialty[order]
    usd, spread = np.zeros(order.size, dtype=np.int64), np.zeros(order.size)
    for code in set(codes.tolist()):
        of_code = np.flatnonzero(codes == code)
        usd[of_code] = board.paid[code][: of_code.size]
        spread[of_code] = board.spread[code][: of_code.size]
    return usd, spread


def _fill(board: Board, growing: Growing, rows: list[int]) -> None:
    """Programs that add nothing still fill a list's limits, in order of index."""
    specialty = board.candidates.specialty
    for row in rows:
        if len(growing.order) == board.rules.max_applications:
            return
        _pick(board, growing, row, int(specialty[row]))


def _chains(p_z: FloatArray, specialty: IntArray, in_la: BoolArray) -> tuple[IntArray, IntArray]:
    """All candidates in an order, and by position the chain each belongs to.

    Along a chain (one specialty, in Los Angeles or not) nobody has a better chance at any node than the one
    before, so nobody can be the better pick. Chances that differ by rounding alone count as equal, and the
    lower index stands first.
    """
    n, k = p_z.shape
    group = specialty * 2 + in_la
    order = np.lexsort((np.arange(n), -np.round(p_z[:, k // 2], 13), group))
    ahead, behind = p_z[order[:-1]], p_z[order[1:]]
    breaks = (behind > ahead * (1.0 + _ROUNDING)).any(axis=1)
    breaks |= group[order[1:]] != group[order[:-1]]
    chain = np.zeros(n, dtype=np.intp)
    np.cumsum(breaks, out=chain[1:])
    return order, chain


@lru_cache(maxsize=32)
def _prices(raw: bytes, shape: tuple[int, int]) -> tuple[list[list[int]], list[list[float]]]:
    """Prices by specialty and count as plain numbers, as paid and spread; shared, never changed."""
    paid: list[list[int]] = np.frombuffer(raw, dtype=np.int64).reshape(shape).tolist()
    return paid, [_spread(row) for row in paid]


def _spread(prices: list[int]) -> list[float]:
    """Prices that never fall: one paid once for several programs is shared among them.

    One entry more than there are prices, for the count after the last of them.
    """
    pools: list[tuple[int, int]] = []
    for price in prices:
        total, width = price, 1
        while pools and pools[-1][0] * width >= total * pools[-1][1]:
            total, width = total + pools[-1][0], width + pools[-1][1]
            pools.pop()
        pools.append((total, width))
    spread = [max(total / width, _LEAST_USD) for total, width in pools for _ in range(width)]
    return [*spread, spread[-1] if spread else _LEAST_USD]
