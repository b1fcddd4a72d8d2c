"""The numbers of a world: in their ranges, the same for the same seed."""

import numpy as np
import pytest

from matching.scoring.parameters import Parameters
from matching.simulation.truth import KINDS, Truth
from programs.reference import reference_rows
from tests.simulation.worlds import market_numbers


def test_every_number_of_a_world_is_in_its_range() -> None:
    numbers = market_numbers()
    for seed in range(20):
        truth = Truth(numbers, seed)
        for row in numbers.rows():
            assert row.low <= truth[row.name] <= row.high


def test_seeds_are_different_worlds_and_the_same_seed_is_the_same() -> None:
    numbers = market_numbers()
    first, again, other = (Truth(numbers, seed) for seed in (3, 3, 4))
    uncertain = [row.name for row in numbers.rows() if row.uncertain]
    assert len(uncertain) > 30
    assert [first[name] for name in uncertain] == [again[name] for name in uncertain]
    assert all(first[name] != other[name] for name in uncertain)
    assert np.array_equal(first.stream(5).random(4), again.stream(5).random(4))
    assert not np.array_equal(first.stream(5).random(4), first.stream(6).random(4))


def test_a_family_and_what_stands_for_a_missing_member() -> None:
    truth = Truth(market_numbers(), 1)
    assert truth.each("mix").tolist() == [truth[f"mix.{kind}"] for kind in KINDS]
    assert truth.get("places.internal-medicine", "places.other") == truth["places.internal-medicine"]
    assert truth.get("places.pathology", "places.other") == truth["places.other"]


def test_the_kinds_of_graduate_make_up_the_crowd() -> None:
    assert sum(market_numbers().values[f"mix.{kind}"] for kind in KINDS) == pytest.approx(1.0)


def test_the_numbers_of_the_market_are_none_of_the_models() -> None:
    """A number of the market must not change the version of the model that is tested in it."""
    model = Parameters.from_rows(reference_rows("parameters"))
    assert not {row.name for row in model.rows()} & {row.name for row in market_numbers().rows()}
