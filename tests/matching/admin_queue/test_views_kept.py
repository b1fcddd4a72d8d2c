"""Views of the queue that an advisor keeps under a name: hers alone, without what was searched for."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from matching.admin.review.queue_filters import KEPT
from matching.models import SavedFilter
from matching.review.queue.saved import MOST, query_kept

from .queued import QUEUE, client_for, codes, member, queued, said, text

VIEWS, KEEP = reverse("admin:matching_review_views"), reverse("admin:matching_review_view_keep")


@pytest.fixture
def advisor() -> User:
    return member("bea")


@pytest.fixture
def client(advisor: User) -> Client:
    return client_for(advisor)


def kept(user: User, name: str = "Urgent", query: str = "strict=1") -> SavedFilter:
    return SavedFilter.objects.create(user=user, name=name, query=query)


def rename(row: SavedFilter) -> str:
    return reverse("admin:matching_review_view_rename", args=[row.pk])


def delete(row: SavedFilter) -> str:
    return reverse("admin:matching_review_view_delete", args=[row.pk])


@pytest.mark.django_db
def test_view_is_kept_and_opened(client: Client, advisor: User) -> None:
    fits = queued("Ana Diaz", advisor, strict_fails=2)
    queued("Bao Chen", advisor)
    narrowed = client.get(f"{QUEUE}?strict=1&deadline=&o=-3&q=Diaz")
    assert "Keep this view as" in text(narrowed)

    response = client.post(
        KEEP, {"name": " My  strict ones ", "query": narrowed.context["cl"].query_now}, follow=True
    )

    row = SavedFilter.objects.get()
    assert (row.user, row.name, row.query) == (advisor, "My strict ones", "strict=1&o=-3")
    assert said(response) == ["Kept as a view: My strict ones."]
    link = response.context["kept_views"][0]
    assert (link.name, link.current) == ("My strict ones", True)
    assert codes(client.get(link.address)) == [fits.code]


@pytest.mark.django_db
def test_view_of_a_name_that_is_there_takes_its_place(client: Client, advisor: User) -> None:
    kept(advisor)
    client.post(KEEP, {"name": "Urgent", "query": "missing=1"})
    assert SavedFilter.objects.get().query == "missing=1"


@pytest.mark.django_db
def test_view_is_renamed_and_deleted(client: Client, advisor: User) -> None:
    row = kept(advisor)
    kept(advisor, "Other")

    assert said(client.post(rename(row), {"name": "Soon"}, follow=True)) == ["It is called Soon now."]
    taken = client.post(rename(row), {"name": "Other"}, follow=True)
    assert said(taken) == ["Another of your views is called Other."]
    assert said(client.post(rename(row), {"name": " "}, follow=True)) == ["Give the view a name."]
    row.refresh_from_db()
    assert row.name == "Soon"

    client.post(delete(row))
    assert list(SavedFilter.objects.values_list("name", flat=True)) == ["Other"]


@pytest.mark.django_db
def test_views_of_others_are_not_there(client: Client) -> None:
    theirs = kept(member("carl"), "Carl's own")

    assert "Carl" not in client.get(VIEWS).content.decode()
    assert "Carl" not in client.get(QUEUE).content.decode()
    assert client.post(rename(theirs), {"name": "Mine"}).status_code == 404
    assert client.post(delete(theirs)).status_code == 404
    theirs.refresh_from_db()
    assert theirs.name == "Carl's own"


@pytest.mark.django_db
def test_views_are_refused_to_outsiders(advisor: User) -> None:
    row = kept(advisor)
    staff = client_for(User.objects.create_user("desk", is_staff=True))
    assert staff.get(VIEWS).status_code == 403
    assert staff.post(KEEP, {"name": "A", "query": ""}).status_code == 403
    assert staff.post(delete(row)).status_code == 403
    assert Client().get(VIEWS).status_code == Client().post(delete(row)).status_code == 302
    assert SavedFilter.objects.get() == row


@pytest.mark.django_db
def test_no_more_views_are_kept_than_fit(client: Client, advisor: User) -> None:
    for at in range(MOST):
        kept(advisor, f"View {at}")

    response = client.post(KEEP, {"name": "One more", "query": ""}, follow=True)

    assert said(response) == [f"You keep {MOST} views already. Delete one first."]
    assert SavedFilter.objects.count() == MOST


def test_query_kept_leaves_out_what_was_searched_for_and_what_is_none() -> None:
    asked = "q=Ana+Diaz&strict=1&p=3&all=&advisor=&next=//elsewhere.example&view=pool&e=1"
    assert query_kept(asked, KEPT) == "view=pool&strict=1"


@given(st.text(max_size=300))
def test_query_kept_is_the_same_when_kept_again(query: str) -> None:
    once = query_kept(query, KEPT)
    assert query_kept(once, KEPT) == once
    assert "&q=" not in f"&{once}"
