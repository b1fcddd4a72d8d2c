import json
from pathlib import Path

import pytest
from pytest_django import Settings

from matching.outcomes.status import validation_of, validation_status

VERSION = "1.0123456789"


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.FIXTURES_DIR = tmp_path
    return tmp_path


def test_without_a_record_the_model_rests_on_aggregates(folder: Path) -> None:
    assert validation_status(VERSION, "us_img") == "aggregates-only"
    assert validation_of(VERSION) is None


def test_a_record_holds_for_its_version_and_its_kinds_alone(folder: Path) -> None:
    record = {"model_version": VERSION, "kinds": {"us_img": {"kept": "shift"}}}
    (folder / "validation.json").write_text(json.dumps(record), encoding="utf-8")
    assert validation_status(VERSION, "us_img") == "outcomes"
    assert validation_status(VERSION, "us_md") == "aggregates-only"
    assert validation_status("1.ffffffffff", "us_img") == "aggregates-only"
    assert validation_of(VERSION) == record
