"""What each strategy chooses."""

import numpy as np
import pytest

from matching.catalogue import LoadedCatalogue
from matching.scoring.applicant import Applicant, Exam, Tie, Wishes
from matching.scoring.columns import Columns
from matching.simulation.programs import market_of
from matching.simulation.strategies import (
    BY_LIKING,
    BY_ODDS,
    FRIENDLY,
    LOS_ANGELES,
    OTHERS,
    STATES,
    TIERS,
    Budget,
    Chooser,
    affordable,
    candidates,
    chosen,
    first_signalled,
    ours,
)
from tests.scoring.made_catalogue import model_now
from tests.simulation.worlds import columns_small

pytestmark = pytest.mark.django_db  # to load the catalogue once

MOST = 24
BUDGET = Budget(MOST, 10_000)
ME = Applicant(
    applicant_type="us_img",
    graduation_year=2025,
    step1=Exam("pass", None, 1),
    step2ck=Exam("pass", 224, 1),
    specialties=("internal-medicine", "family-medicine"),
    ties=(Tie("residence", "CA", "los-angeles"),),
    wishes=Wishes(ring="los-angeles"),
)


def chooser(columns: Columns) -> Chooser:
    chance, n = np.random.default_rng(1), len(columns)
    rows, p = candidates(ME, columns, model_now(), np.flatnonzero(market_of(columns)))
    liked, believed, lot = chance.random((3, n)).astype(np.float32)
    return Chooser(rows, p, liked, believed, lot)


def friendly(columns: Columns) -> np.ndarray:
    found: np.ndarray = (np.arange(len(columns)) % 3 == 0).astype(np.float64)
    return found


@pytest.mark.parametrize("name", OTHERS)
def test_a_list_holds_each_program_once_and_none_she_cannot_apply_to(
    real_catalogue: LoadedCatalogue, name: str
) -> None:
    columns = columns_small(real_catalogue)
    rows = chosen(name, chooser(columns), columns, model_now(), friendly(columns), BUDGET)
    assert len(rows) == MOST
    assert len(np.unique(columns.program[rows])) == MOST
    assert market_of(columns)[rows].all()
    assert {columns.specialties[code] for code in columns.specialty[rows]} <= set(ME.specialties)


def test_each_strategy_does_what_it_is_called(real_catalogue: LoadedCatalogue) -> None:
    columns = columns_small(real_catalogue)
    mine, kind = chooser(columns), friendly(columns)

    def rows(name: str) -> np.ndarray:
        return chosen(name, mine, columns, model_now(), kind, BUDGET)

    p = dict(zip(mine.rows.tolist(), mine.p.tolist(), strict=True))
    assert min(p[row] for row in rows(BY_ODDS).tolist()) >= sorted(p.values())[-MOST]
    assert mine.liked[rows(BY_LIKING)].min() >= np.sort(mine.liked[mine.rows])[-MOST]
    assert (np.diff(columns.ring[rows(LOS_ANGELES)]) >= 0).all()
    assert columns.ring[rows(LOS_ANGELES)[0]] == columns.ring[mine.rows].min()
    assert kind[rows(STATES)].all()
    assert kind[rows(FRIENDLY)].all()
    states = columns.place_state[columns.cell[rows(STATES)] // 2].tolist()
    assert states == sorted(states)


def test_tiers_are_a_quarter_a_half_and_a_quarter_of_thirds_by_odds(real_catalogue: LoadedCatalogue) -> None:
    columns = columns_small(real_catalogue)
    mine = chooser(columns)
    rows = chosen(TIERS, mine, columns, model_now(), friendly(columns), BUDGET)
    safety, target, reach = np.array_split(
        mine.rows[np.argsort(-mine.p, kind="stable")][: (mine.p > 0).sum()], 3
    )
    counts = [np.isin(rows, tier).sum() for tier in (safety, target, reach)]
    assert counts == [MOST // 4, MOST // 2, MOST // 4]


def test_ours_is_the_recommended_list_and_what_it_promises(real_catalogue: LoadedCatalogue) -> None:
    columns = columns_small(real_catalogue)
    plain, drawn = (ours(ME, columns, model_now(), BUDGET, weight) for weight in (None, 5.0))
    assert len(plain.rows) == MOST
    assert 0 < plain.match < 1
    assert plain.expected > plain.match
    assert drawn.los_angeles >= plain.los_angeles
    assert drawn.match <= plain.match


def test_signals_go_to_the_first_of_each_specialty(real_catalogue: LoadedCatalogue) -> None:
    columns, model = columns_small(real_catalogue), model_now()
    rows = chosen(BY_ODDS, chooser(columns), columns, model_now(), friendly(columns), BUDGET)
    given = first_signalled(rows, columns, model, 1.6)
    for code in np.unique(columns.specialty[rows]).tolist():
        counts = model.signals.of(columns.specialties[code])
        assert counts is not None
        of_code = given[columns.specialty[rows] == code]
        assert (of_code > 0).sum() == min(counts.total, len(of_code))
        assert (np.diff(of_code) <= 0).all()


@pytest.mark.parametrize("usd", [0, 10, 99, 330, 400, 1000])
def test_no_list_costs_more_than_the_budget_or_leaves_what_it_could_pay_for(
    real_catalogue: LoadedCatalogue, usd: int
) -> None:
    columns, model, budget = columns_small(real_catalogue), model_now(), Budget(MOST * 2, usd)
    order = chooser(columns).rows
    rows = affordable(order, columns, model, budget)
    counts = np.bincount(columns.specialty[rows], minlength=len(columns.specialties)).tolist()
    named = {name: count for name, count in zip(columns.specialties, counts, strict=True) if count}
    cost = model.fees.cost(named, model.services)
    assert cost <= usd
    assert len(rows) == min(budget.programs, len(order)) or usd - cost < 30
    assert ours(ME, columns, model, budget, None).rows.size <= budget.programs


def test_an_unknown_strategy_is_refused(real_catalogue: LoadedCatalogue) -> None:
    columns = columns_small(real_catalogue)
    with pytest.raises(KeyError):
        chosen("by chance", chooser(columns), columns, model_now(), friendly(columns), BUDGET)
