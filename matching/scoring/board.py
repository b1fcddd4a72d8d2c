"""What every list picked for one applicant shares: the worth of each program, with and without a signal.

A *version* is a candidate without a signal (its own row number), or with its specialty's stronger or weaker
one. Picking and placing signals is choosing versions.
"""

from functools import lru_cache

import numpy as np

from matching.scoring.list_rules import STRONG, UNSIGNALLED, WEAK, Candidates, ListRules
from matching.scoring.luck import FloatArray, Nodes, chances_check
from matching.scoring.match_chance import BoolArray, IntArray

# Equal chances reach us an ulp or two apart; a step this small a row, far below the 1e-9 to which
# log-odds are rounded, lets the lower index win without hiding a real difference.
_TIE_STEP = 1e-14
_ROUNDING = 1e-12
_LEAST_USD = 0.01  # a program that costs nothing is compared as if it cost a cent


class Board:
    """Each version's worth and what it leaves unmatched at the nodes of luck, and each program's prices.

    ``row_of``, ``slot_of`` (versions,): the candidate and the signal; ``version``: three lists by slot, of
    every candidate's version, the candidate itself where it cannot be signalled. ``worth``, ``missed``
    (versions, K or 2K): for a match anywhere and, if weighed, in Los Angeles; ``start`` (K or 2K,) the
    weights of the nodes. ``turns`` by specialty: counts at which its spread price changes.
    """

    def __init__(self, candidates: Candidates, rules: ListRules, nodes: Nodes) -> None:
        self.candidates, self.rules, self.nodes = candidates, rules, nodes
        n, codes = len(candidates.p_z), candidates.specialty
        if n and not 0 <= codes.min() <= codes.max() < len(rules.step_usd):
            raise ValueError(f"a specialty has no row in step_usd {rules.step_usd.shape}")
        self.version = [list(range(n))] * 3
        p_z, self.row_of = candidates.p_z, np.arange(n)
        self.slot_of = np.full(n, UNSIGNALLED)
        self.counts = np.zeros((len(rules.step_usd), 2), dtype=np.intp)
        if candidates.signalled is not None:
            p_z = self._versions(p_z)
        chances_check(p_z, nodes)
        in_la = candidates.in_la[self.row_of]
        self.paid, self.spread, self.turns = _prices(rules.step_usd.tobytes(), rules.step_usd.shape)
        self.start, self.worth, self.missed = nodes.weight, p_z, 1.0 - rules.willing * p_z
        if rules.la_weight:
            self.start = np.concatenate([nodes.weight, rules.la_weight * nodes.weight])
            self.worth = np.concatenate([p_z, p_z * in_la[:, None]], axis=1)
            self.missed = np.concatenate([self.missed, np.where(in_la[:, None], self.missed, 1.0)], axis=1)
        self.weighed = self.worth * (1.0 - _TIE_STEP * self.row_of)[:, None]
        self.order, self.chain = _chains(candidates.p_z, codes, candidates.in_la)

    def _versions(self, p_z: FloatArray) -> FloatArray:
        signalled = self.candidates.signalled
        assert signalled is not None
        n, m = len(p_z), signalled.rows.size
        self.counts = signalled.counts
        for slot in (STRONG, WEAK):
            has = self.counts[self.candidates.specialty[signalled.rows], slot] > 0
            version = np.arange(n)
            version[signalled.rows[has]] = (n + slot * m + np.arange(m))[has]
            self.version[slot] = version.tolist()
        self.row_of = np.concatenate([self.row_of, signalled.rows, signalled.rows])
        self.slot_of = np.repeat([UNSIGNALLED, STRONG, WEAK], [n, m, m])
        return np.concatenate([p_z, *signalled.p_z])

    def chains_of(self, wanted: BoolArray) -> list[list[int]]:
        """The candidates ``wanted`` (n,), chain by chain, each chain from its best to its worst."""
        kept = wanted[self.order]
        rows, chain = self.order[kept], self.chain[kept]
        cuts = (np.flatnonzero(chain[1:] != chain[:-1]) + 1).tolist()
        listed = rows.tolist()
        return [listed[i:j] for i, j in zip([0, *cuts], [*cuts, len(listed)], strict=True) if j > i]

    def slots_by_count(self) -> list[list[int]]:
        """By specialty, the slot of its first, second … signalled program."""
        return [[STRONG] * strong + [WEAK] * weak for strong, weak in self.counts.tolist()]


def prices_paid(board: Board, rows: IntArray) -> tuple[IntArray, FloatArray]:
    """What each of ``rows``, in the order picked, added to the fees, and the price it was compared at."""
    codes = board.candidates.specialty[rows]
    usd, spread = np.zeros(rows.size, dtype=np.int64), np.zeros(rows.size)
    for code in set(codes.tolist()):
        of_code = np.flatnonzero(codes == code)
        usd[of_code] = board.paid[code][: of_code.size]
        spread[of_code] = board.spread[code][: of_code.size]
    return usd, spread


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
def _prices(raw: bytes, shape: tuple[int, int]) -> tuple[list[list[int]], list[list[float]], list[list[int]]]:
    """Prices by specialty and count as plain numbers, as paid and spread, and the counts at which the spread
    price is another than before; shared, never changed."""
    paid: list[list[int]] = np.frombuffer(raw, dtype=np.int64).reshape(shape).tolist()
    spread = [_spread(row) for row in paid]
    turns = [[at for at in range(1, len(row)) if row[at] != row[at - 1]] for row in spread]
    return paid, spread, turns


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
