"""Moves counted by group, pure."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.calibration.outcomes_metrics import wilson as wilson_of_arrays
from matching.disagreement.counting import FEW, Facets, Move, Z, counted, wilson

TIERS = ("reach", "target", "safety")
HERE = Facets("Internal medicine", "los-angeles", "community", "220-229")


def move(program: str = "sp00001", start: str = "target", end: str = "safety", **values: object) -> Move:
    given = {
        "review": "a", "program": program, "tier_from": start, "tier_to": end, "reason": "knows",
        "private": False, "listed": True, "facets": HERE,
    }  # fmt: skip
    return Move(**(given | values))  # type: ignore[arg-type]


def looks(number: int) -> dict[str, dict[str, int]]:
    return {
        "specialty": {HERE.specialty: number}, "ring": {HERE.ring: number}, "kind": {HERE.kind: number},
        "band": {HERE.band: number},
    }  # fmt: skip


def test_counted_tells_likelier_from_less_likely() -> None:
    found = counted(looks(50), [move("a"), move("b", "target", "reach"), move("c", "reach", "safety")])

    assert (found.total.looked_at, found.total.up, found.total.down) == (50, 2, 1)
    assert found.paths == {("target", "safety"): 1, ("target", "reach"): 1, ("reach", "safety"): 1}
    for facet in found.facets.values():
        (group,) = facet.values()
        assert (group.looked_at, group.up, group.down, group.few) == (50, 2, 1, False)


def test_counted_takes_the_last_word_on_a_program() -> None:
    again = [move(end="reach", reason="other"), move(start="reach", end="safety", reason="ties")]
    found = counted(looks(50), again)
    assert (found.total.up, found.total.down, found.total.reasons) == (1, 0, {"ties": 1})


def test_counted_forgets_what_was_moved_back() -> None:
    back = [move(start="target", end="reach"), move(start="reach", end="target")]
    found = counted(looks(50), back)
    assert (found.total.moved, found.paths, found.by_reason) == (0, {}, {})


def test_counted_adds_to_what_was_looked_at_a_program_that_left_the_list() -> None:
    found = counted(looks(50), [move(listed=False)])
    assert (found.total.looked_at, found.facets["ring"]["los-angeles"].looked_at) == (51, 51)


def test_counted_leaves_out_what_had_no_tier() -> None:
    found = counted(looks(50), [move(start="")])
    assert (found.total.moved, found.without, found.total.looked_at) == (0, 1, 50)


def test_counted_groups_by_reason_with_what_is_for_the_desk_alone() -> None:
    found = counted(looks(50), [move("a", private=True), move("b", end="reach"), move("c", reason="ties")])
    knows = found.by_reason["knows"]
    assert (knows.up, knows.down, knows.private, knows.looked_at) == (1, 1, 1, 50)
    assert found.by_reason["ties"].up == 1


def test_few_are_told_as_few() -> None:
    assert counted(looks(FEW - 1), [move()]).total.few
    assert not counted(looks(FEW), [move()]).total.few


moves = st.builds(
    move,
    program=st.sampled_from("abcd"),
    start=st.sampled_from(("", *TIERS)),
    end=st.sampled_from(TIERS),
    review=st.sampled_from("xy"),
    listed=st.booleans(),
    private=st.booleans(),
    reason=st.sampled_from(("knows", "ties")),
)


@given(st.lists(moves, max_size=20))
def test_counted_adds_up(made: list[Move]) -> None:
    found = counted(looks(100), made)
    total = found.total
    assert total.moved == sum(found.paths.values()) == sum(group.moved for group in found.by_reason.values())
    assert total.moved <= total.looked_at
    assert total.private <= total.moved
    for facet in found.facets.values():
        assert sum(group.moved for group in facet.values()) == total.moved
        assert sum(group.looked_at for group in facet.values()) == total.looked_at


@given(st.integers(0, 400), st.integers(1, 400))
def test_wilson_agrees_with_that_of_the_report_card(hits: int, of: int) -> None:
    hits = min(hits, of)
    low, high = wilson(hits, of)
    expected = wilson_of_arrays(np.array([float(hits)]), np.array([float(of)]), Z)
    assert (low, high) == pytest.approx((float(expected[0][0]), float(expected[1][0])), abs=1e-12)
    assert 0 <= low <= hits / of + 1e-12
    assert hits / of - 1e-12 <= high <= 1


def test_wilson_of_nothing_is_everything() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
