"""What the plan page shows of its calendar link and its mail, and that a login takes both along."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django import Settings

from matching.models import Plan
from tests.matching.pages import visitor_of
from tests.matching.people import account_make, log_in, visiting
from tests.matching.planning.fed import plan_make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(client: Client) -> Plan:
    return plan_make(visitor=visiting(client))


def test_login_takes_the_link_along(client: Client, plan: Plan) -> None:
    """The calendar of somebody who then makes an account goes on."""
    client.post("/plan/calendar/make/")
    plan.refresh_from_db()
    path, user = f"/plan/feed/{plan.feed_token}.ics", account_make()
    assert visitor_of(client) == plan.visitor
    log_in(client)
    plan.refresh_from_db()
    assert plan.owner == user
    assert plan.visitor is None
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Make a calendar link"),
        ({"feed_token": "t" * 32}, "/plan/feed/" + "t" * 32 + ".ics"),
    ],
)
def test_plan_page_shows_the_link_or_the_way_to_one(
    client: Client, plan: Plan, values: dict[str, Any], said: str
) -> None:
    Plan.objects.update(**values)
    assert said in client.get("/plan/").content.decode()


@pytest.mark.parametrize(
    ("mail_works", "verified", "said"),
    [
        (False, True, "not available on this site"),
        (True, False, "give your account an e-mail address"),
        (True, True, "Remind me by mail"),
    ],
)
def test_plan_page_offers_what_there_is(
    client: Client, settings: Settings, mail_works: bool, verified: bool, said: str
) -> None:
    user = account_make()
    plan_make(owner=user)
    settings.MAIL_WORKS, settings.SITE_URL = mail_works, "https://smartpick.example.org"
    EmailAddress.objects.update(verified=verified)
    client.force_login(user)
    assert said in client.get("/plan/").content.decode()
