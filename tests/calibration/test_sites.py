import pytest

from matching.calibration.sites import sites_of
from tests.scoring.made_catalogue import columns_of, track_make

COLUMNS = columns_of(
    track_make(1, ("NY", "Kings")),
    track_make(2, ("NY", "Kings"), specialty="pediatrics"),
    track_make(3, ("NJ", "Essex")),
    track_make(4, ("CA", "Fresno")),
    track_make(5, ("PR", "San Juan")),
)


def test_states_weigh_by_their_tracks_within_the_division() -> None:
    sites = sites_of(COLUMNS)
    assert sites.weight["middle-atlantic"] == pytest.approx({"NY": 2 / 3, "NJ": 1 / 3})
    assert sites.weight["pacific"] == {"CA": 1.0}
    assert sites.programs["NY", "pediatrics"] == ("sp00002",)
    assert sites.programs["PR", "internal-medicine"] == ("sp00005",)


def test_states_of_divisions_cumulate_to_one_and_leave_out_what_is_no_state() -> None:
    states, edges = sites_of(COLUMNS).states({"pacific": 1.0, "middle-atlantic": 3.0, "mountain": 0.0})
    assert states == ("NJ", "NY", "CA")
    assert edges.tolist() == pytest.approx([0.25, 0.75, 1.0])
