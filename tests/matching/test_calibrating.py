"""The calibration's files: what is written, what is not, and whether the report that is kept still holds."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as real_settings
from pytest_django import Settings

from matching.calibrating import (
    calibration_current,
    calibration_document,
    calibration_write,
    fitted_rows,
    record_text,
    world_now,
)
from matching.calibration.run import QUICK, calibrate
from matching.outcomes.writing import WriteRefused
from matching.reference import model_for
from programs.reference import reference_rows
from tests.calibration.made_document import small_calibration
from tests.real_catalogue import real_catalogue_load

COMMAND = "run manage.py calibrate --write"
QUICK_TOLERANCE = 0.04  # of a quarter of the people and of the seeds


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """The reference files in a folder of their own."""
    shutil.copytree(real_settings.FIXTURES_DIR, tmp_path / "fixtures")
    (tmp_path / "docs").mkdir()
    settings.FIXTURES_DIR, settings.BASE_DIR = tmp_path / "fixtures", tmp_path
    yield tmp_path
    reference_rows.cache_clear()
    model_for.cache_clear()


def test_write_changes_the_fitted_rows_and_no_other_byte(files: Path) -> None:
    path = files / "fixtures" / "parameters.csv"
    before = path.read_bytes().decode().splitlines(keepends=True)
    written = calibration_write(small_calibration())
    after = path.read_bytes().decode().splitlines(keepends=True)
    names = {row.parameter for row in small_calibration().fitted}
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert (old == new) or old.partition(",")[0] == new.partition(",")[0] in names
    assert {path.name for path in written} == {"parameters.csv", "calibration.json", "calibration.md"}
    assert {path.name for path in files.rglob("*") if path.name.endswith(".new")} == set()


def test_written_rows_say_where_they_come_from_and_keep_unit_and_name(files: Path) -> None:
    calibration_write(small_calibration())
    rows = {row["name"]: row for row in reference_rows("parameters")}
    for fitted in small_calibration().fitted:
        row = rows[fitted.parameter]
        assert (float(row["value"]), float(row["low"]), float(row["high"])) == (
            fitted.value,
            fitted.low,
            fitted.high,
        )
        assert (row["unit"], row["kind"]) == ("log-odds", "judgement")
        assert "manage.py calibrate --write" in row["source"]
        assert "24 made-up applicants for each of seeds 1 to 2" in row["source"]


def test_what_is_written_is_current_until_a_number_changes(files: Path, settings: Settings) -> None:
    calibration_write(small_calibration())
    document = calibration_document()
    assert document is not None
    assert calibration_current(document)
    assert document["file"] == {row["kind"]: row["rate"] for row in document["fitted"]}
    lines = record_text(document).splitlines()
    assert len(lines) < 100 + len(document["sensitivity"])
    assert f"`{document['parameters']}`" in (files / "docs" / "calibration.md").read_text(encoding="utf-8")
    path = files / "fixtures" / "parameters.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("luck.sigma,1.0,", "luck.sigma,1.1,"), encoding="utf-8"
    )
    reference_rows.cache_clear()
    model_for.cache_clear()
    assert not calibration_current(document)


def test_writing_twice_writes_the_same(files: Path) -> None:
    written = calibration_write(small_calibration())
    first = [path.read_bytes() for path in written]
    calibration_write(small_calibration())
    assert [path.read_bytes() for path in written] == first


def test_without_ranges_nothing_is_written(files: Path) -> None:
    before = (files / "fixtures" / "parameters.csv").read_bytes()
    bare = replace(
        small_calibration(),
        fitted=tuple(replace(row, low=None, high=None) for row in small_calibration().fitted),
    )
    with pytest.raises(WriteRefused, match="no ranges"):
        calibration_write(bare)
    assert (files / "fixtures" / "parameters.csv").read_bytes() == before
    assert list((files / "docs").iterdir()) == []


def test_a_file_that_changed_meanwhile_is_not_written_to(files: Path) -> None:
    path = files / "fixtures" / "parameters.csv"
    moved = path.read_text(encoding="utf-8").replace("luck.sigma,1.0,", "luck.sigma,1.1,")
    path.write_text(moved, encoding="utf-8")
    record = (files / "fixtures" / "calibration.json").read_bytes()
    with pytest.raises(WriteRefused, match=r"parameters\.csv has changed since"):
        calibration_write(small_calibration())
    assert path.read_text(encoding="utf-8") == moved
    assert (files / "fixtures" / "calibration.json").read_bytes() == record


def test_fitted_rows_are_whole_rows_of_the_file() -> None:
    rows = fitted_rows(small_calibration())
    assert set(rows) == {row.parameter for row in small_calibration().fitted}
    for row in rows.values():
        assert list(row) == list(reference_rows("parameters")[0])


def test_no_document_where_none_was_written(settings: Settings, tmp_path: Path) -> None:
    settings.FIXTURES_DIR = tmp_path
    assert calibration_document() is None


def test_the_kept_report_was_made_with_the_parameters_as_they_stand() -> None:
    document = calibration_document()
    assert document is not None, COMMAND
    assert calibration_current(document), f"the parameters have changed: {COMMAND}"
    text = (Path(real_settings.BASE_DIR) / "docs" / "calibration.md").read_text(encoding="utf-8")
    assert f"parameters `{document['parameters']}`" in text, COMMAND
    values = model_for(real_settings.SEASON).parameters.values
    assert {row["parameter"]: row["value"] for row in document["fitted"]} == {
        row["parameter"]: values[row["parameter"]] for row in document["fitted"]
    }


def test_the_model_as_it_stands_still_gives_the_headlines(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of the code or the catalogue would not show in the parameters."""
    monkeypatch.setattr("matching.calibrating.catalogue_current", real_catalogue_load)
    document = calibrate(world_now(), [], QUICK).document
    for row in document["fitted"]:
        now = document["file"][row["kind"]]
        assert abs(now - row["target"]) <= QUICK_TOLERANCE, f"{row['kind']} at {now:.1%}: {COMMAND}"


def test_the_record_is_one_that_the_site_can_read() -> None:
    path = real_settings.FIXTURES_DIR / "calibration.json"
    assert path.is_file(), COMMAND
    assert json.loads(path.read_text(encoding="utf-8")) == calibration_document()
