import html
import re
import uuid
import zlib

import orjson
import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from matching.models import Match
from matching.selectors import MatchNotReady, match_document
from programs.models import DataVersion
from tests.matching.factories import match_make, run_make
from tests.matching.pages import persona_match, text_of, visitor_of


@pytest.fixture
def match(
    client: Client,
    small_catalogue: DataVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Match:
    return persona_match(client, django_capture_on_commit_callbacks)


def test_result_shows_the_same_numbers_as_the_document(client: Client, match: Match) -> None:
    response = client.get(f"/matches/{match.pk}/?all=reach")
    text, document = text_of(response), match_document(match)
    page = response.context["page"]
    assert page.headline in text
    assert page.applications == document["summary"]["applications"]
    assert f"${document['summary']['cost_usd']:,}" in text
    for row in document["list"]:
        if row["selected"]:
            assert f'href="/programs/{row["program"]["id"]}/"' in text
    assert all(f">{row.codes}<" in text for group in page.groups for row in group.rows if row.codes)


def test_result_rings_stand_side_by_side(client: Client, match: Match) -> None:
    response = client.get(f"/matches/{match.pk}/")
    figure = response.context["page"].geography
    assert figure.table.heads == ("Los Angeles", "California", "West Coast", "Whole nation")
    assert figure.text in html.unescape(text_of(response))


def test_result_figures_are_drawn_for_both_widths_and_told_in_words(client: Client, match: Match) -> None:
    text = text_of(client.get(f"/matches/{match.pk}/"))
    for name in ("hist", "geo", "spread"):
        for width in ("wide", "narrow"):
            assert f'aria-labelledby="{name}-{width}"' in text
            assert f'<title id="{name}-{width}">' in text
    assert text.count("The same as a table") == 3


def test_result_shows_los_angeles_california_and_the_nation(client: Client, match: Match) -> None:
    text = text_of(client.get(f"/matches/{match.pk}/?all=reach"))
    assert all(place in text for place in ("Los Angeles, CA", "Fresno, CA", "Chicago, IL"))


def test_result_one_ring_and_unknown_words_in_the_address(client: Client, match: Match) -> None:
    text = text_of(client.get(f"/matches/{match.pk}/?ring=los-angeles"))
    assert "Chicago, IL" not in text
    assert client.get(f"/matches/{match.pk}/?ring=<b>&all=%00&order=x").status_code == 200


def test_result_percent_only_beside_interview_or_match(client: Client, match: Match) -> None:
    page = client.get(f"/matches/{match.pk}/?all=reach").context["page"]
    assert "%" not in page.headline
    assert page.second.endswith("% match.")
    assert page.scale_words.endswith("% interview.")


def test_result_rows_explain_themselves(client: Client, match: Match) -> None:
    page = client.get(f"/matches/{match.pk}/").context["page"]
    rows = [row for group in page.groups for row in group.rows]
    assert rows
    assert all(len(row.reasons) == 2 for row in rows)
    assert all(row.bars is not None for row in rows if row.chance is not None)


def test_result_is_not_kept_by_caches_nor_search_engines(client: Client, match: Match) -> None:
    response = client.get(f"/matches/{match.pk}/")
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in text_of(response)


def test_result_has_nothing_inline(client: Client, match: Match) -> None:
    text = text_of(client.get(f"/matches/{match.pk}/"))
    assert "<script>" not in text
    assert re.findall(r"<script(?! src=\"/static/)", text) == []
    assert "<style" not in text
    assert " style=" not in text
    assert "default-src 'self'" in client.get("/")["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["", "?all=reach", "?ring=los-angeles&order=odds", "?row=sp00001"])
def test_result_costs_a_constant_number_of_queries(
    client: Client, match: Match, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(5):
        client.get(f"/matches/{match.pk}/{address}")


@pytest.mark.parametrize(
    ("target", "begins"), [("list", '<div id="list"'), ("screened", '<section id="screened"')]
)
def test_result_swap_is_that_part_of_the_page_alone(
    client: Client, match: Match, target: str, begins: str
) -> None:
    address = f"/matches/{match.pk}/?all=reach"
    headers = {"HX-Request": "true", "HX-Target": target}
    # A token against forgery is masked anew in every answer.
    part, whole = (
        re.sub(r'csrfmiddlewaretoken" value="\w+"', "", text_of(response))
        for response in (client.get(address, headers=headers), client.get(address))
    )
    assert part.startswith(begins)
    assert "<html" not in part
    assert part in whole


def test_result_swap_of_an_unknown_part_is_the_whole_page(client: Client, match: Match) -> None:
    headers = {"HX-Request": "true", "HX-Target": "../../etc"}
    assert "<html" in text_of(client.get(f"/matches/{match.pk}/", headers=headers))


def test_result_row_tells_when_it_is_opened(client: Client, match: Match) -> None:
    row = match_document(match)["list"][0]
    text = text_of(client.get(f"/matches/{match.pk}/?row={row['program']['id']}"))
    assert text.startswith('<div class="row__open">')
    assert "Rules that apply" in text
    assert client.get(f"/matches/{match.pk}/?row=sp99999").status_code == 404
    assert Client().get(f"/matches/{match.pk}/?row={row['program']['id']}").status_code == 404


def test_result_buttons_say_what_is_on_her_list(client: Client, match: Match) -> None:
    assert "Add to my list" in text_of(client.get(f"/matches/{match.pk}/"))
    client.post(f"/matches/{match.pk}/save/", {"name": "Mine"})
    text = text_of(client.get(f"/matches/{match.pk}/?all=reach"))
    assert "On my list" in text
    assert "All of these programs are on a list of yours." in text


def test_result_leads_to_explore_as_she_wishes(client: Client, match: Match) -> None:
    text = text_of(client.get(f"/matches/{match.pk}/"))
    assert 'href="/programs/?ring=los-angeles&amp;open=on"' in text


@pytest.mark.parametrize("path", ["", "save/", "repair/"])
def test_result_of_somebody_else_is_not_found(match: Match, admin_client: Client, path: str) -> None:
    stranger = Client()
    for other in (stranger, admin_client):
        response = other.post(f"/matches/{match.pk}/{path}") if path else other.get(f"/matches/{match.pk}/")
        assert response.status_code == 404
    assert Client().get(f"/matches/{uuid.uuid4()}/").status_code == 404


def test_result_of_an_account_is_not_another_accounts(client: Client, db: None) -> None:
    owner, other = (User.objects.create_user(name) for name in ("owner", "other"))
    match = match_make(owner=owner, run=run_make())
    client.force_login(other)
    assert client.get(f"/matches/{match.pk}/").status_code == 404
    client.force_login(owner)
    assert client.get(f"/matches/{match.pk}/").status_code == 200


def test_result_failed_keeps_the_profile_and_says_why(client: Client, match: Match) -> None:
    run = run_make(state="failed", reason="the programs changed meanwhile", finished_at=match.created_at)
    failed = match_make(visitor=visitor_of(client), run=run)
    text = text_of(client.get(f"/matches/{failed.pk}/"))
    assert "Your profile is kept" in text
    assert "the programs changed meanwhile" in text
    assert 'href="/profile/"' in text
    assert 'http-equiv="refresh"' not in text


def test_result_of_an_edition_that_is_no_longer_read_is_told_and_nothing_is_lost(
    client: Client, match: Match
) -> None:
    kept = orjson.loads(zlib.decompress(bytes(match.run.result or b"")))
    match.run.result = zlib.compress(orjson.dumps({**kept, "format": 1}))
    match.run.save(update_fields=["result"])
    response = client.get(f"/matches/{match.pk}/")
    assert response.status_code == 200
    assert "an earlier edition of the model" in text_of(response)
    with pytest.raises(MatchNotReady, match="failed"):
        match_document(Match.objects.select_related("run").get(pk=match.pk))
    assert client.post(f"/matches/{match.pk}/save/", {"name": "Mine"}).status_code == 302
    assert not match.lists.exists()


def test_result_of_a_deleted_profile_is_no_sample_person(client: Client, match: Match) -> None:
    assert "a sample person" in text_of(client.get(f"/matches/{match.pk}/"))
    match.run.profile["graduation_year"] = 2024
    match.run.save(update_fields=["profile"])
    text = text_of(client.get(f"/matches/{match.pk}/"))
    assert "a sample person" not in text
    assert "from answers that are not kept as your profile" in text
