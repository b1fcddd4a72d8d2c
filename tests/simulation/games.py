"""Games of the match: pairs that rank each other, as strategies and at random."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from matching.simulation.acceptance import Ints, Singles, deferred_acceptance


@dataclass(frozen=True, eq=False)
class Game:
    applicant: Ints
    program: Ints
    preference: Singles
    rating: Singles
    places: Ints
    applicants: int

    def solve(self) -> Ints:
        return deferred_acceptance(
            self.applicant,
            self.program,
            self.preference,
            self.rating,
            places=self.places,
            applicants=self.applicants,
        )


def game_random(seed: int, applicants: int, programs: int, each: int, ties: bool = False) -> Game:
    """Every applicant and ``each`` programs rank each other. ``ties``: by few values."""
    chance = np.random.default_rng(seed)
    program = np.concatenate([chance.choice(programs, each, replace=False) for _ in range(applicants)])
    shape = applicants * each
    values = chance.integers(0, 3, (2, shape)) if ties else chance.standard_normal((2, shape))
    return Game(
        np.repeat(np.arange(applicants), each),
        program.astype(np.int64),
        values[0].astype(np.float32),
        values[1].astype(np.float32),
        chance.integers(0, 3 * applicants // programs + 2, programs),
        applicants,
    )


@st.composite
def games(draw: st.DrawFn) -> Game:
    """Small games, ties, empty programs and lonely applicants among them."""
    applicants, programs = draw(st.integers(1, 7)), draw(st.integers(1, 5))
    pairs = draw(
        st.lists(
            st.tuples(st.integers(0, applicants - 1), st.integers(0, programs - 1)), unique=True, max_size=25
        )
    )
    values = st.lists(st.integers(0, 6), min_size=len(pairs), max_size=len(pairs))
    return Game(
        np.array([a for a, _ in pairs], dtype=np.int64),
        np.array([p for _, p in pairs], dtype=np.int64),
        np.array(draw(values), dtype=np.float32),
        np.array(draw(values), dtype=np.float32),
        np.array(draw(st.lists(st.integers(0, 3), min_size=programs, max_size=programs)), dtype=np.int64),
        applicants,
    )
