"""Which programs to apply to and which to signal: the list that brings most, dollar for dollar, in limits.

The objective is P(match in S) + la_weight · P(match in Los Angeles of S), the second as if Los Angeles were
ranked first. Under any shared luck it is monotone and submodular, so picking greedily by gain per dollar is
near the best (1 - 1/e at the worst under a count limit; Chade & Smith 2006, Ali & Shorrer for correlated
outcomes). The chances of no match yet, ``Q_k = Π (1 - w p_jk)`` at each node of luck, are kept as the list
grows, so the gain of a program is one short dot product.

Rules of the pick. Programs that must be in come first. A program's dollars follow the fee steps of its
specialty; a price paid once for several programs is spread over them when programs are compared (never in
``cost_usd``). Ties go to the lower index. A program that the money left cannot pay for is passed over, and
with it its specialty, which can only get dearer. The list fills its limits; ``stop_line`` says how much of
it is worth its price. Without a money limit and without signals a shorter list is the beginning of a longer
one.

Signals. Two lists are picked, one as if there were no signals and one whose picks take them, strongest
first; signals are placed on both, and the list that brings more, less its dollars, is kept. So a signal never
lowers the objective. Signals are put within each specialty's counts, none where it has none.
"""

from itertools import combinations

import numpy as np

from matching.scoring.board import Board, prices_paid
from matching.scoring.greedy import Growing, grow, versions_of
from matching.scoring.list_rules import Candidates, ListInfeasible, ListRules, Selection, Signalled
from matching.scoring.luck import Nodes
from matching.scoring.match_chance import BoolArray, IntArray
from matching.scoring.placement import signals_place
from matching.scoring.swaps import SHORT, swaps_improve

__all__ = [
    "Candidates",
    "ListInfeasible",
    "ListRules",
    "Selection",
    "Signalled",
    "list_select",
    "scopes_select",
]

_WIDEST = 3  # the outermost scope
_FEW = 3  # specialties whose every combination is tried where a list is short


def list_select(candidates: Candidates, rules: ListRules, nodes: Nodes, *, scope: int) -> Selection:
    """The list within one scope: programs whose ``scope`` is at most this one; ``required`` counts within it.

    Raises ListInfeasible where required programs of the scope are not allowed, are more than
    ``max_applications`` or cost more than ``max_usd``; ValueError where a shape or a value is wrong.
    """
    return _select(Board(candidates, rules, nodes), (scope,))[0]


def scopes_select(candidates: Candidates, rules: ListRules, nodes: Nodes) -> tuple[Selection, ...]:
    """The four lists, innermost scope first, each within the same limits: ``list_select``, work shared."""
    return _select(Board(candidates, rules, nodes), tuple(range(_WIDEST + 1)))


def _select(board: Board, scopes: tuple[int, ...]) -> tuple[Selection, ...]:
    candidates, rules = board.candidates, board.rules
    within = [candidates.allowed & (candidates.scope <= scope) for scope in scopes]
    for scope in scopes if candidates.required.any() else ():
        _required_check(board, scope)
    ways = [(signals, flags) for flags in _offers(board) for signals in _signal_ways(board)]
    lists = [Growing([0] * len(board.paid), rules.max_usd) for _ in ways for _ in scopes]
    open_z = np.repeat(board.start[None, :], len(lists), axis=0)
    needed = [0] * len(scopes)
    if candidates.required.any():
        must = [flags & candidates.required for flags in within]
        grow(board, lists, open_z, must * len(ways), signals=[False] * len(lists))  # placed at the end
        needed = [len(growing.order) for growing in lists[: len(scopes)]]
        within = [flags & ~candidates.required for flags in within]
    offered = [flags & inside for _, flags in ways for inside in within]
    grow(board, lists, open_z, offered, signals=[signals for signals, _ in ways for _ in scopes])
    if len(ways) == 1 and candidates.signalled is None:
        return tuple(map(_told, [board] * len(scopes), versions_of(lists), needed))
    placed = signals_place(board, [board.row_of[versions] for versions in versions_of(lists)])
    placed = [
        swaps_improve(board, versions, within[i % len(scopes)], needed[i % len(scopes)])
        for i, versions in enumerate(placed)
    ]
    best = [_best(board, placed[i :: len(scopes)]) for i in range(len(scopes))]
    return tuple(map(_told, [board] * len(scopes), best, needed))


