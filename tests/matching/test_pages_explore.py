"""Explore and the comparison as anybody meets them: any address, with and without an answer of one's own."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.models import DataVersion, Program
from programs.services.publishing import data_version_publish
from tests.matching.pages import Capture, persona_match, text_of
from tests.programs.factories import make_fact, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def always_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest publication is looked for at each request, not once a second: one query more, always."""
    monkeypatch.setattr("matching.catalogue.CHECK_SECONDS", -1.0)


HOSTILE = [
    "' OR 1=1; DROP TABLE programs_program; --",
    "<script>alert(1)</script>",
    "%00",
    "\x00",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "%_\\",
    "9" * 5000,
    "-1",
    "{{ 7*7 }}",
    "../../etc/passwd",
    "a" * 20_000,
]
PARAMETERS = [
    "search", "specialty", "ring", "tier", "state", "county", "type", "share", "age", "open", "sort", "page",
    "ids", "unheard-of",
]  # fmt: skip


def explore(client: Client, **query: str) -> str:
    response = client.get(reverse("programs:list"), query)
    assert response.status_code == 200
    return text_of(response)


def listed(page: str) -> list[str]:
    return re.findall(r'id="tick-(sp[0-9]{5})"', page)


def test_explore_before_anything_is_published_says_so(client: Client) -> None:
    make_program()
    assert "The programs are being loaded" in explore(client)
    assert "The programs are being loaded" in text_of(client.get(reverse("programs:compare")))


def test_explore_without_an_answer_shows_all_and_invites(
    client: Client, small_catalogue: DataVersion
) -> None:
    page = explore(client)
    assert len(listed(page)) == 12
    assert "12 program tracks, each where it is." in page
    assert "Fill in your profile" in page
    assert 'name="tier"' not in page
    assert "Add to my list" not in page
    assert "US Census Bureau" in page


def test_explore_with_an_answer_shows_ones_odds(
    client: Client, small_catalogue: DataVersion, django_capture_on_commit_callbacks: Capture
) -> None:
    match = persona_match(client, django_capture_on_commit_callbacks)
    page = explore(client)
    assert "Mine: Internal medicine" in page
    assert re.search(r"Of 12 program tracks, .*(reach|target)", page)
    assert "interview</span> <b>about" in page
    assert page.count("Add to my list") == 12
    assert str(match.pk) in page
    best_first = [float(each) for each in re.findall(r"about (\d+)%", page.split('id="list"')[1])]
    assert best_first == sorted(best_first, reverse=True)


def test_explore_shows_an_outsider_nobody_elses_odds(
    client: Client, small_catalogue: DataVersion, django_capture_on_commit_callbacks: Capture
) -> None:
    match = persona_match(client, django_capture_on_commit_callbacks)
    page = explore(Client())
    assert str(match.pk) not in page
    assert "interview</span>" not in page
    compared = text_of(Client().get(reverse("programs:compare"), {"ids": ["sp00001", "sp00002"]}))
    assert "Your odds" not in compared
    assert "Fill in your profile" in compared


def test_explore_keeps_the_filters_from_page_to_page(client: Client) -> None:
    for number in range(30):
        make_program(name=f"Program {number:02}")
    make_program(name="Elsewhere", state="NY", county="Kings")
    data_version_publish()
    page = explore(client, state="CA", page="2", ids="sp00001")
    assert "30 program tracks" in page
    assert len(listed(page)) == 5
    assert "?state=CA&amp;page=1&amp;ids=sp00001" in page


def test_explore_says_what_is_not_known_and_asks_to_check(client: Client) -> None:
    make_program(name="Bare", listing_status="old", last_listed_year=None, city="", county="")
    data_version_publish()
    page = explore(client)
    assert "city not known" in page
    assert "Not known: type and IMG share" in page
    assert "It may be closed: check it still exists" in page
    assert "the place is not exact" in page


def test_explore_never_drops_silently_what_has_no_known_share(client: Client) -> None:
    known = make_program(name="Known")
    make_fact(known, "residents_total", "20")
    make_fact(known, "residents_img", "11")
    make_program(name="Unknown")
    data_version_publish()
    page = explore(client, share="25")
    assert listed(page) == [known.pk]
    assert "For 1 more track that fit otherwise" in page
    assert "Unknown" in explore(client, share="unknown")


