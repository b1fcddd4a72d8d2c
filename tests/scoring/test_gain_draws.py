"""The chance of a match in Los Angeles under each draw, held beside the one that is not drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring.gain_draws import difference
from matching.scoring.luck import luck_nodes
from matching.scoring.match_chance import match_in_draws, match_probability_draws, match_probability_in

NODES = luck_nodes(4)
CHANCES = st.floats(0.0, 0.9)


@given(data=st.data(), programs=st.integers(1, 5), first=st.booleans())
def test_each_draw_is_the_chance_worked_out_alone(data: st.DataObject, programs: int, first: bool) -> None:
    drawn = np.array([[[data.draw(CHANCES) for _ in NODES.z] for _ in range(2)] for _ in range(programs)])
    member = np.array([data.draw(st.booleans()) for _ in range(programs)])
    order = np.array(data.draw(st.permutations(range(programs))))
    willing = np.array([0.4, 0.9])
    found = match_in_draws(drawn, willing, NODES.weight, member, order, first=first)
    for draw, w in enumerate(willing):
        alone = match_probability_in(drawn[:, draw], float(w), NODES, member, order, first=first)
        assert found[draw] == pytest.approx(alone, abs=1e-9)
    everywhere = match_probability_draws(drawn, willing, NODES.weight, [np.arange(programs)])[:, 0]
    assert (found <= everywhere + 1e-9).all()


def test_a_flag_too_few_is_refused() -> None:
    drawn = np.full((2, 1, 4), 0.5)
    with pytest.raises(ValueError, match="one member flag a program"):
        match_in_draws(drawn, np.ones(1), NODES.weight, np.ones(1, dtype=bool), np.arange(2), first=False)


def test_a_difference_keeps_its_point_within_its_range() -> None:
    found = difference(0.5, np.linspace(0.0, 0.1, 11))
    assert found.low == pytest.approx(0.01)
    assert (found.value, found.high) == (0.5, 0.5)
