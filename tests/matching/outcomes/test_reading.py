"""A file is read whole or not at all: every fault is named, by line, column and value."""

from pathlib import Path

import numpy as np
import pytest

from matching.calibration.outcomes import NOT_SAID
from matching.outcomes.reading import COLUMNS, OutcomesInvalidError, outcomes_read
from tests.calibration.made_outcomes import outcomes_made
from tests.matching.outcomes.made_file import file_write, model_now, outcomes_write

SPECIALTIES = ("internal-medicine", "family-medicine")


def faults_of(path: Path) -> list[tuple[int, str, str]]:
    with pytest.raises(OutcomesInvalidError) as caught:
        outcomes_read(path, specialties=SPECIALTIES)
    return [(fault.line, fault.field, fault.value) for fault in caught.value.faults]


def test_rows_are_read_as_they_stand(tmp_path: Path) -> None:
    path = file_write(
        tmp_path / "in.csv",
        [
            {"applicant": "b", "interviewed": "1", "matched": "0"},
            {"applicant": "a", "interviewed": "", "step2ck": "230-239"},
            {"applicant": "b", "program_id": "sp00002", "interviewed": "0", "step2ck": ""},
        ],
    )
    found = outcomes_read(path, specialties=SPECIALTIES)
    assert found.applicant.tolist() == [1, 0, 1]
    assert found.band.tolist() == ["220-229", "230-239", NOT_SAID]
    assert found.known.tolist() == [True, False, True]
    assert np.array_equal(found.matched, [0.0, np.nan, np.nan], equal_nan=True)
    assert found.probability.tolist() == [0.12] * 3


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    made = outcomes_made(1, applicants=12, each=5)
    path = outcomes_write(tmp_path / "in.csv", made, "1.0123456789")
    found = outcomes_read(path, specialties=model_now().services)
    for name in ("probability", "program", "version", "season", "kind", "specialty", "band", "interviewed"):
        assert np.array_equal(getattr(found, name), getattr(made, name)), name
    assert found.applicants == made.applicants


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    path = file_write(
        tmp_path / "in.csv",
        [
            {"applicant": "jane@example.org", "program_id": "12", "season": "27", "model_version": "newest"},
            {"program_id": "sp00002", "probability": "1.2", "applicant_type": "img", "specialty": "medicine"},
            {"program_id": "sp00003", "probability": "1", "step2ck": "24", "interviewed": "yes"},
            {"program_id": "sp00004", "probability": "", "matched": "1"},
            {"program_id": "sp00005", "probability": "often", "applicant": ""},
            {},
        ],
    )
    assert faults_of(path) == [
        (2, "applicant", "jane@example.org"),
        (2, "model_version", "newest"),
        (2, "program_id", "12"),
        (2, "season", "27"),
        (3, "applicant_type", "img"),
        (3, "probability", "1.2"),
        (3, "specialty", "medicine"),
        (4, "applicant_type", "us_img"),
        (4, "interviewed", "yes"),
        (4, "probability", "1"),
        (4, "step2ck", "24"),
        (5, "applicant_type", "us_img"),
        (5, "matched", "1"),
        (5, "probability", ""),
        (6, "applicant", ""),
        (6, "probability", "often"),
        (7, "applicant_type", "us_img"),
    ]


def test_a_fault_says_where_it_is_and_what_is_wrong(tmp_path: Path) -> None:
    path = file_write(tmp_path / "in.csv", [{"probability": "0"}])
    with pytest.raises(OutcomesInvalidError) as caught:
        outcomes_read(path, specialties=SPECIALTIES)
    assert str(caught.value) == "in.csv:2 probability '0' must lie between 0 and 1, and be neither"


def test_a_program_stands_once_for_an_applicant_season_and_version(tmp_path: Path) -> None:
    rows = [{}, {"season": "2026"}, {"model_version": "1.aaaaaaaaaa"}, {"applicant": "a2"}, {}]
    assert faults_of(file_write(tmp_path / "in.csv", rows)) == [(6, "program_id", "sp00001")]


def test_an_applicant_is_of_one_kind_within_a_season(tmp_path: Path) -> None:
    rows = [
        {},
        {"season": "2026", "applicant_type": "non_us_img"},
        {"program_id": "sp00002", "applicant_type": "us_md"},
    ]
    assert faults_of(file_write(tmp_path / "in.csv", rows)) == [(4, "applicant_type", "us_md")]


def test_other_columns_are_refused_and_so_is_nothing(tmp_path: Path) -> None:
    path = file_write(tmp_path / "in.csv", [{"name": "Jane"}], (*COLUMNS, "name"))
    assert faults_of(path) == [(1, "", "")]
    assert faults_of(file_write(path, [])) == [(1, "", "")]
    assert faults_of(tmp_path / "gone.csv") == [(0, "", "")]
