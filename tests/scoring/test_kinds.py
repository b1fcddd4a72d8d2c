from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from matching.scoring.applicant import Applicant
from matching.scoring.draws import DRAWS
from matching.scoring.kinds import KINDS, UNSAID, by_kind, kind_weights
from matching.scoring.score import score
from tests.scoring.made_catalogue import (
    EVERYTHING,
    MadeTrack,
    changed,
    columns_of,
    model_now,
    plain_applicant,
    told,
    track_make,
)
from tests.scoring.made_strategies import FEW, applicants, catalogues
from tests.scoring.made_terms import factors_of, value

ROUNDING = 1e-9


@pytest.mark.parametrize("kind", KINDS)
def test_who_says_her_kind_is_of_that_kind(kind: str) -> None:
    drawn = model_now().drawn
    assert kind_weights(kind, drawn) == {kind: 1.0}
    assert (by_kind("match.willing", kind, drawn) == drawn.row(f"match.willing.{kind}")).all()


def test_who_does_not_is_a_stated_mix_and_one_kind_in_each_draw() -> None:
    weights = kind_weights(UNSAID, model_now().drawn)
    table = np.stack([weights[kind] for kind in KINDS])
    assert table.sum(axis=0) == pytest.approx(np.ones(1 + DRAWS))
    assert set(table[:, 1:].ravel().tolist()) == {0.0, 1.0}
    for kind in KINDS:
        share = value(f"population.type_share.{kind}")
        assert np.asarray(weights[kind])[0] == pytest.approx(share)
        assert np.asarray(weights[kind])[1:].mean() == pytest.approx(share, abs=0.03)


def test_without_draws_the_mix_is_the_same() -> None:
    model = model_now()
    stated, whole = (by_kind("match.willing", UNSAID, drawn) for drawn in (model.central.drawn, model.drawn))
    assert stated.shape == (1,)
    assert stated[0] == whole[0]


def test_a_kind_not_said_takes_every_contribution_by_its_share() -> None:
    facts = {"residents_us_img": 6.0, "residents_total": 30.0, "program_type": "community"}
    tracks = (track_make(1, ("CA", "Los Angeles"), facts=facts), track_make(2, facts={"accepts_img": "yes"}))
    mixed = factors_of(plain_applicant(applicant_type=None), *tracks)
    each = {kind: factors_of(plain_applicant(applicant_type=kind), *tracks) for kind in KINDS}
    for row, found in enumerate(mixed):
        for name, contribution in found.items():
            expected = sum(value(f"population.type_share.{kind}") * each[kind][row][name] for kind in KINDS)
            assert contribution == pytest.approx(expected, abs=1e-12), name


@FEW
@given(applicant=applicants(), made=catalogues(4))
def test_a_kind_not_said_lies_between_the_best_and_the_worst(
    applicant: Applicant, made: tuple[MadeTrack, ...]
) -> None:
    columns = columns_of(*made)
    applicant = replace(applicant, visa_needed="none")
    answer = score(changed(applicant, applicant_type=None), EVERYTHING, columns, model_now())
    assert "applicant_type" in answer.unknown
    mixed = told(changed(applicant, applicant_type=None), columns)
    each = [told(changed(applicant, applicant_type=kind), columns) for kind in KINDS]
    for name, row in mixed.items():
        chances = [found[name].p for found in each if name in found]
        if len(chances) == len(KINDS):
            assert min(chances) - ROUNDING <= row.p <= max(chances) + ROUNDING, name


def test_a_kind_not_said_widens_the_range() -> None:
    columns = columns_of(track_make(1))
    said, unsaid = (
        told(plain_applicant(applicant_type=kind), columns)["sp00001"] for kind in ("us_img", None)
    )
    assert unsaid.high - unsaid.low > said.high - said.low
