import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.calibration.marginals import (
    TRAITS,
    above,
    binomial,
    counts,
    linked,
    pick,
    pick_even,
    spread,
    uniforms,
)

EVEN = (np.arange(4000) + 0.5) / 4000


def test_uniforms_are_stratified_in_every_trait_and_seeded() -> None:
    found = uniforms("us_img", 64, 3)
    assert tuple(found) == TRAITS
    for column in found.values():
        assert sorted((column * 64).astype(int)) == list(range(64))
    assert np.array_equal(found["step2ck"], uniforms("us_img", 64, 3)["step2ck"])
    assert not np.array_equal(found["step2ck"], uniforms("us_img", 64, 4)["step2ck"])
    assert not np.array_equal(found["step2ck"], uniforms("us_md", 64, 3)["step2ck"])


@given(st.floats(0.05, 8), st.integers(5, 40))
def test_counts_have_their_mean_and_stay_below_the_most(mean: float, most: int) -> None:
    assert counts(EVEN, mean).mean() == pytest.approx(mean, rel=0.02, abs=0.02)
    assert counts(EVEN, mean, most).max() <= most


def test_counts_of_mean_nothing_are_nothing() -> None:
    assert not counts(EVEN, 0.0).any()


@given(st.floats(0, 3))
def test_binomial_has_its_mean_and_most(mean: float) -> None:
    found = binomial(EVEN, mean, 3)
    assert found.mean() == pytest.approx(mean, abs=0.01)
    assert set(found) <= {0.0, 1.0, 2.0, 3.0}


@given(st.floats(1, 60), st.floats(0.5, 20))
def test_above_has_its_mean_and_nothing_below_the_least(over: float, sd: float) -> None:
    found = above(EVEN, 218 + over, sd, 218)
    assert found.mean() == pytest.approx(218 + over, abs=0.05 * sd)
    assert found.min() >= 218


def test_above_has_its_standard_deviation() -> None:
    assert above(EVEN, 233, 13, 218).std() == pytest.approx(13, rel=0.02)


@pytest.mark.parametrize(("mean", "sd"), [(218, 10), (210, 10), (230, 0)])
def test_above_without_room_is_one_value(mean: float, sd: float) -> None:
    assert set(above(EVEN, mean, sd, 218)) == {max(mean, 218)}


def test_spread_has_its_mean() -> None:
    found = spread(EVEN, 110, 0.3)
    assert found.mean() == pytest.approx(110, rel=0.01)
    assert np.log(found).std() == pytest.approx(0.3, rel=0.02)


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.9])
def test_linked_traits_keep_their_marginal_and_correlate(correlation: float) -> None:
    draw = np.random.default_rng(1)
    strength, one, other = (draw.permutation(EVEN) for _ in range(3))
    a, b = linked(strength, one, correlation), linked(strength, other, correlation)
    assert np.array_equal(np.sort(a), EVEN)
    assert np.corrcoef(a, b)[0, 1] == pytest.approx(correlation, abs=0.05)


@given(st.floats(0, 1, exclude_max=True))
def test_pick_takes_only_what_has_weight(uniform: float) -> None:
    assert pick(uniform, {"none": 0.0, "a": 1.0, "b": 3.0}) == ("a" if uniform < 0.25 else "b")


def test_pick_from_nothing() -> None:
    with pytest.raises(ValueError, match="nothing to choose from"):
        pick(0.5, {"a": 0.0})


@pytest.mark.parametrize(("uniform", "name"), [(0.0, "a"), (0.49, "a"), (0.5, "b"), (1.0, "b")])
def test_pick_even(uniform: float, name: str) -> None:
    assert pick_even(uniform, ("a", "b")) == name
