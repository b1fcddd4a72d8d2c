"""The page of the brief: whose it is, what it costs, what it shows; nothing is scored on the way."""

import re
import zlib
from html import unescape

import orjson
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from matching.models import ListEntry, Match, Plan, SavedList
from programs.models import DataVersion
from tests.matching.factories import key_make, match_make, run_make
from tests.matching.pages import persona_match, text_of, visitor_of
from tests.reading import HARDEST, grade, prose


@pytest.fixture
def match(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Match:
    return persona_match(client, django_capture_on_commit_callbacks)


def test_brief_latest_leads_to_the_newest_answer(client: Client, match: Match) -> None:
    response = client.get("/brief/")
    assert response.status_code == 302
    assert response["Location"] == f"/matches/{match.pk}/brief/"


def test_brief_latest_without_an_answer_leads_to_the_profile(client: Client, db: None) -> None:
    assert client.get("/brief/")["Location"] == "/profile/"


def test_brief_is_one_document_with_contents_reasons_and_sources(client: Client, match: Match) -> None:
    response = client.get(f"/matches/{match.pk}/brief/")
    text, brief = unescape(text_of(response)), response.context["brief"]
    assert response.status_code == 200
    for section in brief.sections:
        assert f'href="#{section.slug}"' in text
        assert f'id="{section.slug}"' in text
        for point in section.points:
            assert " ".join(point.said.title.split()) in text
            assert " ".join(point.why.split()) in text
    assert text.count("Why we say this:") == sum(len(section.points) for section in brief.sections)
    assert "read 2026-11-22" in text


def test_brief_reads_at_ninth_grade_or_below(client: Client, match: Match) -> None:
    assert grade(prose(client.get(f"/matches/{match.pk}/brief/").content.decode())) <= HARDEST


def test_brief_of_another_is_not_found(match: Match, admin_client: Client) -> None:
    for other in (Client(), admin_client):
        assert other.get(f"/matches/{match.pk}/brief/").status_code == 404


def test_brief_of_a_partners_match_is_not_found(client: Client, db: None) -> None:
    key, _ = key_make()
    assert client.get(f"/matches/{match_make(api_key=key).pk}/brief/").status_code == 404


def test_brief_of_an_account_is_not_another_accounts(client: Client, db: None) -> None:
    owner, other = (User.objects.create_user(name) for name in ("owner", "other"))
    match = match_make(owner=owner)
    client.force_login(other)
    assert client.get(f"/matches/{match.pk}/brief/").status_code == 404


def test_brief_of_an_answer_in_the_making_waits_at_the_result(client: Client, match: Match) -> None:
    waiting = match_make(run=run_make(), visitor=visitor_of(client))
    assert client.get(f"/matches/{waiting.pk}/brief/")["Location"] == f"/matches/{waiting.pk}/"


def test_brief_of_an_unreadable_answer_says_so(client: Client, match: Match) -> None:
    packed = orjson.loads(zlib.decompress(bytes(match.run.result or b"")))
    match.run.result = zlib.compress(orjson.dumps({**packed, "format": 0}))
    match.run.save()
    assert "an earlier edition of the model" in text_of(client.get(f"/matches/{match.pk}/brief/"))


def test_brief_takes_no_post(client: Client, match: Match) -> None:
    assert client.post(f"/matches/{match.pk}/brief/").status_code == 405


def test_brief_is_not_kept_by_caches_nor_search_engines(client: Client, match: Match) -> None:
    response = client.get(f"/matches/{match.pk}/brief/")
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in text_of(response)


def test_brief_has_nothing_inline(client: Client, match: Match) -> None:
    text = text_of(client.get(f"/matches/{match.pk}/brief/"))
    assert " style=" not in text
    assert not re.search(r" on\w+=", text)
    assert re.findall(r"<script(?! src=\"/static/)", text) == []


@pytest.mark.parametrize("address", ["", "?all=1"])
def test_brief_costs_a_constant_number_of_queries(
    client: Client, match: Match, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(7):
        client.get(f"/matches/{match.pk}/brief/{address}")


def test_brief_scores_nothing(client: Client, match: Match, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(**_: object) -> None:
        raise AssertionError("the brief scored")

    client.get(f"/matches/{match.pk}/brief/")
    monkeypatch.setattr("matching.engine.answer_compute", never)
    assert client.get(f"/matches/{match.pk}/brief/").status_code == 200


def test_brief_speaks_of_her_own_list_where_she_has_one(client: Client, match: Match) -> None:
    client.post(f"/matches/{match.pk}/save/", {"name": "Mine"})
    mine = SavedList.objects.get()
    kept = ListEntry.objects.filter(saved_list=mine).order_by("position").first()
    assert kept is not None
    ListEntry.objects.filter(saved_list=mine).exclude(pk=kept.pk).delete()
    response = client.get(f"/matches/{match.pk}/brief/")
    assert [program.id for program in response.context["facts"].programs] == [kept.program_id]
    assert "from the 1 program on your list" in text_of(response)


def test_brief_knows_from_the_plan_that_she_applied_before(client: Client, match: Match) -> None:
    assert "A new statement" not in text_of(client.get(f"/matches/{match.pk}/brief/"))
    now = timezone.now()
    Plan.objects.create(
        match=match,
        visitor=match.visitor,
        season="2028",
        applied_before=True,
        document={},
        as_of=now.date(),
        created_at=now,
        updated_at=now,
    )
    assert "A new statement, not the old one" in text_of(client.get(f"/matches/{match.pk}/brief/"))


def test_brief_holds_no_score_in_its_address(client: Client, match: Match) -> None:
    text = text_of(client.get(f"/matches/{match.pk}/brief/"))
    assert not re.search(r'href="[^"]*224', text)
