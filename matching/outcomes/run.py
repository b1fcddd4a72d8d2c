"""From an operator's file to report, picture and, where asked for, a new version of the model."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from matching.calibration.outcomes import Rules
from matching.outcomes.measuring import Findings, outcomes_measure
from matching.outcomes.plot import reliability_svg
from matching.outcomes.reading import outcomes_read
from matching.outcomes.report import report_markdown
from matching.outcomes.writing import findings_write, model_after, parameter_rows
from matching.reference import model_for
from matching.scoring.columns import Columns

REPORT, DOCUMENT, PICTURE = "outcomes.md", "outcomes.json", "outcomes.svg"


@dataclass(frozen=True)
class OutcomesRun:
    """``findings``, the ``version`` of the model with what was kept (its own where nothing changes), and the
    files written."""

    findings: Findings
    version: str
    written: tuple[Path, ...]


def outcomes_run(
    path: Path,
    *,
    out: Path,
    season: str,
    columns: Columns | None,
    from_version: str | None = None,
    write: bool = False,
    rules: Rules | None = None,
) -> OutcomesRun:
    """Measure the outcomes of the file at ``path`` against the model of ``season`` and write report, JSON and
    picture into the folder ``out``. ``columns``: the current catalogue. ``from_version``: decide by the rows
    of this version. ``write``: put what was kept into fixtures/, which makes a new version.

    Raises OutcomesInvalidError with every fault of the file, WriteRefused, or ValueError where no row is of
    ``from_version``; then nothing of fixtures/ has changed.
    """
    model = model_for(season)
    outcomes = outcomes_read(path, specialties=model.services)
    findings = outcomes_measure(outcomes, model, columns, rules or Rules(), from_version)
    version = model_after(findings, season).version if parameter_rows(findings) else model.version
    written = _report(findings, version, out)
    if write:
        written += findings_write(
            findings, season, Path(settings.FIXTURES_DIR), named=from_version is not None
        )
    return OutcomesRun(findings, version, tuple(written))


def _report(findings: Findings, version: str, out: Path) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    files = {DOCUMENT: json.dumps(findings_document(findings, version), indent=1, allow_nan=False) + "\n"}
    drawn = not findings.whole.withheld
    if drawn:
        files[PICTURE] = reliability_svg(findings.whole)
    files[REPORT] = report_markdown(findings, version, plot=PICTURE if drawn else None)
    for name, text in files.items():
        (out / name).write_text(text, encoding="utf-8")
    return [out / name for name in files]


def findings_document(findings: Findings, version: str) -> dict[str, Any]:
    """The report for machines: the same findings, without a row of the file."""
    document = asdict(findings)
    for decision in document["decisions"]:
        del decision["recalibration"]["chances"]
    return {"new_version": version, **document}
