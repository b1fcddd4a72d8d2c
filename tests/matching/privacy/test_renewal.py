"""A session lives so many days from the last visit: begun anew once a day, and never made for it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from matching.privacy.renewal import SESSION_KEY
from tests.matching.people import account_make, log_in, visiting

pytestmark = pytest.mark.django_db


def ends(client: Client) -> float:
    """Days until the session of the client is over."""
    row = Session.objects.get(session_key=client.session.session_key)
    return (row.expire_date - timezone.now()) / timedelta(days=1)


def came(client: Client, *, days_ago: int) -> None:
    """The client was last here some days ago, as its session says."""
    session = client.session
    session[SESSION_KEY] = (timezone.now() - timedelta(days=days_ago)).date().isoformat()
    session.save()
    left = timezone.now() + timedelta(days=60 - days_ago)
    Session.objects.filter(session_key=session.session_key).update(expire_date=left)


def test_visit_on_another_day_begins_the_time_anew(client: Client) -> None:
    visiting(client)
    came(client, days_ago=50)
    response = client.get("/me/")
    assert ends(client) > 59
    assert response.cookies["sessionid"]["max-age"] == 60 * 24 * 60 * 60


def test_second_visit_of_a_day_writes_nothing(client: Client) -> None:
    visiting(client)
    came(client, days_ago=0)
    Session.objects.update(expire_date=timezone.now() + timedelta(days=7))
    assert "sessionid" not in client.get("/me/").cookies
    assert ends(client) < 8


def test_visitor_without_a_session_gets_none(client: Client) -> None:
    client.get("/")
    client.get("/privacy/")
    assert not Session.objects.exists()


def test_day_is_noted_when_a_session_is_written(client: Client) -> None:
    account_make()
    log_in(client)
    assert client.session[SESSION_KEY] == timezone.now().date().isoformat()


def test_visit_costs_no_query_once_it_is_noted(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visiting(client)
    came(client, days_ago=0)
    with django_assert_num_queries(1):  # the session
        client.get("/privacy/")
