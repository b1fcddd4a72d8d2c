"""Outcomes files made up for tests."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from django.conf import settings

from matching.calibration.outcomes import Outcomes
from matching.outcomes.reading import COLUMNS
from matching.reference import model_for
from matching.scoring.model import Model

SEASON = "2027"
FIXTURES = Path(settings.FIXTURES_DIR)
PLAIN = {
    "applicant": "a1",
    "program_id": "sp00001",
    "season": SEASON,
    "model_version": "1.0123456789",
    "probability": "0.12",
    "applicant_type": "us_img",
    "specialty": "internal-medicine",
    "step2ck": "224",
    "interviewed": "0",
    "matched": "",
}


def model_now() -> Model:
    return model_for(SEASON)


def fixtures_copy(folder: Path) -> Path:
    """A folder of reference tables that may be written to; other files are linked."""
    folder.mkdir()
    for path in FIXTURES.iterdir():
        if path.name == "parameters.csv":
            (folder / path.name).write_bytes(path.read_bytes())
        elif path.suffix == ".csv":
            (folder / path.name).symlink_to(path)
    return folder


def file_write(path: Path, rows: Iterable[Mapping[str, str]], columns: tuple[str, ...] = COLUMNS) -> Path:
    """Each row is the plain one but for the cells given."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns)
        writer.writeheader()
        writer.writerows({**PLAIN, **row} for row in rows)
    return path


def outcomes_write(path: Path, outcomes: Outcomes, version: str) -> Path:
    """A file that says what ``outcomes`` say."""

    def known(value: float) -> str:
        return "" if np.isnan(value) else str(int(value))

    return file_write(
        path,
        (
            {
                "applicant": f"a{outcomes.applicant[i]}",
                "program_id": str(outcomes.program[i]),
                "model_version": version,
                "probability": repr(float(outcomes.probability[i])),
                "applicant_type": str(outcomes.kind[i]),
                "specialty": str(outcomes.specialty[i]),
                "step2ck": str(outcomes.band[i]),
                "interviewed": known(outcomes.interviewed[i]),
                "matched": known(outcomes.matched[i]),
            }
            for i in range(len(outcomes))
        ),
    )
