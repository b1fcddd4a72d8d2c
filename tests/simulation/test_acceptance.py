"""Deferred acceptance: stable, best for applicants, and what a public solver finds."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.simulation.acceptance import Ints, blocking_pairs, deferred_acceptance
from tests.simulation.games import Game, game_random, games
from tests.simulation.solver import Lists, Solver, solver_running


@pytest.fixture(scope="module")
def solver() -> Iterator[Solver]:
    with solver_running() as found:
        yield found


def blocking(game: Game, matched: Ints) -> Ints:
    return blocking_pairs(
        game.applicant, game.program, game.preference, game.rating, places=game.places, matched=matched
    )


def wishes_of(game: Game) -> Lists:
    order = np.lexsort((game.program, -game.preference, game.applicant))
    lists: Lists = {}
    for entry in order:
        lists.setdefault(f"a{game.applicant[entry]}", []).append(f"p{game.program[entry]}")
    return lists


def ratings_of(game: Game) -> Lists:
    order = np.lexsort((game.applicant, -game.rating, game.program))
    lists: Lists = {}
    for entry in order:
        lists.setdefault(f"p{game.program[entry]}", []).append(f"a{game.applicant[entry]}")
    return lists


def with_places(game: Game) -> Game:
    """The same without programs that have no places: the public solver wants one at least."""
    kept = game.places[game.program] > 0
    return Game(
        game.applicant[kept],
        game.program[kept],
        game.preference[kept],
        game.rating[kept],
        game.places,
        game.applicants,
    )


def as_lists(matched: Ints, programs: Lists) -> Lists:
    found: Lists = {name: [] for name in programs}
    for applicant, program in enumerate(matched.tolist()):
        if program >= 0:
            found[f"p{program}"].append(f"a{applicant}")
    return {name: sorted(who) for name, who in found.items()}


@given(game=games())
def test_the_public_solver_finds_the_same(game: Game, solver: Solver) -> None:
    game = with_places(game)
    ratings = ratings_of(game)
    if not ratings:
        assert (game.solve() == -1).all()
        return
    places = {name: int(game.places[int(name[1:])]) for name in ratings}
    assert as_lists(game.solve(), ratings) == solver.solve(wishes_of(game), ratings, places)


@pytest.mark.parametrize("seed", range(5))
def test_the_public_solver_finds_the_same_in_a_class_of_sixty(seed: int, solver: Solver) -> None:
    game = with_places(game_random(seed, 60, 12, 6, ties=seed % 2 == 1))
    ratings = ratings_of(game)
    places = {name: int(game.places[int(name[1:])]) for name in ratings}
    assert as_lists(game.solve(), ratings) == solver.solve(wishes_of(game), ratings, places)


@given(game=games())
def test_places_are_kept_and_nobody_would_rather_change(game: Game) -> None:
    matched = game.solve()
    taken = np.bincount(matched[matched >= 0], minlength=len(game.places))
    assert (taken <= game.places).all()
    assert not len(blocking(game, matched))


@given(game=games())
def test_no_stable_matching_is_better_for_any_applicant(game: Game) -> None:
    """Against every matching there is, where they are few."""
    order = np.lexsort((game.program, -game.preference, game.applicant))
    options = [[-1, *game.program[order][game.applicant[order] == one]] for one in range(game.applicants)]
    if np.prod([len(one) for one in options]) > 3000:
        return
    matched = game.solve()
    wish = {(int(game.applicant[e]), int(game.program[e])): place for place, e in enumerate(order.tolist())}
    worst = len(order)
    for other in product(*options):
        candidate = np.array(other, dtype=np.int64)
        taken = np.bincount(candidate[candidate >= 0], minlength=len(game.places))
        if (taken > game.places).any() or len(blocking(game, candidate)):
            continue
        for one in range(game.applicants):
            mine = wish.get((one, int(matched[one])), worst)
            assert mine <= wish.get((one, int(candidate[one])), worst)


@pytest.mark.parametrize(("applicants", "programs", "each"), [(5_000, 400, 12), (20_000, 3_000, 10)])
def test_large_matchings_are_stable(applicants: int, programs: int, each: int) -> None:
    game = game_random(7, applicants, programs, each)
    matched = game.solve()
    assert (matched >= 0).sum() > applicants / 2
    assert (np.bincount(matched[matched >= 0], minlength=programs) <= game.places).all()
    assert not len(blocking(game, matched))


def test_a_disturbed_matching_is_seen_to_be_unstable() -> None:
    game = game_random(8, 300, 20, 8)
    matched = game.solve()
    mine = np.flatnonzero(matched >= 0)
    matched[mine[0]] = -1
    assert len(blocking(game, matched))


@given(game=games(), seed=st.integers(0, 999))
def test_the_order_of_pairs_does_not_matter(game: Game, seed: int) -> None:
    mixed = np.random.default_rng(seed).permutation(len(game.applicant))
    again = Game(
        game.applicant[mixed],
        game.program[mixed],
        game.preference[mixed],
        game.rating[mixed],
        game.places,
        game.applicants,
    )
    assert np.array_equal(game.solve(), again.solve())


@pytest.mark.parametrize("seed", range(5))
def test_other_names_for_applicants_permute_the_outcome(seed: int) -> None:
    game = game_random(seed, 200, 15, 6)
    renamed = np.random.default_rng(seed).permutation(game.applicants)
    again = Game(
        renamed[game.applicant], game.program, game.preference, game.rating, game.places, game.applicants
    )
    assert np.array_equal(again.solve()[renamed], game.solve())


def test_a_known_game() -> None:
    """Both want the one place at 0; it goes to the better rated, the other gets the second wish."""
    matched = deferred_acceptance(
        np.array([0, 0, 1, 1]),
        np.array([0, 1, 0, 1]),
        np.array([2, 1, 2, 1], dtype=np.float32),
        np.array([1, 1, 2, 1], dtype=np.float32),
        places=np.array([1, 1]),
        applicants=3,
    )
    assert matched.tolist() == [1, 0, -1]


def test_a_pair_that_stands_twice_is_refused() -> None:
    ones = np.ones(2, dtype=np.float32)
    twice = np.array([0, 0])
    with pytest.raises(ValueError, match="twice"):
        deferred_acceptance(twice, twice, ones, ones, places=np.array([1]), applicants=1)


def test_shapes_that_do_not_fit_are_refused() -> None:
    ones = np.ones(2, dtype=np.float32)
    with pytest.raises(ValueError, match="one entry a pair"):
        deferred_acceptance(np.array([0]), np.array([0]), ones, ones, places=np.array([1]), applicants=1)


def test_matches_that_cannot_be_are_refused() -> None:
    game = game_random(1, 20, 3, 2)
    alone = game.program[0]
    stranger = np.full(game.applicants, -1)
    stranger[0] = next(number for number in range(3) if number not in game.program[:2])
    with pytest.raises(ValueError, match="does not rank"):
        blocking(game, stranger)
    full = np.where(np.isin(np.arange(20), game.applicant[game.program == alone]), alone, -1)
    with pytest.raises(ValueError, match="more than its places"):
        blocking(replace(game, places=np.zeros(3, dtype=np.int64)), full)
