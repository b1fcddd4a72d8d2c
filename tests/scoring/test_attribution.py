import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matching.scoring.attribution import MOST, mixtures, shapley
from matching.scoring.draws import Floats

SMALL = 1e-9
SEEDS = st.integers(0, 2**32 - 1)


def _values(count: int, seed: int) -> Floats:
    drawn: Floats = np.random.default_rng(seed).normal(size=(2**count, 3))
    return drawn


def by_orders(values: Floats) -> Floats:
    """The same, as it is defined: the mean over every order of what each player adds."""
    count = int(math.log2(len(values)))
    shares = np.zeros((count, *values.shape[1:]))
    orders = list(permutations(range(count)))
    for order in orders:
        taken = 0
        for player in order:
            shares[player] += values[taken | 1 << player] - values[taken]
            taken |= 1 << player
    return np.asarray(shares / len(orders))


@given(st.builds(_values, st.integers(0, MOST), SEEDS))
def test_shapley_adds_up_to_the_change(values: Floats) -> None:
    assert np.allclose(shapley(values).sum(axis=0), values[-1] - values[0], rtol=0, atol=SMALL)


@given(st.builds(_values, st.integers(0, 5), SEEDS))
def test_shapley_is_the_mean_over_every_order(values: Floats) -> None:
    assert np.allclose(shapley(values), by_orders(values), rtol=0, atol=SMALL)


@given(st.integers(1, MOST), SEEDS, st.data())
def test_shapley_gives_nothing_to_who_adds_nothing(count: int, seed: int, data: st.DataObject) -> None:
    values, null = _values(count, seed), data.draw(st.integers(0, count - 1))
    for number in range(len(values)):
        if number >> null & 1:
            values[number] = values[number & ~(1 << null)]
    assert np.allclose(shapley(values)[null], 0.0, atol=SMALL)


@given(st.integers(2, MOST), SEEDS)
def test_shapley_treats_alike_who_add_alike(count: int, seed: int) -> None:
    values = _values(count, seed)
    for number in range(len(values)):
        if number & 3 == 2:  # the second without the first is worth what the first is without the second
            values[number] = values[number ^ 3]
    shares = shapley(values)
    assert np.allclose(shares[0], shares[1], rtol=0, atol=SMALL)


@given(st.integers(1, MOST), SEEDS, st.data())
def test_shapley_does_not_depend_on_the_order_of_the_players(
    count: int, seed: int, data: st.DataObject
) -> None:
    values, order = _values(count, seed), data.draw(st.permutations(range(count)))
    renamed = np.empty_like(values)
    for number, taken in enumerate(mixtures(count)):
        renamed[sum(1 << place for place, player in enumerate(order) if taken[player])] = values[number]
    assert np.allclose(shapley(renamed), shapley(values)[list(order)], rtol=0, atol=SMALL)


@given(st.integers(1, MOST), arrays(np.float64, MOST, elements=st.floats(-10, 10)))
def test_shapley_of_what_only_adds_is_what_each_adds(count: int, each: Floats) -> None:
    values = np.array([sum(each[i] for i in range(count) if taken[i]) for taken in mixtures(count)])
    assert np.allclose(shapley(values), each[:count], rtol=0, atol=SMALL)


def test_shapley_of_nobody_is_nothing() -> None:
    assert shapley(np.ones((1, 4))).shape == (0, 4)


def test_shapley_refuses_values_that_are_not_of_every_mixture() -> None:
    with pytest.raises(ValueError, match="3 values"):
        shapley(np.zeros(3))


def test_mixtures_begin_with_none_and_end_with_all() -> None:
    assert mixtures(2) == ((False, False), (True, False), (False, True), (True, True))
