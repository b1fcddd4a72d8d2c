from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from matching.calibration.fit import CalibrationFailed
from matching.calibration.run import FULL, QUICK, Calibration, Size
from matching.catalogue import CatalogueEmpty
from tests.calibration.made_document import small_calibration

WHERE = "matching.management.commands.calibrate"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Size]:
    sizes: list[Size] = []

    def run(size: Size) -> Calibration:
        sizes.append(size)
        return small_calibration()

    monkeypatch.setattr(f"{WHERE}.calibration_run", run)
    return sizes


def said(*options: str) -> str:
    out = StringIO()
    call_command("calibrate", *options, stdout=out)
    return out.getvalue()


def test_without_write_it_reports_and_writes_nothing(
    asked: list[Size], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{WHERE}.calibration_write", lambda _: pytest.fail("wrote"))
    text = said()
    assert asked == [FULL]
    for row in small_calibration().fitted:
        assert f"{row.parameter} = {row.value:.2f} ({row.low:.2f} to {row.high:.2f})" in text
    assert "fixtures/parameters.csv does not agree with the headlines within 1 point" in text
    assert "headline of 2026, not fitted to: 70.0%, residual" in text


def test_write_names_its_files(asked: list[Size], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{WHERE}.calibration_write", lambda _: [Path("one"), Path("two")])
    assert said("--write").endswith("wrote one\nwrote two\n")


def test_quick_is_for_a_look(asked: list[Size]) -> None:
    said("--quick")
    assert asked == [QUICK]
    with pytest.raises(CommandError, match="no ranges to write"):
        said("--quick", "--write")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CatalogueEmpty(), "load_catalogue"),
        (CalibrationFailed("us_md: no intercept"), "us_md: no intercept"),
        (KeyError("population.service.us_img"), r"population\.service\.us_img"),
    ],
)
def test_errors_are_told(error: Exception, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_: Size) -> Calibration:
        raise error

    monkeypatch.setattr(f"{WHERE}.calibration_run", run)
    with pytest.raises(CommandError, match=words):
        said()
