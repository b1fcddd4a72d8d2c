from dataclasses import replace

from matching.calibration.digest import parameters_digest
from matching.scoring.parameters import Parameters
from tests.calibration.made_world import world


def changed(name: str, **members: object) -> str:
    rows = world().model.parameters.rows()
    return parameters_digest(
        Parameters([replace(row, **members) if row.name == name else row for row in rows])  # type: ignore[arg-type]
    )


def test_the_digest_is_of_numbers_and_not_of_words() -> None:
    now = parameters_digest(world().model.parameters)
    assert changed("luck.sigma", note="said otherwise", source="elsewhere") == now
    assert changed("luck.sigma", value=1.01) != now
    assert changed("population.service", high=0.61) != now
    assert changed("base.us_img", value=-3.21) != now


def test_without_what_is_fitted_the_base_does_not_count() -> None:
    parameters = world().model.parameters
    other = world().changed({"base.us_img": -1.0, "applicant_type.us_md": 0.1}).model.parameters
    assert parameters_digest(parameters, fitted=False) == parameters_digest(other, fitted=False)
    assert parameters_digest(parameters) != parameters_digest(other)


def test_what_calibration_does_not_read_is_left_out() -> None:
    now = parameters_digest(world().model.parameters)
    assert changed("recalibration.slope.us_img", value=1.2) == now
    assert changed("tier.target", value=0.09) == now
