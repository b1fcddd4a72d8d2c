from dataclasses import fields, replace

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries

from matching.engine import answer_compute
from matching.models import Match
from matching.schema import MatchOptions
from matching.scoring.answer import Whole
from matching.whole import KEPT, whole_of, whole_pack, whole_unpack
from tests.matching.factories import run_done_make
from tests.matching.inputs import profile_of
from tests.matching.made_snapshot import catalogue_of, row_make

CATALOGUE = catalogue_of(
    row_make(1, facts={"min_step2ck": 230.0}),
    row_make(2, ("NY", "Kings"), facts={"accepts_img": "yes", "min_step2ck": "none"}),
    row_make(3, ("OR", "Lane"), listing_status="old"),
)
IDS = tuple(track.id for track in CATALOGUE.tracks)


def made() -> Whole:
    answer = answer_compute(
        profile=profile_of(), options=MatchOptions(), catalogue=CATALOGUE, season="2027", whole=True
    )
    assert answer.whole is not None
    return answer.whole


def test_whole_comes_back_in_the_digits_kept() -> None:
    whole = made()

    again = whole_unpack(whole_pack(whole), IDS)

    assert again is not None
    for field in fields(Whole):
        before, after = getattr(whole, field.name), getattr(again, field.name)
        np.testing.assert_allclose(after, before, rtol=1e-3, atol=1e-7, equal_nan=True, err_msg=field.name)
    np.testing.assert_allclose(again.p, whole.p, rtol=1e-6, equal_nan=True)
    assert again.row_of == {name: row for row, name in enumerate(IDS)}


def test_whole_keeps_every_array_there_is() -> None:
    assert {field.name for field in fields(Whole)} == set(KEPT)


def test_whole_unpack_refuses_another_catalogue_and_another_format() -> None:
    blob = whole_pack(made())

    assert whole_unpack(blob, IDS[:-1]) is None
    assert whole_unpack(blob, (*IDS, "sp99999")) is None
    longer = replace(made(), p=np.zeros(4))
    assert whole_unpack(whole_pack(longer), IDS) is None


@pytest.mark.django_db
def test_whole_of_an_older_run_is_none() -> None:
    assert whole_of(run_done_make()) is None


def test_whole_of_a_scored_run_in_one_query(
    scored: Match, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run = type(scored.run).objects.defer("whole").get(pk=scored.run_id)
    whole_of(scored.run)  # the catalogue is in memory from here on
    with django_assert_num_queries(1):
        whole = whole_of(run)

    assert whole is not None
    assert whole.selected.sum() > 0
