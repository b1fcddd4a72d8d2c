"""What was found, put into the model: rows of the parameter file, and the record that it was checked."""

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from matching.outcomes.measuring import PARAMETER, Decision, Findings
from matching.reference import model_with
from matching.scoring.model import Model
from programs.reference import Row, reference_rows

DECIMALS = 4
NOTES = {
    "intercept": "added to slope × log-odds; written by calibrate --outcomes",
    "slope": "positive; multiplies base and every contribution alike; held in the draws",
}
UNITS = {"intercept": "log-odds", "slope": "factor"}


class WriteRefused(ValueError):
    """The findings may not go into the model; the message says why."""


def parameter_rows(findings: Findings) -> list[Row]:
    """The rows of the parameter file that the decisions change, complete with kind and source."""
    return [row for decision in findings.decisions if decision.changes for row in _rows(findings, decision)]


def model_after(findings: Findings, season: str) -> Model:
    """The model with those rows in the place of its own: a new version, unless none changes."""
    new = {row["name"]: row for row in parameter_rows(findings)}
    return model_with(season, [new.get(row["name"], row) for row in reference_rows("parameters")])


def findings_write(findings: Findings, season: str, folder: Path, *, named: bool) -> list[Path]:
    """Put the changed rows into ``folder``/parameters.csv and the record into validation.json; the files
    written. ``named``: the version that the rows come from was named on purpose.

    Raises WriteRefused where the rows are of another version and it was not named, or where nothing could be
    decided.
    """
    if findings.foreign and not named:
        raise WriteRefused(
            f"the rows were predicted by version {findings.version}, the model is {findings.current}: "
            "name that version to write what they say"
        )
    if all(decision.recalibration.too_few for decision in findings.decisions):
        raise WriteRefused("there are too few outcomes to decide anything")
    rows, written = parameter_rows(findings), []
    version = model_after(findings, season).version
    if rows:
        written.append(folder / "parameters.csv")
        text = written[0].read_bytes().decode()
        _put(written[0], rows_put(text, {row["name"]: row for row in rows}))
    if not findings.foreign:
        written.append(folder / "validation.json")
        record = json.dumps(validation_record(findings, version), indent=1, sort_keys=True, allow_nan=False)
        _put(written[-1], record + "\n")
    return written


def rows_put(text: str, rows: Mapping[str, Row]) -> str:
    """The file's ``text`` with the rows of these names replaced and every other byte as it was. Raises
    KeyError for a name the file does not have."""
    lines, left = text.splitlines(keepends=True), dict(rows)
    header = next(csv.reader([lines[0]]))
    for place, line in enumerate(lines):
        row = left.pop(line.partition(",")[0], None)
        if row is not None:
            end = line[len(line.rstrip("\r\n")) :]
            lines[place] = _line([row[column] for column in header]) + end
    if left:
        raise KeyError(f"no row named {', '.join(sorted(left))}")
    return "".join(lines)


def validation_record(findings: Findings, version: str) -> dict[str, Any]:
    """What the status of the model rests on. Measures are those of unseen applicants under what was kept."""
    decided = [decision for decision in findings.decisions if not decision.recalibration.too_few]
    return {
        "model_version": version,
        "predicted_by": findings.version,
        "seasons": list(findings.counts.seasons),
        "rows": sum(decision.after.rows or 0 for decision in decided),
        "applicants": sum(decision.after.applicants or 0 for decision in decided),
        "kinds": {decision.kind: _kind(decision) for decision in decided},
    }


def _kind(decision: Decision) -> dict[str, Any]:
    after = decision.after
    told = {"brier": after.brier, "log_loss": after.log_loss, "ece": after.ece}
    measures = {
        name: {"value": found.value, "low": found.low, "high": found.high}
        for name, found in told.items()
        if found is not None
    }
    return {
        "kept": decision.recalibration.kept,
        "rows": after.rows,
        "applicants": after.applicants,
        "interviews": after.interviews,
        "predicted": after.predicted,
        "brier_reference": after.brier_reference,
        "log_loss_reference": after.log_loss_reference,
        **measures,
        # The reliability table, by bins that are large enough to be told.
        "bins": [asdict(one) for one in after.bins],
    }


def _rows(findings: Findings, decision: Decision) -> Iterable[Row]:
    source = (
        f"{decision.after.rows} known outcomes of {decision.after.applicants} applicants, seasons "
        f"{' '.join(findings.counts.seasons)}, chances of version {findings.version}; won in grouped "
        "cross-validation"
    )
    for part, value in (("intercept", decision.line.intercept), ("slope", decision.line.slope)):
        yield {
            "name": PARAMETER.format(part=part, kind=decision.kind),
            "value": f"{round(value, DECIMALS):g}",
            "low": "",
            "high": "",
            "unit": UNITS[part],
            "kind": "outcomes",
            "source": source,
            "note": NOTES[part],
        }


def _line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _put(path: Path, text: str) -> None:
    """The whole file or none of it."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(text.encode())
    os.replace(beside, path)
