import copy
import json

import pytest

from matching.calibration.crowd import world_make
from matching.calibration.population import KINDS
from matching.calibration.run import FULL, QUICK, TOLERANCE, Size, agrees, calibrate
from tests.calibration.made_document import SMALL, small_calibration
from tests.calibration.made_world import world


def test_the_population_matches_at_the_headlines_of_2025() -> None:
    for row in small_calibration().document["fitted"]:
        assert row["target"] == world().values[f"headline_match_rate.{row['kind']}.2025"]
        assert abs(row["rate"] - row["target"]) <= TOLERANCE, row


def test_2026_is_a_check_and_no_target() -> None:
    check = small_calibration().document["check"]
    assert check["headline"] == world().values["headline_match_rate.us_img.2026"]
    assert check["rate"] == small_calibration().document["fitted"][0]["rate"]
    assert check["residual"] == pytest.approx(check["headline"] - check["rate"])


def test_the_document_is_plain_values_and_the_same_each_time() -> None:
    document = small_calibration().document
    text = json.dumps(document, allow_nan=False)
    assert json.loads(text) == json.loads(json.dumps(document))
    size = Size(SMALL.people, SMALL.seeds, 0)
    one, other = (calibrate(world(), [], size) for _ in range(2))
    assert one == other
    assert [row.value for row in one.fitted] == [row.value for row in small_calibration().fitted]


def test_every_value_lies_in_its_range_and_base_is_as_uncertain_as_what_is_known() -> None:
    fitted = small_calibration().fitted
    for row in fitted:
        assert row.low is not None
        assert row.high is not None
        assert row.low <= row.value <= row.high
    known = [row["base"] for row in small_calibration().document["openness_known"]]
    assert known == sorted(known, reverse=True)


def test_without_a_sensitivity_there_are_no_ranges() -> None:
    found = calibrate(world(), [], Size(16, (1,), 0))
    assert {(row.low, row.high) for row in found.fitted} == {(None, None)}
    assert found.document["sensitivity"] == []
    assert QUICK.sensitivity_people == 0 < FULL.sensitivity_people
    assert len(FULL.seeds) >= 8


def test_a_fit_on_the_fitted_values_finds_them_again_and_agrees() -> None:
    first = small_calibration()
    assert not agrees(first.document)
    changed = world().changed({row.parameter: row.value for row in first.fitted})
    again = world_make(changed.columns, changed.model, changed.signals)
    second = calibrate(again, [], Size(SMALL.people, SMALL.seeds, 0))
    assert [row.value for row in second.fitted] == [row.value for row in first.fitted]
    assert agrees(second.document)


def test_agrees_asks_every_kind() -> None:
    document = copy.deepcopy(small_calibration().document)
    document["file"] = {row["kind"]: row["target"] for row in document["fitted"]}
    assert agrees(document)
    for kind in KINDS:
        assert not agrees({**document, "file": {**document["file"], kind: document["file"][kind] + 0.011}})
