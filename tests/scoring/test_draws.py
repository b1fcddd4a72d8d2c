import numpy as np
import pytest

from matching.scoring.draws import (
    DRAWS,
    NEVER_DRAWN,
    UNKNOWN_FACTS,
    model_drawn,
    program_normals,
    program_shift,
    quantile_linear,
)
from matching.scoring.parameters import Parameter, Parameters
from tests.scoring.made_catalogue import model_now


def parameter(name: str, value: float, low: float, high: float) -> Parameter:
    return Parameter(name, value, low, high, "", "judgement", "", "")


def test_row_zero_is_the_stated_value_and_no_draw_leaves_the_range() -> None:
    parameters = model_now().parameters
    drawn = model_drawn(parameters)
    for p in parameters.rows():
        values = drawn[p.name]
        if not p.uncertain or p.name.startswith(NEVER_DRAWN):
            assert values == p.value
            continue
        assert isinstance(values, np.ndarray)
        assert values.shape == (1 + DRAWS,)
        assert values[0] == p.value
        assert values.min() >= p.low
        assert values.max() <= p.high


def test_draws_spread_evenly_about_the_median() -> None:
    drawn = model_drawn(Parameters([parameter("a", 1.0, 0.0, 5.0), parameter("b", 0.0, -1.0, 1.0)]))
    values = np.asarray(drawn["a"])[1:]
    assert (values < 1.0).sum() == DRAWS / 2
    assert np.median(values) == pytest.approx(1.0, abs=0.1)
    assert np.percentile(values, 75) == pytest.approx(3.0, abs=0.2)
    assert abs(np.corrcoef(values, np.asarray(drawn["b"])[1:])[0, 1]) < 0.3


def test_the_same_parameters_give_the_same_draws() -> None:
    one, two = model_drawn(model_now().parameters), model_drawn(model_now().parameters)
    assert np.array_equal(one.program, two.program)
    for name in UNKNOWN_FACTS:
        assert np.array_equal(one.fact[name], two.fact[name])
        assert 0 < one.fact[name].min() <= one.fact[name].max() < 1


def test_quantile_linear_is_the_middle_at_a_half_and_the_ends_at_the_ends() -> None:
    at = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    assert quantile_linear(at, -1.0, 0.0, 4.0).tolist() == [-1.0, -0.5, 0.0, 2.0, 4.0]


def test_program_normals_hang_on_the_program_alone() -> None:
    base = model_now().drawn.program
    shifts = np.array([program_shift(name) for name in ("sp00001", "sp00002", "sp00003")])
    together = program_normals(base, shifts)
    alone = program_normals(base, shifts[1:2])
    assert together.shape == (DRAWS, 3)
    assert np.array_equal(together[:, 1], alone[:, 0])
    assert len(set(shifts.tolist())) == 3


def test_program_normals_are_standard_normal_for_every_program() -> None:
    normals = program_normals(model_now().drawn.program, np.linspace(0, 0.99, 50))
    assert np.isfinite(normals).all()
    assert np.abs(normals.mean(axis=0)).max() < 0.1
    assert np.abs(normals.std(axis=0) - 1).max() < 0.15


@pytest.mark.parametrize("name", ["sp00001", "sp04346", ""])
def test_program_shift_is_a_share(name: str) -> None:
    assert 0 <= program_shift(name) < 1
