"""When a list's page asks what came of it, and that leaving takes all of it along."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from matching.models import ChanceBefore, Outcome, OutcomeReport, SavedList
from matching.my_data import data_export, kept_for_request
from matching.presentation.my_data import kept_lines
from matching.reporting.prompt import outcomes_prompt
from matching.reporting.timing import season_times
from matching.services.forgetting import visitor_forget
from programs.models import DataVersion
from tests.matching.lists import ids_of, list_scored
from tests.matching.pages import persona_match, text_of
from tests.matching.reporting.making import told

TIMES = season_times("2027")
BEFORE, AFTER = date(2027, 1, 10), date(2027, 4, 1)


@pytest.mark.parametrize(
    ("statuses", "day", "asked"),
    [
        (["plan", "applied"], BEFORE, False),
        (["plan", "invited"], BEFORE, True),
        (["plan", "declined"], BEFORE, True),
        (["plan"], AFTER, True),
        ([], AFTER, False),
    ],
)
def test_prompt(statuses: list[str], day: date, asked: bool) -> None:
    assert outcomes_prompt(statuses, times=TIMES, today=day) is asked


def test_list_page_asks_once_an_answer_stands_there(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    match = persona_match(client, django_capture_on_commit_callbacks)
    client.post(f"/matches/{match.pk}/save/", {"name": "Los Angeles first"})
    saved_list = SavedList.objects.get()
    address, asked = f"/lists/{saved_list.pk}/", "Tell us what came of it"
    assert f'href="{address}outcomes/"' in text_of(client.get(address))
    assert asked not in text_of(client.get(address))

    saved_list.entries.filter(position=1).update(status="invited")
    assert asked in text_of(client.get(address))

    told(saved_list)
    assert asked not in text_of(client.get(address))


@pytest.mark.usefixtures("small_catalogue")
def test_everything_told_is_hers_to_take_away() -> None:
    saved_list = list_scored()
    report = told(saved_list, {ids_of(saved_list)[0]: "invited"})

    kept = data_export(visitor=saved_list.visitor)["lists"][0]["outcome_report"]

    assert (kept["told"]["code"], kept["told"]["consent_given"]) == (report.code, report.consented_at)
    assert [row["result"] for row in kept["told"]["outcomes"]] == ["invited", "silent", "silent", "silent"]
    assert {row["program"] for row in kept["chances_before"]} == set(ids_of(saved_list))
    counted = {row.kind: row.number for row in kept_for_request(visitor=saved_list.visitor)}
    assert counted["outcomes"] == 1
    assert "1 report of what came of a list" in [
        line.what for line in kept_lines(kept_for_request(visitor=saved_list.visitor))
    ]


@pytest.mark.usefixtures("small_catalogue")
def test_forgetting_takes_all_of_it() -> None:
    saved_list = list_scored()
    told(saved_list)
    assert saved_list.visitor is not None

    visitor_forget(visitor=saved_list.visitor)

    for model in (OutcomeReport, Outcome, ChanceBefore):
        assert not model._default_manager.exists()
