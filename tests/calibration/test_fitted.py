import math

import pytest

from matching.calibration.fitted import fitted_of
from matching.calibration.population import KINDS
from matching.calibration.sensitivity import Effect
from matching.scoring.applicant import ApplicantType

EXACT: dict[ApplicantType, float] = {"us_img": -3.963, "non_us_img": -3.741, "us_md": -3.07, "us_do": -3.15}
BY_SEED: dict[ApplicantType, list[float]] = {
    "us_img": [-4.0, -3.9],
    "non_us_img": [-3.8, -3.7],
    "us_md": [-3.1, -3.0],
    "us_do": [-3.2, -3.0],
}


def test_values_are_rounded_so_that_base_and_offset_add_up() -> None:
    rows = {row.kind: row for row in fitted_of(EXACT, BY_SEED, [])}
    assert rows["us_img"].parameter == "base.us_img"
    assert rows["us_img"].value == -3.96
    for kind in KINDS[1:]:
        assert rows[kind].parameter == f"applicant_type.{kind}"
        assert rows["us_img"].value + rows[kind].value == pytest.approx(EXACT[kind], abs=0.005)
    assert {(row.low, row.high) for row in rows.values()} == {(None, None)}


def test_ranges_add_the_populations_judgements_in_squares() -> None:
    found = [
        Effect("population.a", 0.0, {"us_img": -0.3, "us_md": -0.3}, {}),
        Effect("population.a", 1.0, {"us_img": 0.4, "us_md": 0.4}, {}),
        Effect("population.b.us_md", 0.0, {"us_md": 0.2}, {}),
        Effect("luck.sigma", 0.7, {"us_img": 5.0}, {}),
    ]
    rows = {row.kind: row for row in fitted_of(EXACT, BY_SEED, found)}
    base = rows["us_img"]
    assert base.low == pytest.approx(-3.96 - math.hypot(0.3, 0.05), abs=0.01)
    assert base.high == pytest.approx(-3.96 + math.hypot(0.4, 0.05), abs=0.01)
    doctors = rows["us_md"]
    assert doctors.low == pytest.approx(doctors.value, abs=0.01)
    assert doctors.high == pytest.approx(doctors.value + 0.2, abs=0.011)
    graduates = rows["us_do"]
    assert graduates.low is not None
    assert graduates.low <= graduates.value - math.hypot(0.4, 0.05)


def test_two_ends_that_move_the_same_way_count_once() -> None:
    found = [
        Effect("population.a", 0.0, {"us_img": 0.1}, {}),
        Effect("population.a", 1.0, {"us_img": 0.3}, {}),
    ]
    base = fitted_of(EXACT, BY_SEED, found)[0]
    assert base.high == pytest.approx(-3.96 + math.hypot(0.3, 0.05), abs=0.01)
    assert base.low == pytest.approx(-3.96 - 0.05, abs=0.01)