def _signal_ways(board: Board) -> tuple[bool, ...]:
    """Whether to pick without thought of signals, and with: the same, nearly, for a long list of one kind."""
    rules, codes = board.rules, board.candidates.specialty[board.candidates.allowed]
    long = rules.max_usd is None and rules.max_applications > SHORT and bool((codes == codes[:1]).all())
    return (False,) if board.candidates.signalled is None or long else (False, True)


def _offers(board: Board) -> list[BoolArray]:
    """What a list may be picked from: everything, and for some lists less, as another way to begin.

    Where money is short, without the specialties whose first programs are paid for together: their price by
    program holds only if many are taken. Where a list is short and has signals, the specialties by
    themselves and in pairs: where signals are spent first decides much of it.
    """
    rules, codes = board.rules, board.candidates.specialty
    everything = np.ones(codes.shape, dtype=bool)
    present = np.unique(codes[board.candidates.allowed]).tolist()
    if board.candidates.signalled is not None and 1 < len(present) <= _FEW and _is_short(board, present):
        parts = [part for size in range(1, len(present)) for part in combinations(present, size)]
        return [everything, *(np.isin(codes, part) for part in parts)]
    together = [paid[0] > spread[0] for paid, spread in zip(board.paid, board.spread, strict=True)]
    alone = ~np.array(together)[codes]
    if rules.max_usd is None or alone.all() or not alone.any():
        return [everything]
    return [everything, alone]


def _is_short(board: Board, codes: list[int]) -> bool:
    """Whether the limits allow short lists only."""
    rules = board.rules
    cheapest = min(board.spread[code][0] for code in codes)
    paid_for = rules.max_applications if rules.max_usd is None else rules.max_usd / cheapest
    return min(rules.max_applications, paid_for) <= SHORT


def _best(board: Board, lists: list[IntArray]) -> IntArray:
    """Of one scope's lists the one that brings most for its dollars, the first if equal."""
    worth = []
    for versions in lists:
        brings = board.start.sum() - float(board.start @ board.missed[versions].prod(axis=0))
        usd = int(prices_paid(board, board.row_of[versions])[0].sum())
        worth.append((round(brings * 100.0 * board.rules.usd_per_match_point - usd, 9), brings))
    return lists[worth.index(max(worth))]


def _told(board: Board, versions: IntArray, needed: int) -> Selection:
    """The finished list, its chances computed afresh from the picks in their order."""
    rules, nodes = board.rules, board.nodes
    missed = board.missed[versions, : nodes.z.size]
    order = board.row_of[versions]
    usd, spread = prices_paid(board, order)
    before = np.empty((order.size + 1, board.start.size))
    before[0] = board.start
    before[1:] = board.missed[versions]
    np.cumprod(before, axis=0, out=before)
    gains = rules.willing * np.einsum("sk,sk->s", before[:-1], board.worth[versions])
    in_la = board.candidates.in_la[order]
    dear = gains * (100.0 * rules.usd_per_match_point) < spread
    dear[:needed] = False
    return Selection(
        order=order,
        cost_usd=int(usd.sum()),
        p_match=max(0.0, 1.0 - float(missed.prod(axis=0) @ nodes.weight)),
        p_la=max(0.0, 1.0 - float(missed[in_la].prod(axis=0) @ nodes.weight)),
        gains=gains,
        usd=usd,
        stop_line=int(dear.argmax()) if dear.any() else order.size,
        slot=board.slot_of[versions],
    )


def _required_check(board: Board, scope: int) -> None:
    candidates, rules = board.candidates, board.rules
    required = candidates.required & (candidates.scope <= scope)
    rows = tuple(np.flatnonzero(required).tolist())
    barred = tuple(np.flatnonzero(required & ~candidates.allowed).tolist())
    if barred:
        raise ListInfeasible("a program that must be in the list may not be picked", barred)
    if len(rows) > rules.max_applications:
        raise ListInfeasible(
            f"{len(rows)} programs must be in a list of at most {rules.max_applications}", rows
        )
    counts = np.bincount(candidates.specialty[required], minlength=len(board.paid)).tolist()
    usd = sum(sum(paid[:count]) for paid, count in zip(board.paid, counts, strict=True))
    if rules.max_usd is not None and usd > rules.max_usd:
        raise ListInfeasible(
            f"the programs that must be in the list cost ${usd}, more than ${rules.max_usd}", rows
        )
