"""Interview slots, declines, and two sets of applications put together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.simulation.interviews import (
    Applications,
    applications_joined,
    applications_make,
    interviews_held,
)


def made(seed: int, applicants: int, programs: int, share: float = 0.5) -> Applications:
    chance = np.random.default_rng(seed)
    applicant, program = np.nonzero(chance.random((applicants, programs)) < share)
    values = chance.standard_normal((2, len(applicant))).astype(np.float32)
    return applications_make(applicant, program, values[0], values[1])


def plainly(one: Applications, slots: list[int], most: int, rounds: int) -> tuple[set[int], set[int]]:
    """The same by loops over programs and applicants."""
    ever: set[int] = set()
    held: set[int] = set()
    declined: set[int] = set()
    for _ in range(rounds):
        invited: set[int] = set()
        for program, room in enumerate(slots):
            left = [e for e in range(len(one)) if one.program[e] == program and e not in declined]
            invited |= set(sorted(left, key=lambda e: -one.rating[e])[:room])
        ever |= invited
        held = set()
        for applicant in set(one.applicant.tolist()):
            mine = sorted(
                (e for e in invited if one.applicant[e] == applicant), key=lambda e: -one.preference[e]
            )
            held |= set(mine[:most])
        if held == invited:
            break
        declined |= invited - held
    return ever, held


@given(
    seed=st.integers(0, 10_000),
    slots=st.lists(st.integers(0, 4), min_size=4, max_size=4),
    most=st.integers(1, 4),
    rounds=st.integers(1, 4),
)
def test_interviews_are_those_of_plain_loops(seed: int, slots: list[int], most: int, rounds: int) -> None:
    one = made(seed, 8, 4)
    ever, held = interviews_held(one, slots=np.array(slots), most=most, rounds=rounds)
    found = set(np.flatnonzero(ever).tolist()), set(np.flatnonzero(held).tolist())
    assert found == plainly(one, slots, most, rounds)


@given(seed=st.integers(0, 10_000), most=st.integers(1, 6), rounds=st.integers(1, 6))
def test_slots_and_time_are_kept(seed: int, most: int, rounds: int) -> None:
    one, slots = made(seed, 40, 6), np.array([0, 1, 3, 5, 8, 40])
    ever, held = interviews_held(one, slots=slots, most=most, rounds=rounds)
    assert (np.bincount(one.program[held], minlength=6) <= slots).all()
    assert np.bincount(one.applicant[held]).max(initial=0) <= most
    assert not (held & ~ever).any()


@given(seed=st.integers(0, 10_000))
def test_the_best_file_is_always_invited(seed: int) -> None:
    one = made(seed, 20, 5)
    ever, _ = interviews_held(one, slots=np.full(5, 3), most=2, rounds=3)
    for program in range(5):
        mine = np.flatnonzero(one.program == program)
        if len(mine):
            assert ever[mine[np.argmax(one.rating[mine])]]


@given(seed=st.integers(0, 10_000), cut=st.integers(1, 19))
def test_two_sets_joined_are_one_set(seed: int, cut: int) -> None:
    one = made(seed, 20, 5)
    early = one.applicant < cut

    def part(kept: np.ndarray, shift: int) -> Applications:
        return applications_make(
            one.applicant[kept] - shift, one.program[kept], one.preference[kept], one.rating[kept]
        )

    joined = applications_joined(part(early, 0), part(~early, cut).shifted(cut))
    for name in ("applicant", "program", "preference", "rating", "by_program", "by_applicant"):
        assert np.array_equal(getattr(joined, name), getattr(one, name)), name


def test_sets_out_of_order_are_refused() -> None:
    one = made(1, 5, 3, share=1.0)
    with pytest.raises(ValueError, match="come after"):
        applications_joined(one, one)


def test_nobody_applies() -> None:
    one = made(1, 5, 3, share=0.0)
    ever, held = interviews_held(one, slots=np.full(3, 2), most=2, rounds=2)
    assert len(ever) == len(held) == 0
