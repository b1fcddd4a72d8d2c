"""Signals in a whole answer: placed within the season's counts, counted in the odds, told apart from them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from scipy.special import logit

from applicants.personas import PERSONAS
from applicants.schema import ProfileDocument
from matching.catalogue import LoadedCatalogue
from matching.inputs import applicant_of
from matching.packing import answer_pack, answer_unpack
from matching.scoring.answer import Answer
from matching.scoring.applicant import Applicant, Options
from matching.scoring.columns import Columns
from matching.scoring.registry import FACTOR_INDEX
from matching.scoring.score import score
from matching.scoring.signal_offer import NONE
from matching.scoring.signals import LEVELS
from matching.scoring.tiers import SAFETY
from tests.scoring.made_catalogue import EVERYTHING, MadeTrack, columns_of, model_now, track_make
from tests.scoring.made_strategies import FEW, applicants, catalogues

pytestmark = pytest.mark.django_db  # to load the catalogue once
OPTIONS = Options(explain=0)


@pytest.fixture(scope="module")
def columns(real_catalogue: LoadedCatalogue) -> Columns:
    return real_catalogue.columns("2027")


def persona(number: int) -> Applicant:
    return applicant_of(ProfileDocument.model_validate(PERSONAS[number].document))


def answered(number: int, columns: Columns, **options: object) -> Answer:
    return score(persona(number), replace(OPTIONS, **options), columns, model_now())  # type: ignore[arg-type]


@pytest.mark.parametrize("number", range(len(PERSONAS)))
def test_signals_are_placed_within_the_counts_of_each_specialty(number: int, columns: Columns) -> None:
    found = answered(number, columns)
    rows = found.rows
    assert (rows.signal[~rows.selected] == NONE).all()
    for scope in found.scopes:
        for code in np.unique(columns.specialty[scope.rows]):
            counts = model_now().signals.of(columns.specialties[code])
            sent = scope.signals[(columns.specialty[scope.rows] == code) & (scope.signals != NONE)]
            placed = np.bincount(sent, minlength=len(LEVELS))
            assert (placed <= (counts.counts if counts else (0, 0, 0))).all()
    for use in found.signals:
        assert use.placed == use.available  # these lists are long enough to use them all
        assert (use.season, bool(use.source)) == (2025, True)


@pytest.mark.parametrize("number", range(len(PERSONAS)))
def test_the_odds_count_the_signal_and_still_add_up(number: int, columns: Columns) -> None:
    found = answered(number, columns)
    rows, values = found.rows, model_now().parameters.values
    assert rows.base + rows.contributions.sum(axis=1) == pytest.approx(logit(rows.p), abs=1e-6)
    assert (rows.low <= rows.p).all()
    assert (rows.p <= rows.high).all()
    strength = np.array([*(values[f"signal.{level}"] for level in LEVELS), 0.0])
    assert rows.contributions[:, FACTOR_INDEX["signal"]] == pytest.approx(strength[rows.signal])
    chosen = rows.selected
    assert (rows.match_if[chosen] * rows.p[chosen]).sum() == pytest.approx(found.widest.match.value, abs=1e-9)
    assert found.interviews.expected == pytest.approx(rows.p[chosen].sum())
    assert found.widest.match.low <= found.widest.match.value <= found.widest.match.high


@pytest.mark.parametrize("number", range(len(PERSONAS)))
def test_without_signals_no_chance_is_larger(number: int, columns: Columns) -> None:
    with_signals, without = answered(number, columns), answered(number, columns, signals=False)
    assert (without.rows.signal == NONE).all()
    assert without.signals == ()
    for one, other in zip(with_signals.scopes, without.scopes, strict=True):
        assert one.match.value >= other.match.value - 1e-3
        assert one.cost_usd <= other.cost_usd


def test_an_answer_with_signals_is_kept_whole(columns: Columns) -> None:
    found = answered(0, columns)
    again = answer_unpack(answer_pack(found))
    assert again.signals == found.signals
    assert again.balance == found.balance
    assert again.rows.signal.tolist() == found.rows.signal.tolist()
    assert [scope.signals.tolist() for scope in again.scopes] == [
        scope.signals.tolist() for scope in found.scopes
    ]


def test_a_specialty_without_counts_gets_no_advice() -> None:
    columns = columns_of(*(track_make(n, specialty="obstetrics-gynecology") for n in range(1, 5)))
    found = score(Applicant("us_img"), replace(EVERYTHING, signals=True), columns, model_now())
    assert (found.rows.signal == NONE).all()
    assert found.signals == ()


@FEW
@given(applicants(), catalogues())
def test_a_signal_makes_no_safety(applicant: Applicant, tracks: tuple[MadeTrack, ...]) -> None:
    columns = columns_of(*tracks)
    plain = score(applicant, EVERYTHING, columns, model_now())
    found = score(applicant, replace(EVERYTHING, signals=True), columns, model_now())
    safe = set(plain.rows.row[plain.rows.tier == SAFETY].tolist())
    assert set(found.rows.row[found.rows.tier == SAFETY].tolist()) <= safe
