"""Private links: what each shows in every format, who may make and end them, and how they end."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from applicants.visitors import SESSION_KEY
from matching.models import ListLink, SavedList
from matching.services.links import MOST_OPEN
from tests.matching.factories import link_make, list_make, match_make
from tests.matching.pages import text_of
from tests.matching.shared import CLOSED, HIDDEN, NUMBERS, TOLD, list_with_secrets, pdf_text, xlsx_text

pytestmark = pytest.mark.django_db
FORMATS = ("", "list.csv", "list.xlsx", "list.pdf", "list.json")
MODES = ("all", "no_flags", "list")


@pytest.fixture
def saved_list() -> SavedList:
    return list_with_secrets()


@pytest.fixture
def own(client: Client, saved_list: SavedList) -> Client:
    """The browser of the list's owner."""
    session = client.session
    session[SESSION_KEY] = str(saved_list.visitor)
    session.save()
    return client


def words_of(response: Any, path: str) -> str:
    """Everything that can be read in an answer, the file's name included."""
    body = response.content
    if path.endswith(".pdf"):
        return pdf_text(body)
    if path.endswith(".xlsx"):
        return xlsx_text(body)
    return f"{response.get('Content-Disposition', '')} {body.decode()}"


def read(saved_list: SavedList, mode: str, path: str) -> str:
    link = link_make(saved_list, mode=mode)
    response = Client().get(f"/l/{link.token}/{path}")
    assert response.status_code == 200, path
    return words_of(response, path)


@pytest.mark.parametrize("path", FORMATS)
def test_private_link_all_shows_what_its_owner_wants_read(saved_list: SavedList, path: str) -> None:
    told = read(saved_list, "all", path)
    # A table of programs has no room for the person: CSV is programs alone.
    missing = [word for word in TOLD if word not in told]
    assert missing == [] or path == "list.csv"
    assert [word for word in ("asks 231", "Plughton", "213", "declined") if word not in told] == []
    assert "Peña Hospital" in told


@pytest.mark.parametrize("path", FORMATS)
def test_private_link_no_flags_hides_in_every_format_what_speaks_against_her(
    saved_list: SavedList, path: str
) -> None:
    told = read(saved_list, "no_flags", path)
    assert [word for word in (*HIDDEN, CLOSED) if word in told] == []
    assert "speaks against" not in told
    assert "no_flags" not in told
    assert [
        word for word in ("Peña Hospital", "Žilina Clinic", "reach", "gold", "invited") if word not in told
    ] == []


@pytest.mark.parametrize("path", FORMATS)
def test_private_link_list_hides_every_number_too(saved_list: SavedList, path: str) -> None:
    told = read(saved_list, "list", path)
    assert [word for word in (*HIDDEN, *NUMBERS) if word in told] == []
    assert [
        word for word in ("Peña Hospital", "Žilina Clinic", CLOSED, "0400521001") if word not in told
    ] == []


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("path", FORMATS)
def test_private_link_names_no_owner_no_list_no_match_and_no_link(
    saved_list: SavedList, mode: str, path: str
) -> None:
    other = link_make(saved_list, mode="all")
    told = read(saved_list, mode, path)
    secrets = (
        saved_list.pk,
        saved_list.match_id,
        saved_list.visitor,
        other.token,
        ListLink.objects.latest("pk").token,
    )
    assert [str(secret) for secret in secrets if str(secret) in told] == []


@pytest.mark.parametrize("path", FORMATS)
def test_private_link_tells_no_search_engine_no_other_site_and_no_cache(
    saved_list: SavedList, path: str
) -> None:
    response = Client().get(f"/l/{link_make(saved_list).token}/{path}")
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "Set-Cookie" not in response.headers
    assert response.cookies == {}


@pytest.mark.parametrize("path", FORMATS)
def test_private_link_that_ended_is_as_one_that_never_was(saved_list: SavedList, path: str) -> None:
    now = timezone.now()
    revoked = link_make(saved_list, revoked_at=now)
    expired = link_make(saved_list, expires_at=now - timedelta(seconds=1))
    answers = {
        Client().get(f"/l/{token}/{path}").content for token in (revoked.token, expired.token, "x" * 32)
    }
    if path == "list.json":
        answers = {
            json.dumps({**json.loads(each), "request_id": "", "instance": ""}).encode() for each in answers
        }
    assert len(answers) == 1
    for token in (revoked.token, expired.token, "x" * 32, "x", "%00", "%27or1"):
        assert Client().get(f"/l/{token}/{path}").status_code == 404


@pytest.mark.parametrize("path", FORMATS)
def test_private_link_is_read_only(saved_list: SavedList, path: str) -> None:
    link = link_make(saved_list)
    assert Client().post(f"/l/{link.token}/{path}").status_code == 405


