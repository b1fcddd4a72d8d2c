"""A change split exactly among its causes: the Shapley value over every mixture of the two ends.

k causes (players) stand between two ends. The mixture of a set S has what S names as it is after, the rest
as it was before. With the value of every mixture known, the share of player i is

    φ_i = Σ over S without i of |S|! (k - |S| - 1)! / k! · (v(S + i) - v(S)),

the mean, over every order in which the causes may come, of what i adds when it comes. The shares add up to
v(all) - v(none); a cause that never adds anything gets nothing; two that always add the same get the same;
and no order is preferred. Source: L. S. Shapley, A Value for n-Person Games (1953).
"""

from functools import lru_cache
from math import comb

import numpy as np

from matching.scoring.draws import Floats

MOST = 6  # players: 64 mixtures


@lru_cache(maxsize=MOST + 1)
def mixtures(count: int) -> tuple[tuple[bool, ...], ...]:
    """Which players each mixture takes from after: number s takes player i where bit i of s is set."""
    return tuple(tuple(bool(number >> i & 1) for i in range(count)) for number in range(2**count))


def shapley(values: Floats) -> Floats:
    """Shares (k, ...) of the players in the ``values`` (2 ** k, ...) of every mixture, in their order.

    Raises ValueError where the number of values is no power of two.
    """
    count = len(values).bit_length() - 1
    if len(values) != 2**count:
        raise ValueError(f"{len(values)} values are not those of every mixture")
    shares: Floats = np.tensordot(_weights(count), np.asarray(values, dtype=np.float64), axes=1)
    return shares


@lru_cache(maxsize=MOST + 1)
def _weights(count: int) -> Floats:
    """(k, 2 ** k) what each mixture's value counts in each share."""
    weights = np.zeros((count, 2**count))
    for number, taken in enumerate(mixtures(count)):
        size = sum(taken)
        for player, inside in enumerate(taken):
            before = size - inside  # how many of the others came before
            weight = 1.0 / (count * comb(count - 1, before))
            weights[player, number] = weight if inside else -weight
    return weights
