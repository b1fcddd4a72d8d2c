"""One small calibration for all tests that only read it."""

from functools import lru_cache
from unittest.mock import patch

import numpy as np

from matching.calibration.run import Calibration, Size, calibrate
from matching.calibration.sensitivity import Sample, varied
from tests.calibration.made_world import world
from tests.scoring.made_catalogue import plain_applicant

SMALL = Size(24, (1, 2), 12)
VARIED = (
    "population.openness_known",
    "population.signals",
    "population.applications",
    "luck.",
    "extra_attempt",
)


def samples() -> list[Sample]:
    columns = world().columns
    rows = np.flatnonzero(columns.specialty == columns.specialties.index("internal-medicine"))
    return [Sample("plain", "A plain applicant", plain_applicant(), rows)]


@lru_cache(maxsize=1)
def small_calibration() -> Calibration:
    """Only a few parameters are varied: enough for ranges, and quick."""
    some = [row for row in varied(world()) if row.name.startswith(VARIED)]
    with patch("matching.calibration.sensitivity.varied", return_value=some):
        return calibrate(world(), samples(), SMALL)