@pytest.mark.parametrize("mode", MODES)
def test_private_link_costs_a_constant_number_of_queries(
    saved_list: SavedList, mode: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    link = link_make(saved_list, mode=mode)
    with django_assert_max_num_queries(3):  # link with list and run, entries, names of specialties
        Client().get(f"/l/{link.token}/")


def test_private_link_json_is_counted_like_anonymous_reading(saved_list: SavedList, settings: Any) -> None:
    settings.API_ANONYMOUS_RATES = {**settings.API_ANONYMOUS_RATES, "programs:read": "2/min"}
    link = link_make(saved_list)
    client = Client(REMOTE_ADDR="203.0.113.77")
    statuses = [client.get(f"/l/{link.token}/list.json").status_code for _ in range(5)]
    assert statuses[0] == 200
    assert client.get(f"/l/{link.token}/list.json")["RateLimit-Limit"] == "2"
    assert 429 in statuses  # also where the minute turns between two of them


def test_links_page_makes_a_link_that_opens(own: Client, saved_list: SavedList) -> None:
    response = own.post(f"/lists/{saved_list.pk}/links/", {"mode": "no_flags", "end": "week"}, follow=True)
    link = ListLink.objects.get()
    assert response.redirect_chain == [(f"/lists/{saved_list.pk}/links/", 302)]
    assert (link.mode, link.expires_at) == ("no_flags", link.created_at + timedelta(days=7))
    assert f"http://testserver/l/{link.token}/" in text_of(response)
    assert "ends in 7 days" in text_of(response)
    assert Client().get(f"/l/{link.token}/").status_code == 200


@pytest.mark.parametrize(
    ("data", "field"),
    [({"mode": "whole", "end": "week"}, "mode"), ({"mode": "all", "end": "soon"}, "end"), ({}, "mode")],
)
def test_links_page_names_the_field_and_makes_nothing(
    own: Client, saved_list: SavedList, data: dict[str, str], field: str
) -> None:
    response = own.post(f"/lists/{saved_list.pk}/links/", data)
    assert response.status_code == 422
    assert response.context["share"].form.errors[field]
    assert not ListLink.objects.exists()


def test_links_page_says_when_there_are_enough(own: Client, saved_list: SavedList) -> None:
    for _ in range(MOST_OPEN):
        link_make(saved_list)
    response = own.post(f"/lists/{saved_list.pk}/links/", {"mode": "list", "end": "week"})
    assert response.status_code == 422
    assert f"at most {MOST_OPEN} open links" in text_of(response)
    assert ListLink.objects.count() == MOST_OPEN


def test_links_page_costs_a_constant_number_of_queries(
    own: Client, saved_list: SavedList, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        link_make(saved_list)
    with django_assert_max_num_queries(4):
        own.get(f"/lists/{saved_list.pk}/links/")


def test_revoke_ends_one_link_at_once(own: Client, saved_list: SavedList) -> None:
    link, other = link_make(saved_list), link_make(saved_list)
    response = own.post(f"/lists/{saved_list.pk}/links/{link.pk}/revoke/", follow=True)
    assert Client().get(f"/l/{link.token}/").status_code == 404
    assert Client().get(f"/l/{other.token}/").status_code == 200
    assert link.token not in text_of(response)
    assert "revoked on" in text_of(response)


def test_revoke_all_ends_every_link_of_the_list(own: Client, saved_list: SavedList) -> None:
    links = [link_make(saved_list, mode=mode) for mode in MODES]
    response = own.post(f"/lists/{saved_list.pk}/links/revoke/", follow=True)
    assert "Revoked 3 links." in text_of(response)
    assert [Client().get(f"/l/{link.token}/").status_code for link in links] == [404] * 3


def test_revoke_of_a_link_of_another_list_is_not_found(own: Client, saved_list: SavedList) -> None:
    link = link_make(list_make(match=match_make()))
    assert own.post(f"/lists/{saved_list.pk}/links/{link.pk}/revoke/").status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None


@pytest.mark.parametrize(
    ("method", "path"), [("get", ""), ("post", ""), ("post", "revoke/"), ("post", "{}/revoke/")]
)
def test_links_of_somebody_else_are_not_found(saved_list: SavedList, method: str, path: str) -> None:
    link = link_make(saved_list)
    account = Client()
    account.force_login(User.objects.create_user("other"))
    for other in (Client(), account):
        address = f"/lists/{saved_list.pk}/links/{path.format(link.pk)}"
        assert getattr(other, method)(address, {"mode": "all", "end": "week"}).status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None
    assert ListLink.objects.count() == 1


@pytest.mark.parametrize("path", ["revoke/", "1/revoke/"])
def test_revoke_is_no_link_to_follow(own: Client, saved_list: SavedList, path: str) -> None:
    assert own.get(f"/lists/{saved_list.pk}/links/{path}").status_code == 405


def test_links_page_says_how_long_a_list_without_an_account_lives(
    own: Client, saved_list: SavedList, admin_client: Client, settings: Settings
) -> None:
    settings.KEEP_DAYS = {**settings.KEEP_DAYS, "visitor": 77}
    said = "77 days after your last visit the list is deleted"
    assert said in text_of(own.get(f"/lists/{saved_list.pk}/links/"))
    SavedList.objects.update(owner=User.objects.get(), visitor=None)
    assert said not in text_of(admin_client.get(f"/lists/{saved_list.pk}/links/"))
