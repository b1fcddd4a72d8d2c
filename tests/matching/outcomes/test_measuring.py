from dataclasses import fields, replace

import numpy as np
import pytest
from scipy.special import expit, logit

from matching.calibration.outcomes import Outcomes, Rules
from matching.calibration.outcomes_fits import Line
from matching.calibration.outcomes_link import Link
from matching.outcomes.measuring import (
    Findings,
    line_of,
    outcomes_measure,
    recalibrated_kinds,
    version_chosen,
)
from matching.outcomes.writing import model_after
from matching.scoring.examine import examine
from matching.scoring.model import Model
from matching.scoring.score import catalogue_score
from tests.calibration.made_outcomes import VERSION, outcomes_made, outcomes_of
from tests.matching.outcomes.made_file import SEASON, model_now
from tests.scoring.made_catalogue import columns_of, plain_applicant, track_make

RULES = Rules(resamples=50)


def current(outcomes: Outcomes) -> Outcomes:
    return replace(outcomes, version=np.full(len(outcomes), model_now().version))


def measured(outcomes: Outcomes, **more: str) -> Findings:
    return outcomes_measure(outcomes, model_now(), None, RULES, **more)


def test_right_chances_leave_the_model_as_it_is() -> None:
    found = measured(current(outcomes_made(1)))
    (decision,) = found.decisions
    assert (decision.words, decision.changes, found.foreign) == ("kept as is", False, False)
    assert model_after(found, SEASON).version == model_now().version
    assert found.noise
    assert found.whole.ece
    assert found.whole.ece.value <= found.noise.high


def test_a_shift_makes_a_new_version_whose_own_parameters_hold_it() -> None:
    found = measured(current(outcomes_made(1, intercept=-0.7)))
    (decision,) = found.decisions
    assert decision.words == "shifted"
    after = model_after(found, SEASON)
    assert after.version != model_now().version
    assert line_of(after, "us_img").intercept == pytest.approx(decision.line.intercept, abs=1e-4)
    assert line_of(after, "us_md") == Line()
    assert recalibrated_kinds(after) == ["us_img"]
    assert recalibrated_kinds(model_now()) == []


def chances_at(model: Model) -> tuple[np.ndarray, np.ndarray]:
    """Chances and the spread of their programs' unknown part, scored by the core itself."""
    columns = columns_of(
        track_make(1, facts={"residents_us_img": 6.0, "residents_total": 30.0}),
        track_make(2, ("CA", "Los Angeles"), specialty="family-medicine"),
        track_make(3, facts={"program_type": "university"}),
    )
    scored = catalogue_score(plain_applicant(), columns, model.central)
    return examine(scored.terms, scored.sd, np.arange(3), model).p, scored.sd


def test_the_core_gives_the_chances_the_recalibration_promised() -> None:
    """What is fitted to chances alone is what programs get when the parameters say so."""
    found = measured(current(outcomes_made(1, intercept=-1.0, slope=0.55)))
    (decision,) = found.decisions
    assert decision.words == "shifted and stretched"
    before, sd = chances_at(model_now())
    after, _ = chances_at(model_after(found, SEASON))
    link = Link.of(sd, sigma=model_now().parameters.values["luck.sigma"], nodes=model_now().nodes)
    moved = decision.line.intercept + decision.line.slope * link.log_odds_of(logit(before))
    assert after == pytest.approx(expit(link.logit_of(moved)), abs=2e-4)


def test_a_second_recalibration_goes_on_top_of_the_first() -> None:
    first = measured(current(outcomes_made(1, intercept=-0.7)))
    model = model_after(first, SEASON)
    outcomes = outcomes_made(2, intercept=-0.5)
    again = outcomes_measure(
        replace(outcomes, version=np.full(len(outcomes), model.version)), model, None, RULES
    )
    (decision,) = again.decisions
    assert decision.before == line_of(model, "us_img")
    assert decision.line.intercept == pytest.approx(
        decision.before.intercept + decision.recalibration.line.intercept
    )


def test_kinds_are_decided_by_themselves() -> None:
    right, wrong = outcomes_made(1), outcomes_made(2, intercept=-1.0, kind="us_do")
    other = replace(wrong, applicant=wrong.applicant + right.applicants)
    names = [each.name for each in fields(Outcomes)]
    both = Outcomes(**{name: np.concatenate((getattr(right, name), getattr(other, name))) for name in names})
    words = {decision.kind: decision.words for decision in measured(current(both)).decisions}
    assert words == {"us_do": "shifted", "us_img": "kept as is"}


def mixed_versions() -> Outcomes:
    outcomes = outcomes_made(3)
    version = np.where(outcomes.applicant < 100, model_now().version, VERSION)
    return replace(outcomes, version=version)


def test_versions_are_told_apart_and_the_current_one_decides() -> None:
    found = measured(mixed_versions())
    assert {each.applicants for each in found.by_version} == {50, 100}
    assert found.version == model_now().version
    assert found.whole.applicants == 100
    assert any("rest on version" in warning for warning in found.warnings)


def test_without_rows_of_the_current_version_the_newest_decides_and_it_is_said() -> None:
    outcomes = outcomes_made(3)
    old = replace(
        outcomes,
        season=np.where(outcomes.applicant < 100, "2025", "2026"),
        version=np.where(outcomes.applicant < 100, "1.aaaaaaaaaa", VERSION),
    )
    found = measured(old)
    assert (found.version, found.foreign) == (VERSION, True)
    assert "not by the current" in found.warnings[0]
    assert version_chosen(old, "1.aaaaaaaaaa") == "1.aaaaaaaaaa"
    assert measured(old, from_version="1.aaaaaaaaaa").whole.applicants == 100


def test_a_version_nobody_predicted_by_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no row was predicted by version 1\.ffffffffff"):
        measured(outcomes_made(1), from_version="1.ffffffffff")


def test_unknown_outcomes_are_counted_and_left_out() -> None:
    outcomes = current(outcomes_made(4))
    holed = outcomes.interviewed.copy()
    holed[:500] = np.nan
    found = measured(replace(outcomes, interviewed=holed))
    assert found.counts.unknown == 500
    assert found.counts.mean_left_out == pytest.approx(outcomes.probability[:500].mean())
    assert found.whole.rows == len(outcomes) - 500
    assert any("left out" in warning for warning in found.warnings)


def test_nothing_known_is_told_as_nothing() -> None:
    found = measured(current(outcomes_of([0, 1], [0.1, 0.2], [np.nan, np.nan])))
    assert found.whole.withheld
    assert (found.decisions, found.noise, found.matches) == ((), None, ())


def test_programs_of_the_catalogue_bring_their_own_spread() -> None:
    columns = columns_of(track_make(1, facts={"residents_us_img": 6.0, "residents_total": 30.0}))
    outcomes = current(outcomes_made(5))
    found = outcomes_measure(outcomes, model_now(), columns, RULES)
    assert found.counts.programs_unknown == int((outcomes.program != "sp00001").sum())
    assert measured(outcomes).counts.programs_unknown == len(outcomes)


def test_matches_are_told_where_interviews_have_an_end() -> None:
    outcomes = outcomes_made(6)
    matched = np.where(outcomes.interviewed > 0, np.arange(len(outcomes)) % 4 == 0, np.nan)
    (found,) = measured(current(replace(outcomes, matched=matched))).matches
    assert found.interviews == int(outcomes.interviewed.sum())
    assert found.share.value == pytest.approx(np.nanmean(matched))
