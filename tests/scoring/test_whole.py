"""The odds of every track: the same numbers as the answer's rows, and gains that are really had."""

from dataclasses import replace

import numpy as np
import pytest

from applicants.personas import PERSONAS
from applicants.schema import ProfileDocument
from matching.catalogue import LoadedCatalogue
from matching.inputs import applicant_of
from matching.scoring.answer import Answer, Whole
from matching.scoring.applicant import Applicant, Options
from matching.scoring.choice import best_tracks
from matching.scoring.columns import Columns
from matching.scoring.score import score
from matching.scoring.tiers import SAFETY, TIERS
from tests.scoring.made_catalogue import model_now

pytestmark = pytest.mark.django_db  # to load the catalogue once


@pytest.fixture(scope="module")
def columns(real_catalogue: LoadedCatalogue) -> Columns:
    return real_catalogue.columns("2027")


def persona(place: int) -> Applicant:
    return applicant_of(ProfileDocument.model_validate(PERSONAS[place].document))


def both(applicant: Applicant, columns: Columns, options: Options) -> tuple[Answer, Whole]:
    answer = score(applicant, options, columns, model_now(), whole=True)
    assert answer.whole is not None
    return answer, answer.whole


@pytest.mark.parametrize("place", range(len(PERSONAS)))
def test_whole_says_of_every_row_what_the_answer_says(columns: Columns, place: int) -> None:
    answer, whole = both(persona(place), columns, Options(top=500))
    rows, told = answer.rows, ~answer.rows.abstained

    np.testing.assert_array_equal(whole.p[rows.row[told]], rows.p[told])
    np.testing.assert_array_equal(whole.tier[rows.row[told]], rows.tier[told])
    np.testing.assert_array_equal(whole.fit[rows.row], rows.fit)
    np.testing.assert_array_equal(np.flatnonzero(whole.selected), np.sort(answer.widest.rows))
    assert np.isnan(whole.p[rows.row[rows.abstained]]).all()
    assert whole.closed[answer.screened].all()


@pytest.mark.parametrize("place", range(len(PERSONAS)))
def test_whole_counts_the_tiers_the_answer_counts(columns: Columns, place: int) -> None:
    answer, whole = both(persona(place), columns, Options())

    shown = whole.tier[whole.asked & ~whole.closed]
    hidden = int((shown < 0).sum())  # abstained: counted as reach in the answer, not told here
    counts = np.bincount(shown[shown >= 0], minlength=len(TIERS)).tolist()
    assert [counts[0] + hidden, *counts[1:]] == list(answer.tiers_all)


def test_whole_is_the_same_without_being_asked_for_ranges(columns: Columns) -> None:
    """A safety hangs on a range, which is then worked out all the same."""
    strong = replace(persona(3), specialties=())
    ranged, bare = (both(strong, columns, Options(ranges=ranges))[1] for ranges in (True, False))

    np.testing.assert_array_equal(ranged.tier, bare.tier)
    np.testing.assert_array_equal(ranged.p, bare.p)
    assert (ranged.tier != SAFETY).any()


def test_whole_gain_of_a_program_is_what_a_longer_list_brings(columns: Columns) -> None:
    """Added to the list by force, the program brings the gain that was told."""
    applicant, options = persona(0), Options(max_applications=12, signals=False)
    answer, whole = both(applicant, columns, options)
    ids = tuple(columns.ids[row] for row in answer.widest.rows.tolist())
    open_rows = np.flatnonzero(whole.asked & (whole.tier >= 0) & ~whole.selected)
    programs = best_tracks(columns, open_rows, np.where(np.isnan(whole.p), -1.0, whole.p))
    for row in programs[:: len(programs) // 6].tolist():
        if whole.gain[row] == 0:
            continue
        longer = replace(options, max_applications=13, must_include=(*ids, columns.ids[row]))
        more = score(applicant, longer, columns, model_now()).widest
        assert more.match.value - answer.widest.match.value == pytest.approx(whole.gain[row], abs=1e-12)


def test_whole_gain_of_a_listed_program_is_what_goes_without_it(columns: Columns) -> None:
    applicant, options = persona(0), Options(max_applications=6, signals=False)
    answer, whole = both(applicant, columns, options)
    ids = [columns.ids[row] for row in answer.widest.rows.tolist()]
    for place, row in enumerate(answer.widest.rows.tolist()):
        rest = tuple(name for at, name in enumerate(ids) if at != place)
        less = score(
            applicant, Options(max_applications=5, must_include=rest, signals=False), columns, model_now()
        )
        lost = answer.widest.match.value - less.widest.match.value
        assert lost == pytest.approx(whole.gain[row], abs=1e-12)


def test_whole_of_no_list_is_the_gain_of_the_first_program(columns: Columns) -> None:
    answer, whole = both(persona(0), columns, Options(max_applications=0))

    assert not whole.selected.any()
    assert answer.widest.match.value == 0
    shown = whole.tier >= 0
    assert (whole.gain[shown] >= 0).all()
    assert (whole.gain[shown] <= whole.p[shown]).all()


def test_whole_is_left_out_unless_asked_for(columns: Columns) -> None:
    assert score(persona(0), Options(top=5, max_applications=5), columns, model_now()).whole is None
