"""Many applicants at once get what each would get alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.catalogue import LoadedCatalogue
from matching.scoring.applicant import Applicant, Options
from matching.scoring.choice import scope_of
from matching.scoring.cohort import CLOSED, NONE, applicants_encode, cohort_blocks, cohort_top
from matching.scoring.cohort_tables import STEEP, averages_of
from matching.scoring.columns import Columns
from matching.scoring.draws import Floats
from matching.scoring.examine import examine
from matching.scoring.probability import averaged_logits
from matching.scoring.score import catalogue_score, score
from tests.scoring.made_catalogue import SEASON, MadeTrack, columns_of, model_now, plain_applicant, track_make
from tests.scoring.made_strategies import FEW, applicants, catalogues

pytestmark = pytest.mark.django_db  # to load the catalogue once

OPTIONS = Options(tracks=("categorical", "preliminary"))


def alone(
    applicant: Applicant, columns: Columns, top: int, options: Options
) -> tuple[list[int], Floats, Floats]:
    """Rows, log-odds and probabilities of one applicant's best tracks, by the way through the stages."""
    model = model_now()
    scored = catalogue_score(applicant, columns, model)
    open_rows = np.flatnonzero(scope_of(columns, applicant, options).asked & ~scored.screening.out)
    examined = examine(scored.terms, scored.sd, open_rows, model)
    best = np.argsort(-examined.p, kind="stable")[:top]
    rows = open_rows[best]
    return rows.tolist(), scored.log_odds[rows], examined.p[best]


@FEW
@given(
    cohort=st.lists(applicants(), min_size=1, max_size=4), made=catalogues(), top=st.sampled_from([1, 3, 50])
)
def test_one_of_many_is_scored_like_one_alone(
    cohort: list[Applicant], made: tuple[MadeTrack, ...], top: int
) -> None:
    columns, model = columns_of(*made), model_now()
    encoded = applicants_encode(cohort, columns, model)
    (block,) = cohort_blocks(encoded, columns, model, top, OPTIONS)
    assert block.rows.shape == block.p.shape == block.log_odds.shape == (len(cohort), top)
    for place, applicant in enumerate(cohort):
        rows, log_odds, p = alone(applicant, columns, top, OPTIONS)
        count = len(rows)
        assert block.rows[place].tolist() == rows + [NONE] * (top - count)
        assert np.round(block.log_odds[place, :count], 9) == pytest.approx(np.round(log_odds, 9), abs=2e-9)
        assert (block.log_odds[place, count:] == CLOSED).all()
        assert block.doubtful[place] or np.array_equal(block.p[place, :count], p)
        assert not block.p[place, count:].any()


def test_blocks_join_to_the_whole_whatever_their_size(
    real_catalogue: LoadedCatalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns, model = real_catalogue.columns(SEASON), model_now()
    cohort = [plain_applicant(graduation_year=year) for year in range(2015, 2026)]
    encoded = applicants_encode(cohort, columns, model)
    whole = cohort_top(encoded, columns, model, 200)
    monkeypatch.setattr("matching.scoring.cohort.BLOCK_PAIRS", 3 * len(columns))
    parts = list(cohort_blocks(encoded, columns, model, 200))
    assert [part.start for part in parts] == list(range(0, len(cohort), len(parts[0].rows)))
    assert len(parts) > 2
    assert np.array_equal(np.concatenate([part.rows for part in parts]), whole.rows)
    assert np.array_equal(np.concatenate([part.p for part in parts]), whole.p)


def test_over_the_real_catalogue_each_gets_the_rows_of_her_own(real_catalogue: LoadedCatalogue) -> None:
    columns, model = real_catalogue.columns(SEASON), model_now()
    cohort = [plain_applicant(), Applicant(applicant_type="non_us_img"), Applicant(), Applicant("us_md")]
    kept = cohort_top(applicants_encode(cohort, columns, model), columns, model, 200)
    for place, applicant in enumerate(cohort):
        rows, _, p = alone(applicant, columns, 200, Options())
        assert kept.rows[place].tolist() == rows
        assert np.array_equal(kept.p[place], p)


def test_a_chance_on_the_edge_of_rounding_is_doubtful(real_catalogue: LoadedCatalogue) -> None:
    """Whose last digit hangs on the order of summing is named; the others are right to the last bit."""
    columns, model = real_catalogue.columns(SEASON), model_now()
    cohort = [
        plain_applicant(graduation_year=year, research_publications=publications)
        for year in range(2000, 2026)
        for publications in range(4)
    ]
    kept = cohort_top(applicants_encode(cohort, columns, model), columns, model, 300)
    assert kept.doubtful.mean() < 0.05
    options = Options(max_applications=0, ranges=False, explain=0, top=300)
    for place in range(0, len(cohort), 7):
        told = score(cohort[place], options, columns, model).rows
        assert np.array_equal(kept.rows[place], told.row)
        assert kept.doubtful[place] or np.array_equal(kept.p[place], told.p)


def test_counted_programs_stand_where_their_probability_puts_them() -> None:
    """A program of whom more is known gains less by averaging: it stands elsewhere than by log-odds."""
    counts = {"residents_total": 60.0, "residents_us_img": 3.0}
    columns = columns_of(*(track_make(i, facts=counts if i == 2 else {}) for i in range(1, 5)))
    model = model_now()
    (block,) = cohort_blocks(applicants_encode([plain_applicant()], columns, model), columns, model, 4)
    rows, _, p = alone(plain_applicant(), columns, 4, Options())
    assert block.rows[0].tolist() == rows
    assert np.array_equal(block.p[0], p)


def test_nobody_and_nothing_open_are_no_trouble() -> None:
    columns, model = columns_of(track_make(1)), model_now()
    nobody = cohort_top(applicants_encode([], columns, model), columns, model, 5)
    assert nobody.rows.shape == (0, 5)
    elsewhere = applicants_encode([Applicant(specialties=("pathology",))], columns, model)
    kept = cohort_top(elsewhere, columns, model, 5)
    assert kept.rows.tolist() == [[NONE] * 5]
    assert kept.p.tolist() == [[0.0] * 5]
    missing = Options(tracks=("transitional",))
    assert cohort_top(elsewhere, columns, model, 2, missing).rows.tolist() == [[NONE] * 2]
    with pytest.raises(ValueError, match="at least one"):
        cohort_top(elsewhere, columns, model, 0)


def test_the_table_of_averages_is_right_between_its_entries() -> None:
    model = model_now()
    values, table = model.parameters.values, averages_of(model)
    log_odds = np.random.default_rng(3).uniform(-25, STEEP, 5000)
    widths = np.full(len(log_odds), values["openness_sd"])
    _, exact = averaged_logits(log_odds, widths, sigma=values["luck.sigma"], nodes=model.nodes)
    assert np.abs(table.averaged(log_odds) - exact).max() < 1e-13
