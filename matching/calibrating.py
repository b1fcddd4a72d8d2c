"""The edge of the calibration: from files and sample profiles to the pure core of it, and back into files."""

import csv
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from applicants.personas import PERSONAS
from applicants.services import profile_validate
from matching.calibration.crowd import TARGET_YEAR, World, world_make
from matching.calibration.digest import parameters_digest
from matching.calibration.fitted import Fitted
from matching.calibration.report import report_text
from matching.calibration.run import Calibration, Size, calibrate
from matching.calibration.sensitivity import Sample
from matching.catalogue import catalogue_current
from matching.inputs import applicant_of
from matching.outcomes.writing import WriteRefused, rows_put
from matching.reference import model_for
from matching.scoring.applicant import Options
from matching.scoring.parameters import Parameters
from matching.scoring.score import score
from matching.scoring.signals import SignalTable
from programs.reference import Row, reference_rows

COMMAND = "manage.py calibrate --write"
FILE = "calibration.json"
REPORT = "calibration.md"
DECIMALS = 6


def calibration_run(size: Size) -> Calibration:
    """Calibrate the model of this season on the published catalogue. Raises CatalogueEmpty or
    CalibrationFailed."""
    world = world_now()
    return calibrate(world, samples_now(world), size)


def world_now() -> World:
    """The published catalogue and the model, with the signals of the year that is fitted to."""
    signals = SignalTable.from_rows(reference_rows("signals"), TARGET_YEAR)
    columns = catalogue_current().columns(settings.SEASON)
    return world_make(columns, model_for(settings.SEASON), signals)


def samples_now(world: World) -> list[Sample]:
    """The sample profiles, each with the list recommended to her by the model as it stands."""
    samples = []
    for persona in PERSONAS:
        applicant = applicant_of(profile_validate(persona.document, season=settings.SEASON))
        answer = score(applicant, Options(), world.columns, model_for(settings.SEASON))
        samples.append(Sample(persona.slug, persona.title, applicant, answer.widest.rows))
    return samples


def calibration_write(calibration: Calibration) -> list[Path]:
    """Put the fitted rows into the parameter file, nothing else of it changed, and the report and its numbers
    beside; the files written. Raises WriteRefused where it has no ranges, or
    the file has changed since it was read."""
    if any(row.low is None or row.high is None for row in calibration.fitted):
        raise WriteRefused("without its sensitivity a calibration has no ranges to write")
    parameters, record = settings.FIXTURES_DIR / "parameters.csv", settings.FIXTURES_DIR / FILE
    report = Path(settings.BASE_DIR) / "docs" / REPORT
    text = rows_put(parameters.read_bytes().decode(), fitted_rows(calibration))
    found = Parameters.from_rows(csv.DictReader(text.splitlines()))
    if parameters_digest(found, fitted=False) != calibration.document["read"]:
        raise WriteRefused(f"{parameters.name} has changed since this calibration began: run it again")
    document = {
        **calibration.document,
        "parameters": parameters_digest(found),
        "file": _rates(calibration),
    }
    _put(parameters, text)
    _put(record, record_text(document))
    _put(report, report_text(document))
    reference_rows.cache_clear()
    model_for.cache_clear()
    return [parameters, record, report]


def record_text(document: dict[str, Any]) -> str:
    """The numbers as JSON, an entry a line, floats to ``DECIMALS``."""
    return (
        "{\n"
        + ",\n".join(f"{json.dumps(name)}: {_entry(document[name])}" for name in sorted(document))
        + "\n}\n"
    )


def _entry(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(_entry(row) for row in value) + "\n]"
    return json.dumps(_rounded(value), sort_keys=True, allow_nan=False)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, list) else value


def fitted_rows(calibration: Calibration) -> dict[str, Row]:
    """The rows of the parameter file that change, by name."""
    rows = {row["name"]: row for row in reference_rows("parameters")}
    return {row.parameter: _row(rows[row.parameter], row, calibration) for row in calibration.fitted}


def _row(old: Row, fitted: Fitted, calibration: Calibration) -> Row:
    size, year = calibration.document, calibration.document["target_year"]
    seeds = f"seeds {size['seeds'][0]} to {size['seeds'][-1]}"
    return {
        **old,
        "value": f"{fitted.value:g}",
        "low": f"{fitted.low:g}",
        "high": f"{fitted.high:g}",
        "source": (
            f"{COMMAND}: fitted to headline_match_rate.{fitted.kind}.{year} with {size['people']} made-up "
            f"applicants for each of {seeds} (population.*)"
        ),
        "note": f"range: the judgements about the population and the seeds; see docs/{REPORT}",
    }


def _rates(calibration: Calibration) -> dict[str, float]:
    """What the file says once the fitted values stand in it."""
    return {row["kind"]: row["rate"] for row in calibration.document["fitted"]}


def _put(path: Path, text: str) -> None:
    """The whole file or none of it."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(text.encode())
    os.replace(beside, path)


def calibration_document() -> dict[str, Any] | None:
    """The last calibration that was written; None where there is none."""
    return _read(settings.FIXTURES_DIR / FILE)


def calibration_current(document: dict[str, Any]) -> bool:
    """Whether it was made with the parameters as they stand."""
    found: str = document["parameters"]
    return found == parameters_digest(model_for(settings.SEASON).parameters)


@lru_cache(maxsize=4)
def _read(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document
