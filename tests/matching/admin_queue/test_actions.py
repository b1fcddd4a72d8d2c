"""Claiming, handing over, snoozing, giving back and asking many: each row is told of."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching.models import Review, ReviewEvent, ReviewPatch
from matching.review.services import review_claim

from .queued import QUEUE, act, client_for, codes, group, member, office, queued, said, text

pytestmark = pytest.mark.django_db
POOL = "?view=pool"


@pytest.fixture
def advisor() -> User:
    return member("bea")


@pytest.fixture
def client(advisor: User) -> Client:
    return client_for(advisor)


def fresh(review: Review) -> Review:
    return Review.objects.get(pk=review.pk)


def claim(review: Review) -> str:
    return reverse("admin:matching_review_claim", args=[review.pk])


def test_claim_in_place_makes_it_hers(client: Client, advisor: User) -> None:
    review = queued("Ana Diaz")

    response = client.post(f"{claim(review)}?view=pool", follow=True)

    assert fresh(review).advisor == advisor
    assert said(response) == [
        f'Claimed: <a href="/admin/matching/review/{review.pk}/change/">{review.code}</a>.'
    ]
    assert response.request["QUERY_STRING"] == "view=pool"
    assert codes(client.get(QUEUE)) == [review.code]


def test_claim_that_comes_second_is_told_and_changes_nothing(client: Client) -> None:
    review, first = queued("Ana Diaz"), member("carl")
    review_claim(review=review, advisor=first, now=timezone.now())

    response = client.post(f"{claim(review)}?view=pool", follow=True)

    assert fresh(review).advisor == first
    assert "another advisor may have taken it" in said(response)[0]
    assert "Ana" not in response.content.decode()


def test_claim_of_another_organisation_is_as_if_there_were_none(client: Client) -> None:
    review = queued("Ana Diaz", organisation=office("Elsewhere"))

    response = client.post(claim(review), follow=True)

    assert fresh(review).advisor is None
    assert review.code not in response.content.decode()


def test_claim_needs_a_post_and_the_right_to_work() -> None:
    review = queued("Ana Diaz")
    assert client_for(member("bea")).get(claim(review)).status_code == 405
    assert client_for(User.objects.create_user("desk", is_staff=True)).post(claim(review)).status_code == 403
    assert Client().post(claim(review)).status_code == 302
    assert fresh(review).advisor is None


def test_claim_of_many_tells_for_which_not(client: Client, advisor: User) -> None:
    free, gone = queued("Ana Diaz"), queued("Bao Chen")
    review_claim(review=gone, advisor=member("carl"), now=timezone.now())

    response = act(client, "claim", [free, gone], POOL)

    assert fresh(free).advisor == advisor
    assert said(response) == [
        "1 review of those chosen left this view meanwhile: left as they are.",
        f"Claimed: {free.code}.",
    ]


def test_actions_fit_the_view(client: Client, advisor: User) -> None:
    queued("Ana Diaz")
    queued("Bao Chen", advisor)
    pool, mine = client.get(f"{QUEUE}{POOL}"), client.get(QUEUE)
    offered = [
        [value for value, _ in response.context["action_form"].fields["action"].choices if value]
        for response in (pool, mine)
    ]
    assert offered == [["claim"], ["hand_over", "snooze", "ask", "release"]]


def test_rows_of_others_cannot_be_acted_upon(client: Client, advisor: User) -> None:
    queued("Ana Diaz", advisor)
    theirs, waiting = queued("Bao Chen", member("carl")), queued("Gita Eze")
    until = f"{timezone.now().date() + timedelta(days=5)}"

    response = act(client, "snooze", [theirs, waiting], until=until)

    assert {fresh(theirs).snoozed_until, fresh(waiting).snoozed_until} == {None}
    assert said(response) == ["2 reviews of those chosen left this view meanwhile: left as they are."]


def test_hand_over_asks_to_whom_and_with_what_note(client: Client, advisor: User) -> None:
    carl = member("carl")
    member("olga", organisation=office("Elsewhere"))
    first, second = queued("Ana Diaz", advisor), queued("Bao Chen", advisor)

    page = act(client, "hand_over", [first, second])
    words = text(page)
    assert "Hand over: 2 reviews" in words
    assert ("Carl" in words, "Olga" in words) == (True, False)
    assert fresh(first).advisor == advisor

    response = act(client, "hand_over", [first, second], to=f"person-{carl.pk}", note="Wants Los Angeles")

    assert {fresh(first).advisor, fresh(second).advisor} == {carl}
    assert said(response) == [f"Handed over to Carl: {first.code}, {second.code}."]
    assert ReviewEvent.objects.filter(kind="handed_over", data__note="Wants Los Angeles").count() == 2


def test_hand_over_to_a_group_puts_it_into_its_pool(client: Client, advisor: User) -> None:
    east = group("East")
    review = queued("Ana Diaz", advisor)

    act(client, "hand_over", [review], to=f"group-{east.pk}", note="")

    review = fresh(review)
    assert (review.advisor, review.group, review.state) == (None, east, "submitted")


def test_hand_over_to_another_organisation_is_refused(client: Client, advisor: User) -> None:
    olga = member("olga", organisation=office("Elsewhere"))
    review = queued("Ana Diaz", advisor)

    response = act(client, "hand_over", [review], to=f"person-{olga.pk}", note="")

    assert fresh(review).advisor == advisor
    assert "is not one of the available choices" in text(response)


def test_hand_over_of_two_organisations_at_once_is_refused() -> None:
    chief = User.objects.create_superuser("chief")
    first, second = queued("Ana Diaz", member("bea")), queued("Bao Chen", organisation=office("Elsewhere"))

    response = act(client_for(chief), "hand_over", [first, second], "?view=organisation")

    assert said(response) == ["Nothing was handed over: choose lists of one organisation at a time."]


def test_lead_hands_over_what_is_anothers(advisor: User) -> None:
    lead, review = member("lena", role="lead"), queued("Ana Diaz", advisor)

    act(client_for(lead), "hand_over", [review], "?view=organisation", to=f"person-{lead.pk}", note="")

    assert fresh(review).advisor == lead


def test_snooze_takes_it_out_of_sight_and_brings_it_back(client: Client, advisor: User) -> None:
    review = queued("Ana Diaz", advisor)
    until = timezone.now().date() + timedelta(days=5)

    response = act(client, "snooze", [review], until=str(until), note="Waits for a score")

    assert said(response) == [f"Snoozed until {until:%-d %B %Y}: {review.code}."]
    assert (fresh(review).snoozed_until, fresh(review).snooze_note) == (until, "Waits for a score")
    assert codes(client.get(QUEUE)) == []

    response = act(client, "snooze", [review], "?snoozed=only", until="", note="")
    assert said(response) == [f"Brought back: {review.code}."]
    assert codes(client.get(QUEUE)) == [review.code]


@pytest.mark.parametrize("days", [0, -3, 400])
def test_snooze_until_a_day_that_makes_no_sense_is_refused(client: Client, advisor: User, days: int) -> None:
    review = queued("Ana Diaz", advisor)

    response = act(
        client, "snooze", [review], until=str(timezone.now().date() + timedelta(days=days)), note=""
    )

    assert fresh(review).snoozed_until is None
    assert "Choose a day" in text(response)


def test_release_gives_back_and_tells_what_could_not(client: Client, advisor: User) -> None:
    now = timezone.now()
    held = queued("Ana Diaz", advisor)
    done = queued("Bao Chen", advisor, state="approved", approved_at=now, approved_by="Bea", stale_since=now)

    response = act(client, "release", [held, done])

    assert (fresh(held).advisor, fresh(done).advisor) == (None, advisor)
    assert said(response) == [
        f"Given back: {held.code}.",
        f"Not given back: {done.code}. This review is approved, so it cannot be given back now.",
    ]


def test_ask_for_a_fact_reaches_those_it_can_and_names_the_rest(client: Client, advisor: User) -> None:
    now = timezone.now()
    open_one, second = queued("Ana Diaz", advisor), queued("Bao Chen", advisor)
    stated = queued("Gita Eze", advisor, profile={"step2ck": {"score": 231}})
    done = queued("Emeka Kim", advisor, state="approved", approved_at=now, approved_by="B", stale_since=now)

    assert "Step 2 CK score" in text(act(client, "ask", [open_one]))
    response = act(
        client, "ask", [open_one, second, stated, done], field="step2ck.score", text="When it is out"
    )

    patches = ReviewPatch.objects.filter(
        kind="ask", state="sent", field="step2ck.score", text="When it is out"
    )
    assert set(patches.values_list("review__code", flat=True)) == {open_one.code, second.code}
    asked, *left_out = said(response)
    assert asked.startswith("Asked: ")
    assert {open_one.code, second.code} == set(asked.removeprefix("Asked: ").rstrip(".").split(", "))
    assert set(left_out) == {
        f"Not asked: {done.code}. This review is approved, so it cannot be asked about now.",
        f"Not asked: {stated.code}. It is asked already, or the profile says it.",
    }

    response = act(client, "ask", [open_one], field="step2ck.score", text="")
    assert said(response) == [f"Not asked: {open_one.code}. It is asked already, or the profile says it."]


def test_ask_needs_something_to_ask(client: Client, advisor: User) -> None:
    review = queued("Ana Diaz", advisor)

    response = act(client, "ask", [review], field="", text="")

    assert "Choose what you ask for, or write it." in text(response)
    assert not ReviewPatch.objects.exists()


def test_too_many_at_once_are_refused_whole(
    client: Client, advisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.admin.review.queue_actions.MOST", 1)
    reviews = [queued("Ana Diaz", advisor), queued("Bao Chen", advisor)]

    response = act(client, "release", reviews)

    assert said(response) == ["Nothing was done: choose at most 1 reviews at a time."]
    assert {fresh(review).advisor for review in reviews} == {advisor}
