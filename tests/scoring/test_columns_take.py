"""A part of the catalogue scores like the whole."""

from dataclasses import fields

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring.applicant import Applicant
from matching.scoring.columns import Columns
from matching.scoring.columns_take import BY_TRACK, REMADE, columns_take
from tests.scoring.made_catalogue import MadeTrack, columns_of, track_make
from tests.scoring.made_strategies import FEW, applicants, catalogues
from tests.scoring.made_terms import scored

SHARED = {"specialties", "places", "place_state", "place_division", "divisions", "place_ring", "tracks"}


def test_every_column_is_taken_or_shared() -> None:
    names = {field.name for field in fields(Columns)}
    assert set(BY_TRACK) | set(REMADE) | SHARED == names
    assert not set(BY_TRACK) & set(REMADE)


def test_what_happened_at_a_sibling_left_out_counts_here_too() -> None:
    columns = columns_of(track_make(1, program_key="one"), track_make(2, program_key="one"), track_make(3))
    part = columns_take(columns, np.array([1, 2]))
    assert part.ids == ("sp00002", "sp00003")
    assert part.rows_of_program[int(part.program[part.row_of["sp00001"]])] == (0,)
    assert "sp00003" in part.row_of


@FEW
@given(catalogues(), applicants(), st.data())
def test_a_part_has_the_log_odds_and_verdicts_of_the_whole(
    tracks: tuple[MadeTrack, ...], applicant: Applicant, data: st.DataObject
) -> None:
    columns = columns_of(*tracks)
    rows = np.array(sorted(data.draw(st.sets(st.integers(0, len(tracks) - 1), min_size=1))))
    whole, part = scored(applicant, columns), scored(applicant, columns_take(columns, rows))
    assert (
        np.abs(whole.terms.contributions(rows) - part.terms.contributions(np.arange(len(rows)))).max() < 1e-12
    )
    assert np.array_equal(whole.screening.out[rows], part.screening.out)
    assert np.array_equal(whole.screening.waived[rows], part.screening.waived)
    assert np.array_equal(np.isin(whole.gates.rows, rows).sum(), len(part.gates.rows))
