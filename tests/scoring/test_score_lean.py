"""An answer without a list, and without ranges: what is left is what the whole answer says."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from applicants.personas import PERSONAS, Persona
from applicants.schema import ProfileDocument
from matching.catalogue import LoadedCatalogue
from matching.inputs import applicant_of
from matching.packing import answer_pack, answer_unpack
from matching.scoring.applicant import Applicant, Options
from matching.scoring.columns import Columns
from matching.scoring.score import score
from tests.scoring.made_catalogue import MadeTrack, columns_of, model_now
from tests.scoring.made_strategies import FEW, applicants, catalogues

pytestmark = pytest.mark.django_db  # to load the catalogue once

ALL = Options(
    tracks=("categorical", "primary-care", "advanced", "preliminary"),
    max_applications=5,
    top=500,
    signals=False,
)


def both(applicant: Applicant, columns: Columns, **changes: object) -> list[dict[str, object]]:
    """The members of each row that hang on neither list nor draws, by track; in both answers."""
    found: list[dict[str, object]] = []
    for options in (ALL, replace(ALL, **changes)):  # type: ignore[arg-type]
        rows = score(applicant, options, columns, model_now()).rows
        found.append(
            {
                columns.ids[row]: (tier, round(p, 12), confidence, abstained)
                for row, tier, p, confidence, abstained in zip(
                    rows.row, rows.tier, rows.p, rows.confidence, rows.abstained, strict=True
                )
            }
        )
    return found


@FEW
@given(applicant=applicants(), made=catalogues())
def test_odds_and_tiers_hang_on_neither_list_nor_ranges(
    applicant: Applicant, made: tuple[MadeTrack, ...]
) -> None:
    columns = columns_of(*made)
    for changes in ({"max_applications": 0}, {"ranges": False}, {"max_applications": 0, "ranges": False}):
        whole, lean = both(applicant, columns, **changes)
        assert lean == whole


@pytest.mark.parametrize("sample", PERSONAS, ids=lambda sample: sample.slug)
def test_without_ranges_the_lists_are_the_same(sample: Persona, real_catalogue: LoadedCatalogue) -> None:
    columns = real_catalogue.columns("2027")
    applicant = applicant_of(ProfileDocument.model_validate(sample.document))
    whole, lean = (
        score(applicant, replace(Options(), ranges=on), columns, model_now()) for on in (True, False)
    )
    assert [scope.rows.tolist() for scope in lean.scopes] == [scope.rows.tolist() for scope in whole.scopes]
    assert [scope.match.value for scope in lean.scopes] == [scope.match.value for scope in whole.scopes]
    assert lean.rows.row.tolist() == whole.rows.row.tolist()
    assert lean.tiers_all == whole.tiers_all
    assert np.isnan(lean.rows.low).all()
    assert np.isnan([(scope.match.low, scope.match.high) for scope in lean.scopes]).all()


def test_no_list_is_no_application_and_no_interview(real_catalogue: LoadedCatalogue) -> None:
    columns, applicant = (
        real_catalogue.columns("2027"),
        Applicant("us_img", specialties=("internal-medicine",)),
    )
    answer = score(applicant, Options(max_applications=0, top=25), columns, model_now())
    assert [(len(one.rows), one.cost_usd, one.match.value) for one in answer.scopes] == [(0, 0, 0.0)] * 4
    assert (answer.interviews.expected, answer.interviews.none, answer.interviews.pmf.tolist()) == (0, 1, [1])
    assert len(answer.rows.row) == 25
    assert not answer.rows.selected.any()
    assert (np.diff(answer.rows.p) <= 0).all()


def test_an_answer_without_ranges_is_kept_and_read_again(real_catalogue: LoadedCatalogue) -> None:
    columns = real_catalogue.columns("2027")
    answer = score(Applicant(), Options(ranges=False, top=5, max_applications=2), columns, model_now())
    again = answer_unpack(answer_pack(answer))
    assert answer_pack(again) == answer_pack(answer)
    assert np.isnan(again.scopes[-1].match.low)
