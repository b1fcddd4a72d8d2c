"""What an advisor reads of a saved list, and what she never does."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching.models import Match, SavedList
from matching.presentation.numbers import percent_range
from matching.selectors import match_document
from programs.models import Program
from tests.matching.desk import account, advisor_client, list_sent, match_scored, review_of
from tests.matching.factories import NOW, key_make, list_make, match_make, run_make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]

LISTS = reverse("admin:matching_savedlist_changelist")
MATCHES = reverse("admin:matching_match_changelist")
PROFILES = reverse("admin:applicants_profile_changelist")


def page(saved_list: SavedList) -> str:
    return reverse("admin:matching_savedlist_change", args=[saved_list.pk])


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def advisor() -> Client:
    return advisor_client()


def test_list_page_shows_every_program_with_tier_range_and_reasons(advisor: Client) -> None:
    saved_list = list_sent(owner=account())
    document = match_document(saved_list.match, explain=0)
    rows = {row["program"]["id"]: row for row in document["list"] if row["selected"]}

    response = advisor.get(page(saved_list))

    shown = response.context["page"]
    html = response.content.decode()
    assert shown.count == len(rows) == saved_list.entries.count() > 3
    for group in shown.groups:
        for line in group.rows:
            row = rows[line.row.id]
            interview = row["interview"]
            assert (group.tier, line.row.tier) == (row["tier"], row["tier"])
            assert line.row.chance.words == percent_range(interview["low"], interview["high"])
            assert [reason.words for reason in line.reasons] == [entry["label"] for entry in row["reasons"]]
            assert line.reasons
            assert line.row.name in html
            assert line.row.chance.words in html
            assert all(reason.words in text(html) for reason in line.reasons)
    assert {line.row.id for group in shown.groups for line in group.rows} == set(rows)


def test_list_page_leads_with_the_odds_and_keeps_the_applicant_near(advisor: Client) -> None:
    words = text(advisor.get(page(list_sent(owner=account()))).content.decode())

    for expected in (
        "Autumn list", "Evenings only", "No interview at all", "Interviews expected", "A match, whole list",
        "The applicant, as scored", "US-citizen IMG", "224, passed, 1 attempt", "Options of the match",
    ):  # fmt: skip
        assert expected in words
    assert "{" not in words


def test_list_page_shows_what_was_scored_not_what_is_stated_now(advisor: Client) -> None:
    saved_list = list_sent(owner=account())
    profile = saved_list.match.profile
    assert profile is not None
    profile.document = {**profile.document, "graduation_year": 1999}
    profile.save()

    words = text(advisor.get(page(saved_list)).content.decode())

    assert "Graduation year 2025" in words
    assert "1999" not in words


def test_list_page_of_an_account_and_of_a_visitor(advisor: Client) -> None:
    assert "ana" in text(advisor.get(page(list_sent(owner=account()))).content.decode())
    assert "visitor without an account" in advisor.get(page(list_sent())).content.decode()


def test_list_page_links_only_where_the_advisor_may_go(advisor: Client) -> None:
    saved_list = list_sent(owner=account())

    html = advisor.get(page(saved_list)).content.decode()

    links = set(re.findall(r'<a [^>]*href="(/[^"?#]*)', html))
    refused = {link for link in links if advisor.get(link).status_code in (403, 404)}
    assert refused == set()
    assert reverse("admin:matching_match_change", args=[saved_list.match_id]) in links


def test_list_page_without_an_answer_still_shows_the_list(advisor: Client) -> None:
    saved_list = list_make(match=match_make(run=run_make(state="failed", reason="Broken.", finished_at=NOW)))
    review_of(saved_list)

    words = text(advisor.get(page(saved_list)).content.decode())

    assert "The answer behind this list cannot be read: Broken." in words
    assert "The list is empty" in words


def test_list_page_escapes_what_people_type(advisor: Client) -> None:
    saved_list = list_sent(owner=account())
    script = "<script>alert(1)</script>"
    SavedList.objects.update(name=script, note=script)
    Program.objects.update(name=script)

    html = advisor.get(page(saved_list)).content.decode() + advisor.get(LISTS).content.decode()

    assert script not in html
    assert "&lt;script&gt;" in html


def test_lists_name_owner_season_and_tiers(advisor: Client) -> None:
    saved_list = list_sent(owner=account())
    tiers = list(saved_list.entries.values_list("tier", flat=True))

    words = text(advisor.get(LISTS).content.decode())

    assert "Autumn list ana 2027" in words
    assert all(f"{tiers.count(tier)} {tier}" in words for tier in set(tiers))


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # the first look loads the published catalogue once a process
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_list_page_costs_the_same_however_long(advisor: Client) -> None:
    short, long = list_sent(owner=account(), max_applications=2), list_sent(max_applications=12)
    assert long.entries.count() > short.entries.count()

    assert queries_of(advisor, page(long)) <= queries_of(advisor, page(short)) <= 14


@pytest.mark.parametrize("address", [LISTS, MATCHES, PROFILES])
@pytest.mark.parametrize("who", [advisor_client, None], ids=["advisor", "superuser"])
def test_lists_cost_the_same_however_many(
    admin_client: Client, address: str, who: Callable[[], Client] | None
) -> None:
    client = who() if who else admin_client
    list_sent(owner=account())
    few = queries_of(client, address)
    for number in range(4):
        list_sent(owner=User.objects.create_user(f"user {number}"), graduation_year=2015 + number)
    key = key_make()[0]
    match_make(api_key=key)

    assert queries_of(client, address) == few <= 12


def test_match_page_says_whose_and_what(advisor: Client, admin_client: Client) -> None:
    saved_list = list_sent(owner=account())
    address = reverse("admin:matching_match_change", args=[saved_list.match_id])

    words: dict[str, Any] = {
        name: text(client.get(address).content.decode())
        for name, client in (("advisor", advisor), ("superuser", admin_client))
    }

    for shown in words.values():
        assert "Saved as Autumn list" in shown
        assert "A match, whole list" in shown
    run = reverse("admin:matching_matchrun_change", args=[saved_list.match.run_id])
    assert run in admin_client.get(address).content.decode()
    assert run not in advisor.get(address).content.decode()


def test_match_page_of_a_run_that_failed(admin_client: Client) -> None:
    match = match_make(run=run_make(state="failed", reason="Broken.", finished_at=NOW))

    shown = admin_client.get(reverse("admin:matching_match_change", args=[match.pk])).content.decode()

    assert "There is no answer to show: Broken." in shown


def test_run_page_shows_the_input_in_words(admin_client: Client) -> None:
    run = match_scored().run

    words = text(admin_client.get(reverse("admin:matching_matchrun_change", args=[run.pk])).content.decode())

    assert "US-citizen IMG" in words
    assert run.model_version in words
    assert "Programs at most 6" in words


def test_profile_page_is_words(advisor: Client) -> None:
    profile = list_sent(owner=account()).match.profile
    assert profile is not None

    words = text(advisor.get(reverse("admin:applicants_profile_change", args=[profile.pk])).content.decode())

    assert "My profile" in words
    assert " ana " in words
    assert "Step 2 CK 224, passed, 1 attempt" in words
    assert "{" not in words


def test_match_of_a_key_is_named_by_its_prefix(admin_client: Client) -> None:
    key = key_make()[0]
    match_make(api_key=key)

    assert f"API key {key.prefix} (partner)" in admin_client.get(MATCHES).content.decode()
    assert Match.objects.count() == 1
