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
first; signals are placed on both, and the list that brings more is kept. So a signal never lowers the
objective. Signals are put within each specialty's counts, none where it has none.
"""

import numpy as np

from matching.scoring.board import Board, prices_paid
from matching.scoring.greedy import Growing, grow, versions_of
from matching.scoring.list_rules import Candidates, ListInfeasible, ListRules, Selection, Signalled
from matching.scoring.luck import Nodes
from matching.scoring.match_chance import IntArray
from matching.scoring.placement import signals_place

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
    candidates = board.candidates
    within = [candidates.allowed & (candidates.scope <= scope) for scope in scopes]
    ways = (False, True) if candidates.signalled is not None else (False,)
    lists = [Growing([0] * len(board.paid), board.rules.max_usd) for _ in ways for _ in scopes]
    inside = within * len(ways)
    open_z = np.repeat(board.start[None, :], len(lists), axis=0)
    needed = [0] * len(lists)
    if candidates.required.any():
        for scope in scopes:
            _required_check(board, scope)
        must = [flags & candidates.required for flags in inside]
        grow(board, lists, open_z, must, signals=[False] * len(lists))  # theirs are placed at the end
        needed = [len(growing.order) for growing in lists]
        inside = [flags & ~candidates.required for flags in inside]
    grow(board, lists, open_z, inside, signals=[way for way in ways for _ in scopes])
    versions = versions_of(lists)
    if candidates.signalled is not None:
        versions = _better(board, versions, len(scopes))
    return tuple(
        _told(board, chosen, count) for chosen, count in zip(versions, needed[: len(scopes)], strict=True)
    )


def _better(board: Board, picked: list[IntArray], scopes: int) -> list[IntArray]:
    """Signals placed on every list; of each scope's two the one that brings more, the plain one if equal."""
    placed = signals_place(board, [board.row_of[versions] for versions in picked])
    value = [board.start @ board.missed[versions].prod(axis=0) for versions in placed]
    return [placed[i] if value[i] <= value[scopes + i] else placed[scopes + i] for i in range(scopes)]


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
