from fnmatch import fnmatchcase

import numpy as np
import pytest
from scipy.special import expit

from matching.calibration.choose import signals_on
from matching.calibration.crowd import chances, crowd_make, intercept, intercept_fit
from matching.calibration.population import KINDS
from matching.calibration.sensitivity import (
    IMGS,
    NOT_VARIED,
    Sample,
    effects,
    kinds_of,
    sample_match,
    varied,
)
from matching.scoring.applicant import ApplicantType
from matching.scoring.match_chance import match_probability
from matching.scoring.registry_stages import CALIBRATION
from matching.scoring.score import catalogue_score
from tests.calibration.made_document import samples
from tests.calibration.made_world import world

WATCHED = ("luck.sigma", "population.openness_known", "population.applications.us_md", "step1.fail")


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("population.openness_known", KINDS),
        ("population.step2ck.us_img.mean", ("us_img",)),
        ("population.home.us_school.pacific", ("us_md", "us_do")),
        ("match.willing.non_us_img", ("non_us_img",)),
        ("luck.sigma", IMGS),
    ],
)
def test_kinds_of_a_parameter(name: str, kinds: tuple[ApplicantType, ...]) -> None:
    assert kinds_of(name) == kinds


def test_varied_are_all_uncertain_parameters_of_the_population_and_none_that_is_fitted() -> None:
    names = {row.name for row in varied(world())}
    stated = {
        row.name
        for row in world().model.parameters.rows()
        if row.uncertain and any(fnmatchcase(row.name, pattern) for pattern in CALIBRATION)
    }
    assert stated <= names
    assert {"luck.sigma", "step1.fail", "openness_sd"} <= names
    assert [name for name in names if name.startswith(NOT_VARIED)] == []


def test_sample_match_is_that_of_her_list_with_signals() -> None:
    (sample,) = samples()
    scored = catalogue_score(sample.applicant, world().columns, world().model)
    order = sample.rows[np.argsort(-scored.log_odds[sample.rows], kind="stable")]
    signals = signals_on(order, world().columns, world().signals, world().values)
    ways = chances(world(), "us_img")
    spread = np.sqrt(scored.sd[order] ** 2)
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    odds = scored.log_odds[order] + signals - 1.0
    p_z = sum(
        weight / np.sqrt(2 * np.pi) * expit((odds + spread * node)[:, None] + ways.sigma * ways.nodes.z)
        for node, weight in zip(nodes, weights, strict=True)
    )
    expected = match_probability(np.asarray(p_z), ways.willing, ways.nodes)
    found = sample_match(world(), sample, intercept(world().values, "us_img") - 1.0)
    assert found == pytest.approx(expected, abs=1e-3)


def test_effects_are_refits_under_one_changed_parameter(monkeypatch: pytest.MonkeyPatch) -> None:
    only = [row for row in varied(world()) if row.name in WATCHED]
    monkeypatch.setattr("matching.calibration.sensitivity.varied", lambda _: only)
    found = {(effect.name, effect.value): effect for effect in effects(world(), samples(), people=16, seed=1)}
    assert {name for name, _ in found} == set(WATCHED)
    for row in only:
        assert {value for name, value in found if name == row.name} == {row.low, row.high}
    parameter = world().model.parameters["step1.fail"]
    changed = world().changed({"step1.fail": parameter.low})
    stated, moved = (intercept_fit(w, [crowd_make(w, "us_img", 16, 1)]) for w in (world(), changed))
    assert found["step1.fail", parameter.low].intercepts["us_img"] == pytest.approx(moved - stated, abs=1e-4)
    assert found["population.applications.us_md", 35.0].intercepts.keys() == {"us_md"}
    assert found["population.applications.us_md", 35.0].samples == {}
    assert found["population.applications.us_md", 35.0].intercepts["us_md"] > 0
    assert found["population.openness_known", 0.0].intercepts["us_img"] > 0
    assert found["population.openness_known", 0.0].samples["plain"] > 0


def test_a_sample_without_a_kind_is_read_as_a_us_img() -> None:
    (sample,) = samples()
    at = intercept(world().values, "us_img")
    assert sample_match(world(), Sample("x", "x", sample.applicant, sample.rows[:3]), at) < sample_match(
        world(), sample, at
    )
