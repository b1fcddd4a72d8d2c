import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from pytest_django import Settings

from matching.calibration.outcomes import Rules
from matching.outcomes.measuring import Findings, outcomes_measure
from matching.outcomes.writing import WriteRefused, findings_write, model_after, parameter_rows, rows_put
from programs.reference import reference_rows
from tests.calibration.made_outcomes import outcomes_made
from tests.matching.outcomes.made_file import SEASON, model_now

RULES = Rules(resamples=50)
TEXT = (settings.FIXTURES_DIR / "parameters.csv").read_bytes().decode()


def findings(*, intercept: float, applicants: int = 150, version: str | None = None) -> Findings:
    outcomes = outcomes_made(1, intercept=intercept, applicants=applicants)
    named = np.full(len(outcomes), version or model_now().version)
    return outcomes_measure(replace(outcomes, version=named), model_now(), None, RULES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "parameters.csv").write_bytes(TEXT.encode())
    return tmp_path


def rows_of(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "parameters.csv").open(encoding="utf-8", newline="") as source:
        return {row["name"]: row for row in csv.DictReader(source)}


def test_only_the_rows_of_the_recalibration_change(folder: Path) -> None:
    found = findings(intercept=-0.7)
    before = rows_of(folder)
    written = findings_write(found, SEASON, folder, named=False)
    after = rows_of(folder)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"recalibration.intercept.us_img", "recalibration.slope.us_img"}
    assert list(before) == list(after)
    row = after["recalibration.intercept.us_img"]
    assert float(row["value"]) == pytest.approx(found.decisions[0].line.intercept, abs=1e-4)
    assert row["kind"] == "outcomes"
    assert f"chances of version {model_now().version}" in row["source"]
    assert [path.name for path in written] == ["parameters.csv", "validation.json"]
    kept = set(TEXT.splitlines()) - set((folder / "parameters.csv").read_text(encoding="utf-8").splitlines())
    assert {line.partition(",")[0] for line in kept} == changed


def test_the_record_names_the_version_that_was_made(folder: Path) -> None:
    found = findings(intercept=-0.7)
    findings_write(found, SEASON, folder, named=False)
    record = json.loads((folder / "validation.json").read_text(encoding="utf-8"))
    assert record["model_version"] == model_after(found, SEASON).version != model_now().version
    assert record["predicted_by"] == model_now().version
    assert record["applicants"] == 150
    kind = record["kinds"]["us_img"]
    assert kind["kept"] == "shift"
    assert kind["ece"]["low"] <= kind["ece"]["value"] <= kind["ece"]["high"]


def test_chances_found_right_are_recorded_and_change_no_parameter(folder: Path) -> None:
    written = findings_write(findings(intercept=0.0), SEASON, folder, named=False)
    assert [path.name for path in written] == ["validation.json"]
    record = json.loads(written[0].read_text(encoding="utf-8"))
    assert record["model_version"] == model_now().version
    assert (folder / "parameters.csv").read_bytes().decode() == TEXT


def test_another_versions_rows_are_written_only_where_it_is_named_and_prove_nothing(folder: Path) -> None:
    found = findings(intercept=-0.7, version="1.0123456789")
    with pytest.raises(WriteRefused, match=r"predicted by version 1\.0123456789"):
        findings_write(found, SEASON, folder, named=False)
    assert (folder / "parameters.csv").read_bytes().decode() == TEXT
    assert [path.name for path in findings_write(found, SEASON, folder, named=True)] == ["parameters.csv"]
    assert not (folder / "validation.json").exists()


def test_too_few_outcomes_write_nothing(folder: Path) -> None:
    with pytest.raises(WriteRefused, match="too few"):
        findings_write(findings(intercept=-2.0, applicants=30), SEASON, folder, named=False)
    assert [path.name for path in folder.iterdir()] == ["parameters.csv"]


def test_rows_are_put_in_their_place_and_nothing_else_moves() -> None:
    text = 'name,value\r\na,1\r\nb,"2, or 3"\r\nc,4\r\n'
    assert rows_put(text, {"a": {"name": "a", "value": "5, or 6"}}) == (
        'name,value\r\na,"5, or 6"\r\nb,"2, or 3"\r\nc,4\r\n'
    )
    with pytest.raises(KeyError, match="no row named d"):
        rows_put(text, {"d": {"name": "d", "value": "1"}})


def test_every_kind_of_graduate_has_its_rows() -> None:
    names = {row["name"] for row in reference_rows("parameters")}
    for kind in ("us_img", "non_us_img", "us_do", "us_md"):
        assert {f"recalibration.intercept.{kind}", f"recalibration.slope.{kind}"} <= names
    assert parameter_rows(findings(intercept=0.0)) == []


def test_fixtures_stay_as_they_are(settings: Settings) -> None:
    assert (settings.FIXTURES_DIR / "parameters.csv").read_bytes().decode() == TEXT
