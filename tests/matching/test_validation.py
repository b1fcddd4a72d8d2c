import pytest
from django.test import Client

from matching.validation import validation_document


@pytest.mark.parametrize("kind", ["us_img", None])
def test_an_answer_names_its_standing_and_a_page_that_is_there(
    client: Client, db: None, kind: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.outcomes.status.validation_of", lambda _: None)
    found = validation_document("1.0123456789", kind)
    assert found["status"] == "aggregates-only"
    assert client.get(found["report"]).status_code == 200


def test_outcomes_of_the_kind_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.outcomes.status.validation_of", lambda _: {"kinds": {"us_img": {}}})
    assert validation_document("1.0123456789", "us_img")["status"] == "outcomes"
    assert validation_document("1.0123456789", "us_md")["status"] == "aggregates-only"
