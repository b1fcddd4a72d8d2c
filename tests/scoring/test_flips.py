"""What moves a tier: each flip is exactly what scoring the changed applicant from the start would say."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from applicants.personas import PERSONAS
from applicants.services import profile_validate
from matching.catalogue import LoadedCatalogue
from matching.inputs import applicant_of
from matching.scoring.action_costs import cost_of
from matching.scoring.actions import ALL_ACTIONS, Action, ProgramAction
from matching.scoring.answer import Flips
from matching.scoring.applicant import Applicant, Options
from matching.scoring.columns import Columns
from matching.scoring.flips import MOST
from matching.scoring.probability import average
from matching.scoring.program_actions import sites_of
from matching.scoring.score import score
from matching.scoring.scored import catalogue_score
from matching.scoring.signal_actions import SIGNAL_ACTIONS
from matching.scoring.signals import LEVELS
from matching.scoring.situation import Situation
from tests.scoring.made_catalogue import EVERYTHING, SEASON, MadeTrack, columns_of, model_now
from tests.scoring.made_strategies import FEW, applicants, catalogues

pytestmark = pytest.mark.django_db
PEOPLE = [applicant_of(profile_validate(persona.document, season=SEASON)) for persona in PERSONAS]


def after(applicant: Applicant, action: int, row: int, columns: Columns) -> Applicant:
    """The applicant who has done it, at the program of ``row`` where it is done at a program."""
    model = model_now()
    now, chosen = Situation(applicant, model.application_year, model.parameters.values), ALL_ACTIONS[action]
    if isinstance(chosen, ProgramAction):
        return chosen.change(now, sites_of(columns, np.array([row]))[0])
    assert isinstance(chosen, Action)
    return chosen.change(now)


def flips_hold(applicant: Applicant, options: Options, columns: Columns, *, most: int) -> Flips:
    model = model_now()
    answer = score(applicant, options, columns, model)
    flips, tier = answer.flips, dict(zip(answer.rows.row.tolist(), answer.rows.tier.tolist(), strict=True))
    hidden = set(answer.rows.row[answer.rows.abstained].tolist())
    told = list(zip(flips.row.tolist(), flips.action.tolist(), flips.tier.tolist(), flips.p, strict=True))
    for row, action, new, p in told[:most]:
        again = score(after(applicant, action, row, columns), options, columns, model).rows
        at = np.flatnonzero(again.row == row)
        assert len(at) == 1
        assert again.p[at[0]] == pytest.approx(p, abs=1e-9)
        assert again.tier[at[0]] == new
        assert new > tier[row]
        assert row not in hidden
    return flips


@FEW
@given(catalogues(), applicants())
def test_a_flip_is_what_scoring_from_the_start_says(
    tracks: tuple[MadeTrack, ...], applicant: Applicant
) -> None:
    flips_hold(applicant, replace(EVERYTHING, top=50, signals=False), columns_of(*tracks), most=12)


@pytest.mark.parametrize("person", range(len(PEOPLE)))
def test_flips_of_the_samples_on_the_real_catalogue(person: int, real_catalogue: LoadedCatalogue) -> None:
    options = Options(rings=("national",), top=500, signals=False)
    flips_hold(PEOPLE[person], options, real_catalogue.columns(SEASON), most=4)


def test_the_cheapest_come_first_and_three_at_most(real_catalogue: LoadedCatalogue) -> None:
    values = model_now().parameters.values
    answer = score(PEOPLE[1], Options(), real_catalogue.columns(SEASON), model_now())
    flips = answer.flips
    assert flips.asked == 25
    assert len(flips.row)
    assert set(flips.row.tolist()) <= set(answer.rows.row[:25].tolist())
    for row in set(flips.row.tolist()):
        names = [ALL_ACTIONS[action].name for action in flips.action[flips.row == row]]
        efforts = [0.0 if name.startswith("signal_") else cost_of(name, values).effort for name in names]
        assert efforts == sorted(efforts)
        assert len(efforts) <= MOST


def test_none_are_looked_for_where_none_are_explained(real_catalogue: LoadedCatalogue) -> None:
    columns = real_catalogue.columns(SEASON)
    for options in (Options(explain=0), Options(ranges=False)):
        answer = score(PEOPLE[1], options, columns, model_now())
        assert answer.flips.asked == len(answer.flips.row) == 0


def test_a_signal_moves_only_rows_without_one_where_the_specialty_has_them(
    real_catalogue: LoadedCatalogue,
) -> None:
    columns, model = real_catalogue.columns(SEASON), model_now()
    options = Options(rings=("national",), explain=200)
    answer = score(PEOPLE[1], options, columns, model)
    scored, sigma = catalogue_score(PEOPLE[1], columns, model), model.parameters.values["luck.sigma"]
    rows, flips = answer.rows, answer.flips
    placed = dict(zip(rows.row.tolist(), rows.signal.tolist(), strict=True))
    signals = [action.name for action in SIGNAL_ACTIONS]
    seen = 0
    for row, action, p in zip(flips.row.tolist(), flips.action.tolist(), flips.p.tolist(), strict=True):
        if ALL_ACTIONS[action].name in signals:
            level = ALL_ACTIONS[action].name.removeprefix("signal_")
            known = model.signals.of(columns.specialties[columns.specialty[row]])
            assert known is not None
            assert known.counts[LEVELS.index(level)] > 0
            assert placed[row] < 0
            odds = scored.log_odds[[row]] + model.parameters.values[f"signal.{level}"]
            again = average(odds, scored.sd[[row]], sigma=sigma, nodes=model.nodes).p[0]
            assert p == pytest.approx(again, abs=1e-9)
            seen += 1
    assert seen
    without = score(PEOPLE[1], replace(options, signals=False), columns, model).flips
    assert not {ALL_ACTIONS[action].name for action in without.action.tolist()} & set(signals)
