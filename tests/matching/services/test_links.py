"""Links are made when asked for, a few at a time, and end at once."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from matching.models import ListLink, SavedList
from matching.services.links import (
    MOST_OPEN,
    LinkEndPast,
    LinkLimit,
    link_create,
    link_revoke,
    links_revoke,
    season_end,
)
from tests.matching.factories import NOW, link_make, list_make

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved_list() -> SavedList:
    return list_make()


@pytest.mark.parametrize(
    ("end", "expires"),
    [
        ("week", NOW + timedelta(days=7)),
        ("month", NOW + timedelta(days=30)),
        ("quarter", NOW + timedelta(days=90)),
        ("season", datetime(2027, 3, 31, 23, 59, tzinfo=UTC)),
        ("never", None),
    ],
)
def test_link_create_ends_when_asked(saved_list: SavedList, end: str, expires: datetime | None) -> None:
    link = link_create(saved_list=saved_list, mode="no_flags", end=end, now=NOW)
    link.refresh_from_db()
    assert (link.mode, link.created_at, link.expires_at) == ("no_flags", NOW, expires)


def test_link_create_tokens_are_long_and_never_the_same(saved_list: SavedList) -> None:
    tokens = {link_create(saved_list=saved_list, mode="list", end="week", now=NOW).token for _ in range(5)}
    assert len(tokens) == 5
    assert {len(token) for token in tokens} == {32}  # 192 bits


def test_link_create_refuses_more_than_the_most_until_one_ends(saved_list: SavedList) -> None:
    for _ in range(MOST_OPEN):
        link = link_create(saved_list=saved_list, mode="list", end="week", now=NOW)
    with pytest.raises(LinkLimit):
        link_create(saved_list=saved_list, mode="list", end="week", now=NOW)
    link_revoke(link=link, now=NOW)
    link_create(saved_list=saved_list, mode="list", end="week", now=NOW)
    later = NOW + timedelta(days=8)
    link_create(saved_list=saved_list, mode="list", end="week", now=later)
    assert ListLink.objects.open(now=later).count() == 1


def test_link_create_refuses_the_end_of_a_season_that_is_over(saved_list: SavedList) -> None:
    with pytest.raises(LinkEndPast):
        link_create(saved_list=saved_list, mode="list", end="season", now=datetime(2027, 4, 1, tzinfo=UTC))
    assert not ListLink.objects.exists()


def test_link_create_in_constant_queries(
    saved_list: SavedList, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):  # savepoint, list held, links counted, link, release
        link_create(saved_list=saved_list, mode="list", end="season", now=NOW)


@pytest.mark.parametrize(("mode", "end"), [("whole", "week"), ("list", "soon")])
def test_link_create_guesses_nothing(saved_list: SavedList, mode: str, end: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        link_create(saved_list=saved_list, mode=mode, end=end, now=NOW)
    assert not ListLink.objects.exists()


def test_season_end_is_the_close_of_applications_where_it_is_known() -> None:
    assert season_end("2026") == datetime(2026, 5, 31, 23, 59, tzinfo=UTC)
    assert season_end("2090") is None


def test_link_revoke_is_at_once_and_once(saved_list: SavedList) -> None:
    link = link_make(saved_list)
    assert link_revoke(link=link, now=NOW)
    assert not link_revoke(link=link, now=NOW + timedelta(days=1))
    link.refresh_from_db()
    assert link.revoked_at == NOW


def test_links_revoke_ends_those_of_one_list_alone(saved_list: SavedList) -> None:
    link_make(saved_list)
    link_make(saved_list, mode="all")
    ended = link_make(saved_list, revoked_at=NOW - timedelta(days=1))
    other = link_make(list_make())
    assert links_revoke(saved_list=saved_list, now=NOW) == 2
    ended.refresh_from_db()
    assert ended.revoked_at == NOW - timedelta(days=1)
    assert list(ListLink.objects.open(now=NOW)) == [other]
