import numpy as np
import pytest
from hypothesis import given

from matching.scoring.applicant import Applicant
from matching.scoring.draws import DRAWS
from matching.scoring.registry import FACTOR_INDEX, FACTORS
from matching.scoring.terms import Terms
from tests.scoring.made_catalogue import MadeTrack, columns_of, track_make
from tests.scoring.made_strategies import FEW, applicants, catalogues
from tests.scoring.made_terms import scored

DRAWN = 1 + DRAWS
COLUMNS = columns_of(
    track_make(1, ("CA", "Los Angeles"), facts={"accepts_img": "yes", "safety_net": "yes"}),
    track_make(2, specialty="psychiatry"),
    track_make(3),
)


def terms_make() -> Terms:
    """One term of each shape, with numbers that cannot be mixed up."""
    terms = Terms(COLUMNS, np.zeros((DRAWN, 2)))
    terms.add_constant("step3", 1.0)
    terms.add_specialty("step2ck", np.tile([10.0, 20.0], (DRAWN, 1)))
    terms.add_cell("geography", np.tile(np.arange(2 * len(COLUMNS.places)) * 100.0, (DRAWN, 1)))
    terms.add_feature("openness", "accepts_img", 1000.0)
    terms.add_sparse("gates", [1, 2], np.tile([10000.0, 20000.0], (DRAWN, 1)))
    terms.add_sparse("gates", [2], np.full((DRAWN, 1), 5000.0))
    return terms


def test_every_shape_reaches_the_rows_it_is_meant_for() -> None:
    terms = terms_make()
    cells = COLUMNS.cell * 100.0
    assert terms.log_odds().tolist() == pytest.approx(
        [1 + 10 + cells[0] + 1000, 1 + 20 + cells[1] + 10000, 1 + 10 + cells[2] + 25000]
    )
    assert terms.values("gates", np.array([0, 2]))[0].tolist() == [0.0, 25000.0]
    assert terms.values("step3", np.array([1])).shape == (DRAWN, 1)


def test_contributions_are_in_the_registrys_order_and_averaging_is_left_empty() -> None:
    found = terms_make().contributions(np.arange(3))
    assert found.shape == (3, len(FACTORS))
    assert found[:, FACTOR_INDEX["gates"]].tolist() == [0.0, 10000.0, 25000.0]
    assert found[:, FACTOR_INDEX["openness"]].tolist() == [1000.0, 0.0, 0.0]
    assert not found[:, FACTOR_INDEX["averaging"]].any()


def test_a_copy_can_be_added_to_without_touching_the_first() -> None:
    terms = terms_make()
    before = terms.log_odds()
    copy = terms.copy()
    copy.add_constant("step3", 7.0)
    copy.add_sparse("letter_here", [0], np.ones((DRAWN, 1)))
    assert np.array_equal(terms.log_odds(), before)
    assert copy.log_odds()[0] - before[0] == pytest.approx(7.0)


def test_no_rows_are_no_trouble() -> None:
    terms, none = terms_make(), np.array([], dtype=np.int64)
    assert terms.contributions(none).shape == (0, len(FACTORS))
    assert terms.drawn_log_odds(none).shape == (DRAWS, 0)
    terms.add_sparse("gates", none, np.zeros((DRAWN, 0)))
    assert len(terms.sparse) == 2


@FEW
@given(applicant=applicants(), made=catalogues())
def test_there_is_one_path_to_each_number(applicant: Applicant, made: tuple[MadeTrack, ...]) -> None:
    """The quick sums over the catalogue and each row's contributions tell the same, in every draw."""
    columns = columns_of(*made)
    terms = scored(applicant, columns).terms
    rows = np.arange(len(columns))
    base = terms.base[:, columns.specialty]
    assert base[0] + terms.contributions(rows).sum(axis=1) == pytest.approx(terms.log_odds(), abs=1e-9)
    each = sum((terms.values(factor.name, rows) for factor in FACTORS), base)
    assert each[1:] == pytest.approx(terms.drawn_log_odds(rows), abs=1e-4)
    some = rows[::2]
    assert terms.drawn_log_odds(some) == pytest.approx(terms.drawn_log_odds(rows)[:, ::2], abs=1e-9)


def test_rescaled_terms_share_the_line_out_exactly() -> None:
    terms = terms_make()
    line = terms.rescaled(-0.5, 0.8)
    rows = np.arange(3)
    assert line.log_odds() == pytest.approx(-0.5 + 0.8 * terms.log_odds())
    assert line.contributions(rows) == pytest.approx(0.8 * terms.contributions(rows))
    assert line.drawn_log_odds(rows) == pytest.approx(-0.5 + 0.8 * terms.drawn_log_odds(rows))
    assert terms.rescaled(0.0, 1.0) is terms


@pytest.mark.parametrize("slope", [0.0, -1.0, float("nan")])
def test_a_slope_that_would_turn_signs_is_refused(slope: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        terms_make().rescaled(0.0, slope)


@given(catalogues(), applicants())
@FEW
def test_a_few_rows_have_the_numbers_they_have_among_all(
    tracks: tuple[MadeTrack, ...], applicant: Applicant
) -> None:
    """Whichever is shorter is looked up in the longer: the rows asked for, or those a term touches."""
    found = scored(applicant, columns_of(*tracks)).terms
    everywhere = np.arange(len(found.columns))
    whole, drawn = found.contributions(everywhere), found.drawn_log_odds(everywhere)
    for row in everywhere.tolist():
        assert np.allclose(found.contributions(np.array([row])), whole[[row]], rtol=0, atol=1e-12)
        assert np.allclose(found.drawn_log_odds(np.array([row])), drawn[:, [row]], rtol=0, atol=1e-12)
