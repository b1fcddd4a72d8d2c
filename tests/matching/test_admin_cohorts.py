"""Cohorts at the desk: how far they are, to be cancelled, and nothing of an applicant."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from matching.models import Cohort, CohortChunk
from tests.matching.cohorts.worked import cohort_waiting
from tests.matching.factories import key_make

pytestmark = pytest.mark.django_db

LIST = reverse("admin:matching_cohort_changelist")


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chief"))
    return client


def test_desk_shows_cohorts_and_no_applicant(desk: Client) -> None:
    key = key_make(name="Island school")[0]
    cohort = cohort_waiting(2, key=key, name="applicant-reference")

    pages = [desk.get(LIST), desk.get(reverse("admin:matching_cohort_change", args=[cohort.pk]))]

    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        assert str(cohort.pk) in text
        assert "Island school" in text
        assert "queued" in text
        assert "applicant-reference" not in text
    assert "Save" not in pages[1].content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_desk_lists_cohorts_in_as_many_queries(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        cohort_waiting(1)
    desk.get(LIST)

    with django_assert_max_num_queries(12):
        desk.get(LIST)


def test_desk_finds_cohorts_of_a_partner(desk: Client) -> None:
    one, other = (cohort_waiting(1, key=key_make(name=name)[0]) for name in ("Island", "Mountain"))

    for words in ("Island", str(one.pk)):
        text = desk.get(LIST, {"q": words}).content.decode()
        assert str(one.pk) in text
        assert str(other.pk) not in text
    assert desk.get(LIST, {"q": "no-uuid"}).status_code == 200


def test_desk_cancels_cohorts_and_erases_them(desk: Client) -> None:
    chosen, other, received = cohort_waiting(2), cohort_waiting(1), cohort_waiting(1)
    Cohort.objects.filter(pk=received.pk).update(state="receiving")

    desk.post(LIST, {"action": "cancel", "_selected_action": [chosen.pk, received.pk]})

    states = {cohort.pk: cohort.state for cohort in Cohort.objects.all()}
    assert states == {chosen.pk: "cancelled", other.pk: "queued", received.pk: "receiving"}
    assert not CohortChunk.objects.filter(cohort=chosen).exists()
    assert LogEntry.objects.get().object_id == str(chosen.pk)


def test_desk_lets_staff_only_look_where_they_may(client: Client) -> None:
    cohort = cohort_waiting(1)
    client.force_login(User.objects.create_user("staff", is_staff=True))

    assert client.get(LIST).status_code == 403
    assert client.post(LIST, {"action": "cancel", "_selected_action": [cohort.pk]}).status_code == 403
    cohort.refresh_from_db()
    assert cohort.state == "queued"
