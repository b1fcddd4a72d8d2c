"""Plots of what outcomes say, from a file of outcomes made up here. None is shipped."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from matching.calibration.outcomes import Rules
from matching.method.reliability import reliabilities
from matching.outcomes import status
from matching.outcomes.run import outcomes_run
from matching.reference import model_for
from programs.reference import reference_rows
from tests.calibration.made_outcomes import outcomes_made
from tests.matching.outcomes.made_file import SEASON, fixtures_copy, model_now, outcomes_write
from tests.matching.pages import text_of

RULES = Rules(resamples=50)


def bin_of(predicted: float, seen: float, half: float = 0.02) -> dict[str, Any]:
    return {
        "lowest": predicted / 2,
        "highest": min(1.0, predicted * 1.5),
        "predicted": predicted,
        "observed": {"value": seen, "low": max(0.0, seen - half), "high": min(1.0, seen + half)},
        "rows": 900,
        "applicants": 60,
    }


def record(*bins: dict[str, Any]) -> dict[str, Any]:
    return {"kinds": {"us_img": {"kept": "shift", "rows": 9000, "applicants": 150, "bins": list(bins)}}}


@pytest.fixture
def checked(tmp_path: Path, settings: Settings) -> Iterator[dict[str, Any]]:
    """Fixtures of their own, with outcomes of 150 made-up applicants written into them."""
    outcomes = outcomes_made(1, intercept=-0.7)
    version = model_now().version
    settings.FIXTURES_DIR = fixtures_copy(tmp_path / "fixtures")
    clear()
    path = outcomes_write(tmp_path / "in.csv", outcomes, version)
    outcomes_run(path, out=tmp_path / "out", season=SEASON, columns=None, rules=RULES, write=True)
    clear()
    yield json.loads((settings.FIXTURES_DIR / "validation.json").read_text(encoding="utf-8"))
    settings.FIXTURES_DIR = django_settings.FIXTURES_DIR
    clear()


def clear() -> None:
    reference_rows.cache_clear()
    model_for.cache_clear()
    status._read.cache_clear()


@pytest.mark.django_db
def test_outcomes_that_were_written_are_plotted_with_their_numbers(
    client: Client, checked: dict[str, Any]
) -> None:
    kind = checked["kinds"]["us_img"]
    response = client.get("/method/report-card/")
    html, text = response.content.decode(), text_of(response)
    assert len(kind["bins"]) >= 5
    assert html.count('<circle class="point"') == 2 * len(kind["bins"])  # a wide and a narrow drawing
    for one in kind["bins"]:
        told, seen = (f"{100 * value:.1f}" for value in (one["predicted"], one["observed"]["value"]))
        assert f'<td class="n">{told}</td><td class="n">{seen}</td>' in html
    for name in ("brier", "log_loss", "ece"):
        assert f"{kind[name]['value']:.4f}" in html
    assert f"{kind['rows']:,} applications, 150 applicants" in text
    assert "Checked on outcomes" in text
    assert "not yet validated" not in text.lower()


@pytest.mark.django_db
def test_without_outcomes_the_frame_is_empty_and_says_why(client: Client) -> None:
    response = client.get("/method/report-card/")
    html, text = response.content.decode(), text_of(response)
    assert "Not yet validated." in text
    assert "at least 50 applicants" in text
    assert '<circle class="point"' not in html
    assert not (Path(django_settings.FIXTURES_DIR) / "validation.json").exists()


def test_the_record_holds_the_table_of_unseen_applicants(checked: dict[str, Any]) -> None:
    bins = checked["kinds"]["us_img"]["bins"]
    assert sum(one["rows"] for one in bins) == checked["kinds"]["us_img"]["rows"]
    assert all(one["applicants"] >= RULES.least_cell for one in bins)
    assert [one["predicted"] for one in bins] == sorted(one["predicted"] for one in bins)


def test_a_record_without_a_table_has_no_plot() -> None:
    (found,) = reliabilities({"kinds": {"us_img": {"kept": "identity", "rows": 9, "applicants": 3}}})
    assert (found.drawings, found.bins, found.measures) == ((), (), ())
    assert found.kept == "The chances stand as they were told."
    assert reliabilities(None) == ()


@given(st.lists(st.tuples(st.floats(0.001, 0.999), st.floats(0, 1)), min_size=1, max_size=10))
def test_every_point_lies_in_the_frame_and_right_chances_on_the_diagonal(
    pairs: list[tuple[float, float]],
) -> None:
    (found,) = reliabilities(record(*(bin_of(told, seen) for told, seen in pairs)))
    for drawing in found.drawings:
        for point, (told, seen) in zip(drawing.points, pairs, strict=True):
            assert drawing.left <= point.x <= drawing.right + 0.1
            assert drawing.top - 0.1 <= point.y_high <= point.y <= point.y_low <= drawing.floor + 0.1
            along, up = point.x - drawing.left, drawing.floor - point.y
            assert (up - along) * (seen - told) >= -0.2


def test_kinds_stand_in_the_order_of_the_card() -> None:
    two = {
        "kinds": {"us_do": record(bin_of(0.1, 0.1))["kinds"]["us_img"], **record(bin_of(0.1, 0.2))["kinds"]}
    }
    found = reliabilities(two)
    assert [one.kind for one in found] == ["us_img", "us_do"]
    assert re.fullmatch(r"told 10.0, happened 20.0", found[0].text)
