import copy
import re
from typing import Any

import pytest
from django.test import Client

from tests.calibration.made_document import small_calibration
from tests.matching.pages import text_of

PATH = "/method/report-card/"


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    document = {**copy.deepcopy(small_calibration().document), "parameters": "0123456789abcdef"}
    monkeypatch.setattr("matching.calibrating.calibration_document", lambda: document)
    return document


def test_anyone_reads_what_was_fitted_and_that_it_is_not_validated(
    client: Client, db: None, kept: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.calibrating.calibration_current", lambda _: True)
    response = client.get(PATH)
    text = text_of(response)
    assert response.status_code == 200
    assert "Not validated on outcomes" in text
    for row in kept["fitted"]:
        assert row["parameter"] in text
        assert f"{100 * row['target']:.1f}%" in text
    assert "A plain applicant" in text
    assert "have changed since" not in text
    assert not re.search(r"<script(?![^>]* src=)", text)


def test_what_was_checked_on_outcomes_is_told(
    client: Client, db: None, kept: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {"kinds": {"us_img": {}}, "applicants": 900, "seasons": ["2026"]}
    monkeypatch.setattr("matching.method.views_measured.validation_of", lambda _: found)
    text = text_of(client.get(PATH))
    assert "US-citizen IMGs: 900 applicants, seasons 2026." in text
    assert "Not validated on outcomes" not in text


def test_a_stale_report_says_so(
    client: Client, db: None, kept: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.calibrating.calibration_current", lambda _: False)
    assert "parameters have changed since" in text_of(client.get(PATH))


def test_without_a_calibration_the_page_says_that(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.calibrating.calibration_document", lambda: None)
    response = client.get(PATH)
    assert response.status_code == 200
    assert "Not calibrated yet" in text_of(response)


def test_the_page_as_it_is_kept(client: Client, db: None) -> None:
    assert client.get(PATH).status_code == 200
    assert client.post(PATH).status_code == 405
