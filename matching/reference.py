"""The model of a season, built once a process from the reference files."""

from collections.abc import Iterable
from functools import lru_cache

from matching.scoring.model import Model, model_build
from programs.reference import Row, reference_rows


@lru_cache(maxsize=4)
def model_for(season: str) -> Model:
    """The model for applicants of ``season``. Raises ParameterInvalid or FeeRowInvalid for a faulty file."""
    return model_with(season, reference_rows("parameters"))


def model_with(season: str, parameters: Iterable[Row]) -> Model:
    """The model as it would be with these rows of the parameter file."""
    return model_build(
        season=season,
        parameters=parameters,
        states=reference_rows("state_openness"),
        fees=reference_rows("fees"),
        signals=reference_rows("signals"),
        services={row["slug"]: row["application_service"] for row in reference_rows("specialties")},
    )
