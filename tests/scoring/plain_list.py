"""The list picked the plain way, program by program in Python, and by trying every list."""

from collections.abc import Iterator
from itertools import combinations
from math import fsum

from matching.scoring.match_chance import match_probability
from matching.scoring.portfolio import Candidates, ListRules
from tests.scoring.made_lists import NODES


def spread_price(prices: list[int], count: int) -> float:
    """The isotonic price at ``count`` by its max-min formula: from behind the most of the least means."""
    return max(
        min(sum(prices[i : j + 1]) / (j + 1 - i) for j in range(count, len(prices))) for i in range(count + 1)
    )


def objective(made: Candidates, rules: ListRules, rows: tuple[int, ...] | list[int]) -> float:
    """P(match) + la_weight · P(match in Los Angeles, ranked first) of these rows."""
    in_la = [row for row in rows if made.in_la[row]]
    both = (match_probability(made.p_z[chosen], rules.willing, NODES) for chosen in (list(rows), in_la))
    return next(both) + rules.la_weight * next(both)


def cost(made: Candidates, rules: ListRules, rows: tuple[int, ...] | list[int]) -> int:
    codes = [int(made.specialty[row]) for row in rows]
    return int(sum(rules.step_usd[code, : codes.count(code)].sum() for code in set(codes)))


def plain_select(made: Candidates, rules: ListRules, scope: int) -> tuple[list[int], list[float], int]:
    """Rows in the order picked, their gains, and the stop line."""
    inside = [row for row in range(len(made.p_z)) if made.allowed[row] and made.scope[row] <= scope]
    must = [row for row in inside if made.required[row]]
    picked: list[int] = []
    gains: list[float] = []
    stop: int | None = None
    while len(picked) < rules.max_applications:
        offered = [row for row in must if row not in picked] or [row for row in inside if row not in picked]
        needed = bool(set(must) - set(picked))
        found = [
            (row, *_gain_and_price(made, rules, picked, row))
            for row in offered
            if rules.max_usd is None or cost(made, rules, [*picked, row]) <= rules.max_usd
        ]
        if not found:
            break
        best = max(gain / price for _, gain, price in found)
        row, gain, price = next(one for one in found if one[1] / one[2] >= best * (1 - 1e-12))
        if stop is None and not needed and gain * 100 * rules.usd_per_match_point < price:
            stop = len(picked)
        picked.append(row)
        gains.append(gain)
    return picked, gains, len(picked) if stop is None else stop


def best_list(made: Candidates, rules: ListRules) -> float:
    """The most that any list within the limits brings."""
    return max(objective(made, rules, rows) for rows in _lists(made, rules))


def _lists(made: Candidates, rules: ListRules) -> Iterator[tuple[int, ...]]:
    for size in range(min(rules.max_applications, len(made.p_z)) + 1):
        for rows in combinations(range(len(made.p_z)), size):
            if rules.max_usd is None or cost(made, rules, rows) <= rules.max_usd:
                yield rows


def _gain_and_price(made: Candidates, rules: ListRules, picked: list[int], row: int) -> tuple[float, float]:
    terms: list[float] = []
    for node, weight in enumerate(NODES.weight):
        open_all = open_la = float(weight)
        for other in picked:
            missed = 1.0 - rules.willing * float(made.p_z[other, node])
            open_all *= missed
            open_la *= missed if made.in_la[other] else 1.0
        extra = rules.la_weight * open_la if made.in_la[row] else 0.0
        terms.append(rules.willing * float(made.p_z[row, node]) * (open_all + extra))
    code = int(made.specialty[row])
    count = sum(int(made.specialty[other]) == code for other in picked)
    return fsum(terms), spread_price(rules.step_usd[code].tolist(), count)
