"""What everybody's reports say together: counted with consent only, and from five people on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from matching.models import Match, OutcomeReport
from matching.reporting.selectors import Tally, tallies_counted
from matching.reporting.services import consent_withdraw
from matching.reporting.together import groups_of_kinds, groups_of_tiers, in_hundred, together_now
from tests.matching.lists import ids_of, list_scored
from tests.matching.pages import text_of
from tests.matching.reporting.making import OVER, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_catalogue")]

AFTER = date(2027, 4, 5)


def people(count: int, *, consent: bool = True) -> list[OutcomeReport]:
    reports = []
    for _ in range(count):
        saved_list = list_scored()
        Match.objects.filter(pk=saved_list.match_id).update(created_at=datetime(2026, 8, 1, tzinfo=UTC))
        reports.append(told(saved_list, {ids_of(saved_list)[0]: "invited"}, consent=consent))
    return reports


def test_nothing_is_said_of_four_people() -> None:
    people(4)

    assert together_now(today=AFTER).total is None


def test_five_people_are_told_in_hundreds() -> None:
    people(5)

    found = together_now(today=AFTER)

    assert found.total is not None
    assert (found.total.people, found.total.came) == ("5 or more", "25")
    assert found.breakdowns[1].lines[0].name == "US-citizen IMGs"


def test_nothing_is_said_while_the_season_runs() -> None:
    people(5)

    assert together_now(today=date(2027, 3, 10)).total is None


def test_without_consent_nobody_counts() -> None:
    people(5, consent=False)

    assert tallies_counted() == []


def test_consent_taken_back_counts_at_once() -> None:
    reports = people(5)

    consent_withdraw(saved_list=reports[0].saved_list, now=OVER)

    assert together_now(today=AFTER).total is None


def test_application_told_on_two_lists_counts_once() -> None:
    saved_list = list_scored()
    other = list_scored(visitor=saved_list.visitor)
    Match.objects.update(created_at=datetime(2026, 8, 1, tzinfo=UTC))

    first, second = told(saved_list), told(other, now=OVER + timedelta(hours=1))

    assert sum(cell[0] for cell in first.tally.values()) == 4
    assert second.tally == {}


def test_groups_count_a_person_once() -> None:
    rows = [
        Tally("a", "2027", "us_img", {"reach": [3, 0.2, 1], "target": [2, 0.4, 0]}),
        Tally("a", "2027", "us_img", {"reach": [1, 0.1, 0]}),
        Tally("b", "2027", "", {"target": [5, 1.0, 2]}),
    ]

    tiers = {group.name: group for group in groups_of_tiers(rows)}
    kinds = {group.name: group for group in groups_of_kinds(rows)}

    assert (tiers["reach"].people, tiers["reach"].applications, tiers["target"].came) == (
        frozenset("a"),
        4,
        2,
    )
    assert (kinds["us_img"].applications, kinds[""].people) == (6, frozenset("b"))


def test_in_hundred_never_says_none_of_some() -> None:
    assert [in_hundred(0, 10), in_hundred(1, 1000), in_hundred(1, 10)] == ["0", "under 1", "10"]


def test_page_says_that_nothing_can_be_shown_yet(client: Client) -> None:
    assert "Nothing can be shown yet." in text_of(client.get("/outcomes/"))


def test_page_shows_groups_and_names_what_is_left_out(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr("matching.reporting.views.now_is", lambda: OVER)
    people(5)

    with django_assert_max_num_queries(2):
        html = text_of(client.get("/outcomes/"))

    assert "Of 100 applications we expected" in html
    assert "25 did." in html
    assert "5 or more" in html
