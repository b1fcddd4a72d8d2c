"""``manage.py calibrate --outcomes``."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from matching.management.commands import calibrate
from matching.scoring.columns import Columns
from tests.calibration.made_outcomes import outcomes_made
from tests.matching.outcomes.made_file import FIXTURES, file_write, fixtures_copy, model_now, outcomes_write
from tests.scoring.made_catalogue import columns_of, track_make

PARAMETERS = (FIXTURES / "parameters.csv").read_bytes()


class OneProgram:
    def columns(self, season: str) -> Columns:
        return columns_of(track_make(1))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fixtures folder of the test's own, and a catalogue of one program."""
    settings.FIXTURES_DIR = fixtures_copy(tmp_path / "fixtures")
    monkeypatch.setattr(calibrate, "catalogue_current", OneProgram)
    return tmp_path


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("calibrate", *arguments, stdout=out)
    return out.getvalue()


def test_a_look_writes_a_report_beside_the_file_and_says_what_would_be(folder: Path) -> None:
    path = outcomes_write(folder / "in.csv", outcomes_made(1, intercept=-0.7), model_now().version)
    text = said("--outcomes", str(path))
    assert "us_img: shifted" in text
    assert f"model version {model_now().version} would be, with --write," in text
    assert (folder / "in-report" / "outcomes.md").is_file()
    assert (folder / "fixtures" / "parameters.csv").read_bytes() == PARAMETERS


def test_writing_makes_the_version_that_was_said(folder: Path) -> None:
    path = outcomes_write(folder / "in.csv", outcomes_made(1, intercept=-0.7), model_now().version)
    text = said("--outcomes", str(path), "--out", str(folder / "out"), "--write")
    made = json.loads((folder / "fixtures" / "validation.json").read_text(encoding="utf-8"))["model_version"]
    assert f"model version {model_now().version} is {made}" in text
    assert "scoring_table" in text
    assert (folder / "fixtures" / "parameters.csv").read_bytes() != PARAMETERS


def test_every_fault_of_the_file_is_said(folder: Path) -> None:
    path = file_write(folder / "in.csv", [{"probability": "2"}, {"season": "soon"}])
    with pytest.raises(CommandError, match="2 faults, nothing was measured") as caught:
        said("--outcomes", str(path))
    assert "in.csv:2 probability '2' is no number from 0 to 1" in str(caught.value)
    assert "in.csv:3 season 'soon' is not of the form 2027" in str(caught.value)
    assert caught.value.returncode == 2


def test_another_versions_rows_are_not_written_unasked(folder: Path) -> None:
    path = outcomes_write(folder / "in.csv", outcomes_made(1, intercept=-0.7), "1.0123456789")
    with pytest.raises(CommandError, match="name that version"):
        said("--outcomes", str(path), "--write")
    assert (folder / "fixtures" / "parameters.csv").read_bytes() == PARAMETERS
    text = said("--outcomes", str(path), "--write", "--from-version", "1.0123456789")
    assert "is 1." in text
    with pytest.raises(CommandError, match="no row was predicted"):
        said("--outcomes", str(path), "--from-version", "1.ffffffffff")


@pytest.mark.parametrize(
    "arguments", [("--out", "x"), ("--from-version", "1.0"), ("--outcomes", "x.csv", "--quick")]
)
def test_options_that_do_not_belong_together_are_refused(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="belong"):
        said(*arguments)
