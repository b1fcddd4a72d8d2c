"""Whose rows who of the staff sees: hers, her organisation's, and nobody's that was not sent."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matching import caseload
from matching.models import AdvisorGroup, Membership, Review, SavedList
from tests.matching.desk import office, review_of, staff
from tests.matching.factories import list_make

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> dict[str, User]:
    here, there = office("Here"), office("There")
    return {
        "ada": staff("ada", here),
        "amy": staff("amy", here),
        "lea": staff("lea", here, "lead"),
        "bea": staff("bea", there),
        "kim": staff("kim"),
        "root": User.objects.create_superuser("root"),
        "ana": User.objects.create_user("ana"),
    }


def review(organisation: str, advisor: User | None = None, **members: Any) -> Review:
    state = members.pop("state", "in_review")
    return review_of(list_make(), organisation=office(organisation), advisor=advisor, state=state, **members)


def seen_by(home: dict[str, User], rows: Callable[[Any], Any], wanted: Any) -> set[str]:
    return {name for name, user in home.items() if rows(user).filter(pk=wanted.pk).exists()}


def test_a_review_is_seen_by_its_advisor_and_the_leads_of_its_organisation(home: dict[str, User]) -> None:
    assert seen_by(home, caseload.reviews_visible, review("Here", home["ada"])) == {"ada", "lea", "root"}
    assert seen_by(home, caseload.reviews_visible, review("There", home["bea"])) == {"bea", "root"}
    assert seen_by(home, caseload.reviews_visible, review("Here")) == {"lea", "root"}


def test_who_left_an_organisation_sees_nothing_of_it(home: dict[str, User]) -> None:
    kept = review("Here", home["ada"])
    Membership.objects.filter(user__in=(home["ada"], home["lea"])).delete()

    assert seen_by(home, caseload.reviews_visible, kept) == {"root"}
    assert seen_by(home, caseload.lists_visible, kept.saved_list) == {"root"}


@pytest.mark.parametrize("without", ["is_staff", "is_active"])
def test_who_is_of_the_staff_no_more_sees_nothing(home: dict[str, User], without: str) -> None:
    kept = review("Here", home["ada"])
    User.objects.update(**{without: False})
    fresh = {name: User.objects.get(pk=user.pk) for name, user in home.items()}

    for rows in (caseload.reviews_visible, caseload.reviews_pool, caseload.organisations_of):
        assert all(not rows(user).exists() for user in fresh.values())
    assert seen_by(fresh, caseload.lists_visible, kept.saved_list) == set()
    assert seen_by(fresh, caseload.staff_visible, home["ana"]) == set()


def test_strangers_see_nothing(home: dict[str, User]) -> None:
    review("Here", home["ada"])
    for rows in (
        caseload.reviews_visible, caseload.reviews_pool, caseload.lists_visible, caseload.matches_visible,
        caseload.runs_visible, caseload.profiles_visible, caseload.reports_visible, caseload.staff_visible,
        caseload.organisations_led,
    ):  # fmt: skip
        assert not rows(AnonymousUser()).exists(), rows


def test_the_pool_is_what_one_could_take(home: dict[str, User]) -> None:
    here = office("Here")
    medicine = AdvisorGroup.objects.create(organisation=here, name="Medicine")
    surgery = AdvisorGroup.objects.create(organisation=here, name="Surgery")
    Membership.objects.filter(user=home["ada"]).update(group=medicine)
    Membership.objects.filter(user=home["amy"]).update(group=surgery)
    of_none, of_medicine = review("Here"), review("Here", group=medicine)

    assert seen_by(home, caseload.reviews_pool, of_none) == {"ada", "amy", "lea", "root"}
    assert seen_by(home, caseload.reviews_pool, of_medicine) == {"ada", "lea", "root"}
    assert seen_by(home, caseload.reviews_visible, of_medicine) == {"lea", "root"}
    assert seen_by(home, caseload.lists_visible, of_medicine.saved_list) == {"lea", "root"}


def test_what_is_claimed_or_closed_is_not_in_the_pool(home: dict[str, User]) -> None:
    for taken in (review("Here", home["ada"]), review("Here", state="withdrawn")):
        assert seen_by(home, caseload.reviews_pool, taken) == set()


def test_a_list_is_seen_with_its_review_and_nobody_sees_what_was_not_sent(home: dict[str, User]) -> None:
    sent, kept_back = review("Here", home["ada"]).saved_list, list_make()

    assert seen_by(home, caseload.lists_visible, sent) == {"ada", "lea", "root"}
    assert seen_by(home, caseload.matches_visible, sent.match) == {"ada", "lea", "root"}
    assert seen_by(home, caseload.runs_visible, sent.match.run) == {"ada", "lea", "root"}
    assert seen_by(home, caseload.lists_visible, kept_back) == {"root"}
    assert seen_by(home, caseload.matches_visible, kept_back.match) == {"root"}


def test_a_list_taken_back_is_its_owners_alone(home: dict[str, User]) -> None:
    back = review("Here", home["ada"], state="withdrawn")

    assert seen_by(home, caseload.lists_visible, back.saved_list) == {"root"}
    assert seen_by(home, caseload.matches_visible, back.saved_list.match) == {"root"}


def test_one_person_in_two_organisations_leads_only_where_she_does(home: dict[str, User]) -> None:
    Membership.objects.create(user=home["lea"], organisation=office("There"))
    there = review("There", home["bea"])

    assert seen_by(home, caseload.reviews_visible, there) == {"bea", "root"}
    assert {row.name for row in caseload.organisations_of(home["lea"])} == {"Here", "There"}
    assert {row.name for row in caseload.organisations_led(home["lea"])} == {"Here"}
    assert caseload.may_lead(home["lea"], office("Here"))
    assert not caseload.may_lead(home["lea"], office("There"))
    assert not caseload.may_lead(home["ada"], office("Here"))


def test_colleagues_are_those_one_leads(home: dict[str, User]) -> None:
    assert seen_by(home, caseload.staff_visible, home["ada"]) == {"ada", "lea", "root"}
    assert seen_by(home, caseload.staff_visible, home["bea"]) == {"bea", "root"}
    assert seen_by(home, caseload.staff_visible, home["ana"]) == {"root"}


def test_new_lists_go_to_the_group_that_takes_them() -> None:
    here = office("Here")
    assert caseload.group_for_new(here) is None
    AdvisorGroup.objects.create(organisation=here, name="Medicine")
    taking = AdvisorGroup.objects.create(organisation=here, name="Surgery", takes_new=True)
    assert caseload.group_for_new(here) == taking
    assert caseload.group_for_new(office("There")) is None


def test_each_is_one_query_however_many(home: dict[str, User]) -> None:
    def cost() -> list[int]:
        counts = []
        for rows in (
            caseload.reviews_visible,
            caseload.reviews_pool,
            caseload.lists_visible,
            caseload.profiles_visible,
        ):
            with CaptureQueriesContext(connection) as queries:
                list(rows(home["ada"]))
            counts.append(len(queries))
        return counts

    few = cost()
    for _ in range(3):
        review("Here", home["ada"])
    assert cost() == few == [1, 1, 1, 1]
    assert SavedList.objects.count() == 3