def test_explore_names_a_wrong_filter_and_applies_the_others(client: Client) -> None:
    here = make_program(name="Here")
    make_program(name="There", state="NY", county="Kings")
    data_version_publish()
    page = explore(client, state="ZZ", ring="los-angeles")
    assert "ZZ is not one of the available choices" in page
    assert listed(page) == [here.pk]


def test_explore_takes_the_same_queries_whatever_it_shows(
    client: Client, small_catalogue: DataVersion, django_capture_on_commit_callbacks: Capture
) -> None:
    persona_match(client, django_capture_on_commit_callbacks)
    explore(client)
    counts = []
    for query in ({}, {"state": "CA", "tier": "reach", "sort": "fit"}, {"search": "harbor"}):
        with CaptureQueriesContext(connection) as queries:
            explore(client, **query)
        counts.append(len(queries))
    assert counts == [4, 4, 5]


def test_explore_takes_no_query_more_for_more_programs(client: Client) -> None:
    counts = []
    for rows in (1, 40):
        for _ in range(rows):
            make_fact(make_program(), "program_type", "community")
        data_version_publish()
        explore(client)
        with CaptureQueriesContext(connection) as queries:
            explore(client, ring="los-angeles", type="community", search="program")
        counts.append(len(queries))
    assert counts == [2, 2]


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_explore_outsider_hostile_parameters(
    client: Client, small_catalogue: DataVersion, parameter: str
) -> None:
    for value in HOSTILE:
        for name in ("list", "compare"):
            response = client.get(f"{reverse(f'programs:{name}')}?{urlencode({parameter: value})}")
            assert response.status_code == 200, (name, value[:40])
            assert "<script>alert" not in response.content.decode()
    assert Program.objects.count() == 12


def test_explore_outsider_may_only_read(client: Client, small_catalogue: DataVersion) -> None:
    for name in ("list", "compare"):
        assert client.post(reverse(f"programs:{name}")).status_code == 405
        assert client.head(reverse(f"programs:{name}")).status_code == 200


def compare(client: Client, *ids: str) -> str:
    response = client.get(reverse("programs:compare"), {"ids": ids})
    assert response.status_code == 200
    return text_of(response)


def test_compare_marks_differences_with_sign_and_word(
    client: Client, small_catalogue: DataVersion, django_capture_on_commit_callbacks: Capture
) -> None:
    persona_match(client, django_capture_on_commit_callbacks)
    page = compare(client, "sp00001", "sp00005")
    assert "Your odds" in page
    assert re.search(r'City <span class="differs">≠ differs</span>', page)
    assert re.search(r'<th scope="row">Track</th>', page)
    assert "They differ in" in page
    assert page.count("Add to my list") == 2


def test_compare_of_five_keeps_four_and_says_so_kindly(client: Client, small_catalogue: DataVersion) -> None:
    page = compare(client, "sp00001", "sp00002,sp00003", "sp00004", "sp00005")
    assert "Four fit side by side. Left out for now: Harbor sp00005." in page
    assert page.count('scope="col"') == 4


def test_compare_of_none_one_and_an_unknown_program(client: Client, small_catalogue: DataVersion) -> None:
    assert "Nothing to compare yet" in compare(client)
    assert "Add another program to compare it with" in compare(client, "sp00001")
    assert "We hold no program with the id sp99999" in compare(client, "sp99999", "sp00001")


def test_compare_takes_one_away_and_finds_another(client: Client, small_catalogue: DataVersion) -> None:
    page = compare(client, "sp00001", "sp00002")
    assert 'href="/programs/compare/?ids=sp00002">Take away' in page
    assert 'href="/programs/?ids=sp00001&amp;ids=sp00002"' in page
    chosen = explore(client, ids="sp00001")
    assert re.search(r'value="sp00001" form="compare" id="tick-sp00001" checked', chosen)


def test_compare_takes_the_same_queries_for_one_and_four(
    client: Client, small_catalogue: DataVersion, django_capture_on_commit_callbacks: Capture
) -> None:
    persona_match(client, django_capture_on_commit_callbacks)
    ids = ("sp00001", "sp00003", "sp00005", "sp00007")
    compare(client, *ids)
    counts = []
    for number in (1, 4):
        with CaptureQueriesContext(connection) as queries:
            compare(client, *ids[:number])
        counts.append(len(queries))
    assert counts == [5, 5]
