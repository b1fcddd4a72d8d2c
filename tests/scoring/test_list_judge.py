"""Any list judged and repaired: limits kept, what must be in kept, what is closed gone, never worse."""

from dataclasses import replace

import numpy as np
import pytest

from applicants.personas import PERSONAS
from applicants.schema import ProfileDocument
from matching.catalogue import LoadedCatalogue
from matching.inputs import applicant_of
from matching.scoring.applicant import Applicant, Options
from matching.scoring.choice import best_tracks, scope_of
from matching.scoring.columns import Columns, Ints
from matching.scoring.list_judge import list_balance, list_repair
from matching.scoring.listing import step_prices
from matching.scoring.score import catalogue_score, score
from tests.scoring.made_catalogue import SEASON, model_now

pytestmark = pytest.mark.django_db  # to load the catalogue once


@pytest.fixture(scope="module")
def columns(real_catalogue: LoadedCatalogue) -> Columns:
    return real_catalogue.columns(SEASON)


def persona(number: int) -> Applicant:
    return applicant_of(ProfileDocument.model_validate(PERSONAS[number].document))


def random_list(applicant: Applicant, columns: Columns, size: int = 50) -> Ints:
    asked = np.flatnonzero(scope_of(columns, applicant, Options()).asked)
    programs = best_tracks(columns, asked, catalogue_score(applicant, columns, model_now()).log_odds)
    return np.sort(np.random.default_rng(3).choice(programs, size, replace=False))


def cost(rows: Ints, columns: Columns) -> int:
    counts = np.bincount(columns.specialty[rows], minlength=len(columns.specialties)).tolist()
    prices = step_prices(columns, model_now())
    return sum(int(row[:count].sum()) for row, count in zip(prices, counts, strict=True))


@pytest.mark.parametrize("number", range(len(PERSONAS)))
def test_a_random_list_is_repaired_within_its_limits(number: int, columns: Columns) -> None:
    applicant = persona(number)
    mine = random_list(applicant, columns)
    found = list_repair(applicant, Options(), mine, columns, model_now())
    assert len(found.rows) == len(mine)
    assert len(np.unique(columns.program[found.rows])) == len(found.rows)
    assert cost(found.rows, columns) <= cost(mine, columns)
    assert set(found.added) == set(found.rows) - set(mine)
    assert set(found.removed) == set(mine) - set(found.rows)
    assert found.before.value < 0.97 <= found.after.value + 1e-9
    assert found.after.none <= found.before.none
    assert not {finding.code for finding in found.after.findings} & {"closed", "below_best"}


def test_what_must_be_in_stays_and_what_must_not_goes(columns: Columns) -> None:
    applicant = persona(0)
    mine = random_list(applicant, columns)
    scored = catalogue_score(applicant, columns, model_now())
    open_rows = mine[~scored.screening.out[mine] & (columns.listing[mine] < 2)]
    worst = open_rows[np.argsort(scored.log_odds[open_rows])[:3]]
    best = open_rows[np.argsort(-scored.log_odds[open_rows])[0]]
    options = Options(
        must_include=tuple(columns.ids[row] for row in worst), must_exclude=(columns.ids[best],)
    )
    found = list_repair(applicant, options, mine, columns, model_now())
    assert set(worst) <= set(found.rows)
    assert best in found.removed


def test_a_list_too_dear_for_its_limit_is_cut_to_it(columns: Columns) -> None:
    applicant = persona(3)
    mine = random_list(applicant, columns)
    found = list_repair(applicant, Options(max_usd=300), mine, columns, model_now())
    assert 0 < cost(found.rows, columns) <= 300


def test_our_own_list_needs_no_repair(columns: Columns) -> None:
    options = Options(signals=False, explain=0)
    for number in range(len(PERSONAS)):
        applicant = persona(number)
        answer = score(applicant, options, columns, model_now())
        found = list_repair(applicant, options, answer.widest.rows, columns, model_now())
        assert answer.balance is not None
        assert (len(found.added), found.before.grade) == (0, answer.balance.grade)
        assert found.before.value > 0.99


def test_a_closed_program_costs_a_grade(columns: Columns) -> None:
    applicant = persona(0)
    answer = score(applicant, Options(signals=False, explain=0), columns, model_now())
    assert answer.screened.size
    ours = list_balance(applicant, Options(), answer.widest.rows, columns, model_now())
    spoilt = np.append(answer.widest.rows[1:], answer.screened[0])
    found = list_balance(applicant, Options(), spoilt, columns, model_now())
    assert "closed" in {finding.code for finding in found.findings}
    assert found.grade > ours.grade


def test_a_program_listed_twice_is_refused(columns: Columns) -> None:
    with pytest.raises(ValueError, match="twice"):
        list_balance(persona(0), Options(), np.array([5, 5]), columns, model_now())


def test_forced_programs_lower_the_value_of_our_list(columns: Columns) -> None:
    applicant, options = persona(0), Options(signals=False, explain=0, max_applications=20)
    mine = random_list(applicant, columns)
    scored = catalogue_score(applicant, columns, model_now())
    may = mine[~scored.screening.out[mine] & (columns.listing[mine] < 2)]
    worst = may[np.argsort(scored.log_odds[may])[:10]]
    forced = replace(options, must_include=tuple(columns.ids[row] for row in worst))
    free, held = (score(applicant, one, columns, model_now()).balance for one in (options, forced))
    assert free is not None
    assert held is not None
    assert free.value == 1.0
    assert held.value < 0.97
