"""What candidates and rules refuse, and lists that cannot be."""

from dataclasses import replace

import numpy as np
import pytest

from matching.scoring.portfolio import (
    ListInfeasible,
    list_select,
    scopes_select,
)
from tests.scoring.made_lists import (
    ERAS,
    NODES,
    candidates,
    chances,
    rules,
)


def test_list_rules_and_candidates_refuse() -> None:
    made = candidates(chances(3))
    with pytest.raises(ValueError, match="3 rows"):
        replace(made, allowed=np.ones(2, dtype=bool))
    with pytest.raises(ValueError, match="more than one row"):
        replace(made, program=np.array([5, 7, 5]))
    with pytest.raises(ValueError, match="no row in step_usd"):
        list_select(replace(made, specialty=np.array([0, 1, 2])), rules(), NODES, scope=3)
    with pytest.raises(ValueError, match="between 0 and 1"):
        list_select(replace(made, p_z=made.p_z + 1.0), rules(), NODES, scope=3)
    for wrong in ({"la_weight": -0.1}, {"willing": 1.1}, {"usd_per_match_point": -1.0}, {"max_usd": -1}):
        with pytest.raises(ValueError, match="negative"):
            rules(**wrong)
    with pytest.raises(ValueError, match="short of 61"):
        rules(most=61)
    with pytest.raises(ValueError, match="whole dollars"):
        rules([-1] * 20)


def test_list_select_required_that_cannot_be() -> None:
    every = np.ones(4, dtype=bool)
    made = candidates(chances(4), required=every, scope=np.zeros(4, np.int8), specialty=np.zeros(4, np.intp))
    assert list_select(made, rules(ERAS, most=4, max_usd=44), NODES, scope=0).cost_usd == 44
    with pytest.raises(ListInfeasible, match="4 programs must be in a list of at most 3") as found:
        list_select(made, rules(ERAS, most=3), NODES, scope=0)
    assert found.value.rows == (0, 1, 2, 3)
    with pytest.raises(ListInfeasible, match=r"cost \$44, more than \$43"):
        scopes_select(made, rules(ERAS, most=4, max_usd=43), NODES)
    barred = replace(made, allowed=np.array([True, True, False, True]))
    with pytest.raises(ListInfeasible, match="may not be picked") as found:
        list_select(barred, rules(ERAS, most=4), NODES, scope=0)
    assert found.value.rows == (2,)
    assert isinstance(found.value, ValueError)
