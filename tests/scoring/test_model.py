from typing import Any

import pytest

from matching.scoring.fees import FeeRowInvalid
from matching.scoring.model import Model, model_build
from matching.scoring.parameters import ParameterInvalid
from programs.reference import reference_rows

SERVICES = {"internal-medicine": "eras"}


def build(**changes: Any) -> Model:
    return model_build(
        **{
            "season": "2027",
            "parameters": reference_rows("parameters"),
            "states": reference_rows("state_openness"),
            "fees": reference_rows("fees"),
            "signals": reference_rows("signals"),
            "services": SERVICES,
            **changes,
        }
    )


def test_the_model_knows_its_season_and_holds_what_does_not_change() -> None:
    model = build()
    assert model.application_year == 2026
    assert len(model.nodes.z) == 16
    assert model.states["CA"].us_img is not None
    assert model.drawn["match.willing.us_img"].shape  # type: ignore[union-attr]


def test_the_version_changes_with_anything_that_changes_a_number() -> None:
    rows = [dict(row) for row in reference_rows("parameters")]
    rows[0]["note"] = "said in other words"
    versions = {
        build().version,
        build(season="2026").version,
        build(parameters=rows).version,
        build(services={"internal-medicine": "residencycas"}).version,
        build(states=reference_rows("state_openness")[1:]).version,
        build(signals=reference_rows("signals")[1:]).version,
    }
    assert len(versions) == 6
    assert build().version == build().version


def test_a_state_without_a_number_has_no_prior() -> None:
    states = [{"state": "ZZ", "us_img_log_odds_vs_nation": "", "non_us_img_log_odds_vs_nation": "0.5"}]
    prior = build(states=states).states["ZZ"]
    assert (prior.us_img, prior.non_us_img) == (None, 0.5)


def test_faulty_rows_are_refused() -> None:
    with pytest.raises(ParameterInvalid, match=r"base\.us_img"):
        build(parameters=[{**dict(reference_rows("parameters")[0]), "name": "base.us_img", "value": "x"}])
    with pytest.raises(FeeRowInvalid):
        build(fees=[{**dict(reference_rows("fees")[0]), "usd_each": "free"}])
