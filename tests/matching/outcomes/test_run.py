import json
from pathlib import Path

import pytest
from pytest_django import Settings

from matching.calibration.outcomes import Rules
from matching.outcomes.reading import OutcomesInvalidError
from matching.outcomes.run import outcomes_run
from matching.outcomes.status import validation_status
from tests.calibration.made_outcomes import outcomes_made
from tests.matching.outcomes.made_file import (
    FIXTURES,
    SEASON,
    file_write,
    fixtures_copy,
    model_now,
    outcomes_write,
)

RULES = Rules(resamples=50)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return outcomes_write(tmp_path / "in.csv", outcomes_made(1, intercept=-0.7), model_now().version)


def test_a_file_becomes_a_report_a_document_and_a_picture(path: Path, tmp_path: Path) -> None:
    found = outcomes_run(path, out=tmp_path / "out", season=SEASON, columns=None, rules=RULES)
    assert sorted(each.name for each in found.written) == ["outcomes.json", "outcomes.md", "outcomes.svg"]
    document = json.loads((tmp_path / "out" / "outcomes.json").read_text(encoding="utf-8"))
    assert document["new_version"] == found.version != model_now().version
    (decision,) = document["decisions"]
    assert decision["recalibration"]["kept"] == "shift"
    assert "chances" not in decision["recalibration"]
    text = (tmp_path / "out" / "outcomes.md").read_text(encoding="utf-8")
    assert found.version in text


def test_no_row_of_the_file_is_in_what_is_written(path: Path, tmp_path: Path) -> None:
    found = outcomes_run(path, out=tmp_path / "out", season=SEASON, columns=None, rules=RULES)
    for each in found.written:
        text = each.read_text(encoding="utf-8")
        assert "sp00001" not in text
        assert "a149" not in text


def test_the_same_file_gives_the_same_bytes(path: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        outcomes_run(path, out=tmp_path / name, season=SEASON, columns=None, rules=RULES)
    for each in (tmp_path / "one").iterdir():
        assert each.read_bytes() == (tmp_path / "two" / each.name).read_bytes()


def test_a_faulty_file_writes_nothing(tmp_path: Path) -> None:
    path = file_write(tmp_path / "in.csv", [{"probability": "2"}])
    with pytest.raises(OutcomesInvalidError):
        outcomes_run(path, out=tmp_path / "out", season=SEASON, columns=None, rules=RULES)
    assert not (tmp_path / "out").exists()


def test_only_where_asked_for_the_model_changes(path: Path, tmp_path: Path, settings: Settings) -> None:
    folder = settings.FIXTURES_DIR = fixtures_copy(tmp_path / "fixtures")
    before = (FIXTURES / "parameters.csv").read_bytes()
    found = outcomes_run(path, out=tmp_path / "out", season=SEASON, columns=None, rules=RULES)
    assert (folder / "parameters.csv").read_bytes() == before
    assert validation_status(found.version, "us_img") == "aggregates-only"
    outcomes_run(path, out=tmp_path / "out", season=SEASON, columns=None, rules=RULES, write=True)
    assert (folder / "parameters.csv").read_bytes() != before
    assert (
        json.loads((folder / "validation.json").read_text(encoding="utf-8"))["model_version"] == found.version
    )
    assert (FIXTURES / "parameters.csv").read_bytes() == before
