import pytest

from matching.engine import model_version
from matching.reference import model_for
from programs.reference import reference_rows


def test_the_model_of_a_season_is_built_once() -> None:
    assert model_for("2027") is model_for("2027")
    assert model_for("2027").version == model_version()


@pytest.mark.parametrize("row", reference_rows("specialties"), ids=lambda row: row["slug"])
def test_every_specialty_has_a_fee(row: dict[str, str]) -> None:
    model = model_for("2027")
    assert model.fees.cost({row["slug"]: 1}, dict(model.services)) > 0
