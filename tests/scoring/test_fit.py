from typing import Any

import numpy as np
import pytest

from matching.scoring.applicant import Service, Wishes
from matching.scoring.fit import fit_scores
from tests.scoring.made_catalogue import columns_of, model_now, plain_applicant, told, track_make

COLUMNS = columns_of(
    track_make(1, ("CA", "Los Angeles"), facts={"program_type": "community", "safety_net": "yes"}),
    track_make(2, ("CA", "Fresno"), facts={"program_type": "university"}),
    track_make(3, ("OR", "Lane"), facts={"program_type": "university-affiliated"}),
    track_make(4),
)


def fit(**members: Any) -> list[float]:
    found: list[float] = fit_scores(
        COLUMNS, np.arange(4), plain_applicant(**members), model_now().parameters
    ).tolist()
    return found


def test_who_wishes_for_nothing_has_no_fit() -> None:
    assert np.isnan(fit()).all()


@pytest.mark.parametrize(
    ("ring", "expected"),
    [
        ("los-angeles", [100, 67, 33, 0]),
        ("california", [100, 100, 67, 33]),
        ("west-coast", [100, 100, 100, 67]),
        ("national", [100, 100, 100, 100]),
    ],
)
def test_a_ring_counts_in_full_inside_and_less_by_each_ring_out(ring: Any, expected: list[float]) -> None:
    assert fit(wishes=Wishes(ring=ring)) == expected


def test_states_and_kinds_of_program() -> None:
    assert fit(wishes=Wishes(states=("OR", "NY"))) == [0, 0, 100, 100]
    assert fit(wishes=Wishes(program_types=("community",))) == [100, 0, 0, 50]
    assert fit(wishes=Wishes(program_types=("university-affiliated", "university"))) == [0, 100, 100, 50]


def test_who_has_served_fits_programs_that_serve() -> None:
    assert fit(service=(Service("free_clinic", 6),)) == [100, 0, 0, 0]


def test_wishes_are_weighed_together() -> None:
    both = fit(wishes=Wishes(ring="los-angeles", program_types=("community",)))
    assert both == [100, round(100 * (4 * 2 / 3) / 6), round(100 * (4 / 3) / 6), round(100 * (2 * 0.5) / 6)]


def test_wishes_never_touch_the_odds() -> None:
    plain, wishing = (
        told(plain_applicant(wishes=wishes), COLUMNS)
        for wishes in (Wishes(), Wishes("los-angeles", ("OR",), ("community",)))
    )
    assert plain == wishing
