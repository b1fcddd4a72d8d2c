"""The calendar link and file: who makes, renews and ends it, who reads it, and what is cached."""

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from matching.models import Plan
from tests.matching.people import visiting
from tests.matching.planning.fed import plan_make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(client: Client) -> Plan:
    return plan_make(visitor=visiting(client))


def link_of(plan: Plan) -> str:
    plan.refresh_from_db()
    return f"/plan/feed/{plan.feed_token}.ics"


def test_no_link_leads_to_a_plan_until_its_owner_makes_one(client: Client, plan: Plan) -> None:
    assert plan.feed_token is None
    assert client.get("/plan/feed/None.ics").status_code == 404
    response = client.post("/plan/calendar/make/")
    assert response["Location"] == "/plan/#calendar"
    response = Client().get(link_of(plan))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert len(Calendar.from_ical(response.content).walk("VEVENT")) == 10


def test_link_is_long_and_random(client: Client, plan: Plan) -> None:
    seen = set()
    for _ in range(2):
        client.post("/plan/calendar/make/")
        plan.refresh_from_db()
        seen.add(plan.feed_token)
    assert {len(str(token)) for token in seen} == {32}
    assert len(seen) == 2


def test_new_link_ends_the_old_one(client: Client, plan: Plan) -> None:
    client.post("/plan/calendar/make/")
    old = link_of(plan)
    client.post("/plan/calendar/make/")
    assert client.get(old).status_code == 404
    assert client.get(link_of(plan)).status_code == 200


def test_revoked_link_is_not_found(client: Client, plan: Plan) -> None:
    client.post("/plan/calendar/make/")
    old = link_of(plan)
    client.post("/plan/calendar/revoke/")
    assert client.get(old).status_code == 404
    plan.refresh_from_db()
    assert plan.feed_token is None


@pytest.mark.parametrize("path", ["/plan/calendar/make/", "/plan/calendar/revoke/", "/plan/reminders/"])
def test_outsider_changes_nothing(plan: Plan, path: str) -> None:
    Plan.objects.update(feed_token="t" * 32)
    outsider = Client()
    visiting(outsider)
    assert outsider.post(path, {"remind": "1"}).status_code == 404
    plan.refresh_from_db()
    assert (plan.feed_token, plan.remind) == ("t" * 32, False)


@pytest.mark.parametrize("path", ["/plan/calendar/make/", "/plan/calendar/revoke/", "/plan/reminders/"])
def test_reading_changes_nothing(client: Client, plan: Plan, path: str) -> None:
    assert client.get(path).status_code == 405


def test_file_is_for_its_owner_and_makes_no_link(client: Client, plan: Plan) -> None:
    response = client.get("/plan/calendar.ics")
    assert response["Content-Disposition"] == 'attachment; filename="smartpick-plan.ics"'
    assert "no-store" in response["Cache-Control"]
    assert len(Calendar.from_ical(response.content).walk("VEVENT")) == 10
    plan.refresh_from_db()
    assert plan.feed_token is None
    assert Client().get("/plan/calendar.ics").status_code == 404


def test_calendar_that_has_it_is_told_so(client: Client, plan: Plan) -> None:
    client.post("/plan/calendar/make/")
    first = Client().get(link_of(plan))
    assert first["Cache-Control"] == "private, max-age=3600"
    again = Client().get(link_of(plan), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_link_tells_nobody_where_it_lies(client: Client, plan: Plan) -> None:
    client.post("/plan/calendar/make/")
    response = Client().get(link_of(plan))
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert "sessionid" not in response.cookies


def test_plan_of_an_earlier_edition_leaves_calendars_what_they_have(client: Client, plan: Plan) -> None:
    Plan.objects.update(document={"steps": []}, feed_token="t" * 32)
    response = client.get("/plan/feed/" + "t" * 32 + ".ics")
    assert (response.status_code, response["Retry-After"]) == (503, "86400")


def test_link_costs_two_queries(
    client: Client, plan: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.post("/plan/calendar/make/")
    path, reader = link_of(plan), Client()
    with django_assert_num_queries(2):
        reader.get(path)
