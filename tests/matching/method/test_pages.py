"""The pages on the method: the same for whoever comes, cheap, and easy to read. There is no outsider to keep
out: they hold no person's data."""

import csv
import io
import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from matching import catalogue
from matching.catalogue import catalogue_get
from matching.engine import model_version
from matching.method.parts import PARTS
from matching.scoring.registry import FACTORS, GATES
from programs.models import DataVersion
from programs.reference import reference_rows
from programs.services.loading import catalogue_load
from tests.matching.pages import persona_match, text_of
from tests.reading import HARDEST, grade, hardest, prose

PATHS = (
    "/method/",
    "/method/parameters/",
    "/method/data/",
    "/method/report-card/",
    "/method/simulation/",
    "/method/limits/",
    "/method/changes/",
)
OF_THE_CATALOGUE = ("/method/", "/method/data/")


@pytest.fixture(autouse=True)
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test takes the version that another one published for the newest; looked for once a test."""
    monkeypatch.setattr(catalogue, "_checked", catalogue._Checked())
    monkeypatch.setattr(catalogue, "CHECK_SECONDS", 3600.0)


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_anyone_reads_the_page_and_finds_all_the_others(
    client: Client, small_catalogue: DataVersion, path: str
) -> None:
    html = page(client, path)
    assert len(PARTS) == len(PATHS)
    assert all(f'href="{other}"' in html for other in PATHS if other != path)
    assert len(re.findall(r'<b aria-current="page">', html)) == 1
    assert not re.search(r"<script(?![^>]* src=)| style=|[^a-z]on[a-z]+=\"", html)
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", PATHS)
def test_words_keep_to_the_ninth_grade(client: Client, small_catalogue: DataVersion, path: str) -> None:
    text = prose(page(client, path))
    assert grade(text) <= HARDEST, hardest(text)


@pytest.mark.parametrize("path", PATHS)
def test_the_page_asks_the_database_for_the_newest_version_and_no_more(
    client: Client,
    small_catalogue: DataVersion,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
) -> None:
    page(client, path)  # what is worked out once for a version
    with django_assert_num_queries(0):  # the newest version is looked for at most once a second
        page(client, path)
    catalogue_get.cache_clear()
    with django_assert_num_queries(1 if path in OF_THE_CATALOGUE else 0):
        page(client, path)


@pytest.mark.parametrize("path", PATHS)
def test_without_a_catalogue_the_page_answers(client: Client, db: None, path: str) -> None:
    assert page(client, path)


def test_without_a_catalogue_nothing_is_counted(client: Client, db: None) -> None:
    assert "No catalogue yet" in page(client, "/method/data/")
    assert "state a lowest Step 2 CK" not in page(client, "/method/")


def test_what_a_visitor_is_does_not_show(
    client: Client, db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """Pages are the same with an answer of one's own."""
    catalogue_load(folder=settings.FIXTURES_DIR)
    before = {path: page(client, path) for path in PATHS}
    match = persona_match(client, django_capture_on_commit_callbacks)
    for path in PATHS:
        after = page(client, path)
        assert str(match.pk) not in after
        assert after == before[path], path


def test_every_gate_and_factor_of_the_registry_stands_once_and_leads_to_its_numbers(
    client: Client, db: None
) -> None:
    html = page(client, "/method/").partition('id="example"')[0]
    assert f"All {len(GATES)} gates and {len(FACTORS)} factors" in html
    titles = re.findall(r'<th scope="row">(?:<a href="(.*?)">)?(.*?)<', html)
    assert [unescape(title) for _, title in titles] == [
        *(gate.title for gate in GATES),
        *(factor.title for factor in FACTORS),
    ]
    for path, title in titles[len(GATES) :]:
        named = next(factor for factor in FACTORS if factor.title == unescape(title)).parameters
        shown = re.findall(r'<tr id="p-(.*?)"', page(client, unescape(path)))
        assert bool(shown) == bool(named), title


def test_parameters_are_all_there_and_each_can_be_linked_to(client: Client, db: None) -> None:
    html, rows = page(client, "/method/parameters/"), reference_rows("parameters")
    assert re.findall(r'<tr id="p-(.*?)"', html).__len__() == len(rows)
    assert set(re.findall(r'<tr id="p-(.*?)"', html)) == {row["name"] for row in rows}
    judged = sum(row["kind"] == "judgement" for row in rows)
    assert f"{judged} of {len(rows)} are judgements" in html
    assert f"All {len(rows)} are shown." in html


def test_parameters_are_found_by_words_and_kind_in_the_address(client: Client, db: None) -> None:
    html = page(client, "/method/parameters/?q=step2ck+fail&kind=judgement")
    shown = re.findall(r'<tr id="p-(.*?)"', html)
    assert "step2ck.fail" in shown
    assert 0 < len(shown) < 20
    assert 'value="step2ck fail"' in html
    assert '<option value="judgement" selected>' in html
    assert "No parameter holds these words" in page(client, "/method/parameters/?q=zzzz")


def test_a_kind_that_is_none_is_refused_by_name_and_nothing_typed_is_lost(client: Client, db: None) -> None:
    response = client.get("/method/parameters/?q=usce&kind=guess")
    assert response.status_code == 422
    text = text_of(response)
    assert "Kind: Select a valid choice" in text
    assert 'value="usce"' in text
    assert client.get(f"/method/parameters/?q={'x' * 81}").status_code == 422


def test_parameters_leave_as_a_file(client: Client, db: None) -> None:
    response = client.get("/method/parameters.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert f"smartpick-parameters-{model_version()}.csv" in response["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert {row["name"] for row in rows} == {row["name"] for row in reference_rows("parameters")}


def test_states_are_shown_for_the_fact_in_the_address(client: Client, small_catalogue: DataVersion) -> None:
    assert "Known of visa" not in page(client, "/method/data/")
    html = page(client, "/method/data/?fact=visa_j1")
    assert "Known of j-1 visa, by state" in html
    assert '<option value="visa_j1" selected>' in html
    response = client.get("/method/data/?fact=weather")
    assert response.status_code == 422
    assert "What is known of: Select a valid choice" in text_of(response)


def test_the_version_of_every_answer_leads_to_the_changelog(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    match = persona_match(client, django_capture_on_commit_callbacks)
    html = page(client, f"/matches/{match.pk}/")
    assert f'<a href="/method/changes/">{model_version()}</a>' in html
    assert f'id="v-{model_version()}"' in page(client, "/method/changes/")


def test_a_version_that_is_not_listed_is_told(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.engine.model_version", lambda: "1.0123456789")
    assert "It is not in the list below" in page(client, "/method/changes/")


def test_a_simulation_of_an_earlier_version_says_so(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "an earlier version than the one that answers now" in page(client, "/method/simulation/")
    monkeypatch.setattr("matching.method.views_measured.simulation_document", lambda: None)
    assert "Not run yet" in page(client, "/method/simulation/")


def test_front_page_and_footer_lead_to_the_method(client: Client, small_catalogue: DataVersion) -> None:
    html = page(client, "/")
    assert html.count('href="/method/"') == 2
    assert 'href="/method/limits/"' in html
