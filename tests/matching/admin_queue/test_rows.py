"""Which reviews stand in the queue for whom, in which order, and what narrows them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching.models import Review, StaffAccess
from matching.review.queue.rows import MINE, OPEN, ORGANISATION, POOL, awake, desk_of, queue_rows

from .queued import QUEUE, client_for, codes, group, member, office, queued, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisor() -> User:
    return member("bea")


@pytest.fixture
def lead() -> User:
    return member("lena", role="lead")


def test_queue_is_sorted_by_danger_and_then_by_who_waits_longest(advisor: User) -> None:
    now = timezone.now()
    low = queued("Low Risk", advisor, danger=10, submitted_at=now - timedelta(days=90))
    late = queued("Late Comer", advisor, danger=70, submitted_at=now - timedelta(days=1))
    early = queued("Early Bird", advisor, danger=70, submitted_at=now - timedelta(days=9))

    assert codes(client_for(advisor).get(QUEUE)) == [early.code, late.code, low.code]


def test_queue_shows_every_figure_in_words(advisor: User) -> None:
    queued(
        "Ana Diaz", advisor, danger=72, p_none=0.62, p_match=0.3, strict_fails=3, unused_signals=4,
        deadline=timezone.now().date() + timedelta(days=9), over_budget_usd=240, missing_facts=2, programs=61,
        cost_usd=1530,
    )  # fmt: skip

    words = text(client_for(advisor).get(QUEUE))

    for expected in (
        "high", "likely no interview", "deadline near", "Ana Diaz", "being reviewed", "62%", "30%",
        "9 d left", "+$240", "61", "$1,530", "3 d",
    ):  # fmt: skip
        assert expected in words


def test_advisor_sees_and_counts_her_own_alone(advisor: User) -> None:
    hers = queued("Ana Diaz", advisor)
    queued("Bao Chen", member("carl"))
    queued("Gita Eze", member("olga", organisation=office("Elsewhere")), organisation=office("Elsewhere"))
    client = client_for(advisor)

    for query in ("", "?view=organisation", "?view=everything", "?state=all"):
        response = client.get(f"{QUEUE}{query}")
        assert codes(response) == [hers.code]
        assert [(tab.name, tab.count) for tab in response.context["tabs"]] == [(MINE, 1), (POOL, 0)]


def test_lead_begins_with_her_organisation(lead: User) -> None:
    inside = {queued("Ana Diaz", member("bea")).code, queued("Bao Chen").code}
    queued("Gita Eze", organisation=office("Elsewhere"))

    response = client_for(lead).get(QUEUE)

    assert set(codes(response)) == inside
    assert [(tab.name, tab.count) for tab in response.context["tabs"]] == [
        (MINE, 0),
        (POOL, 1),
        (ORGANISATION, 2),
    ]


def test_pool_names_nobody_and_opens_nothing(advisor: User) -> None:
    review = queued("Ana Diaz")

    response = client_for(advisor).get(f"{QUEUE}?view=pool")

    assert codes(response) == [review.code]
    html = response.content.decode()
    assert "Ana" not in html
    assert "Diaz" not in html
    assert f"{review.pk}/change/" not in html
    assert f"{review.pk}/claim/" in html


def test_pool_holds_those_of_her_group_or_of_none() -> None:
    east, west = group("East"), group("West")
    open_to_all, hers = queued("Ana Diaz"), queued("Bao Chen", group=east)
    queued("Gita Eze", group=west)
    advisor = member("bea", group=east)

    assert set(codes(client_for(advisor).get(f"{QUEUE}?view=pool"))) == {open_to_all.code, hers.code}


def test_pool_is_not_searched_by_name(advisor: User) -> None:
    review = queued("Ana Diaz")
    client = client_for(advisor)

    for asked in ("Ana", "Diaz", "ana.diaz", "ana@example.org", review.code[:4]):
        assert codes(client.get(QUEUE, {"view": "pool", "q": asked})) == []
    assert codes(client.get(QUEUE, {"view": "pool", "q": review.code})) == [review.code]


@pytest.mark.parametrize("asked", ["diaz", "ANA", "ana.di", "ana@example.org", "Ana Diaz", "code"])
def test_search_finds_by_name_code_and_whole_address(advisor: User, asked: str) -> None:
    review = queued("Ana Diaz", advisor)
    queued("Bao Chen", advisor)
    queued("Anabel Diaz", member("carl"))

    asked = review.code.lower() if asked == "code" else asked

    assert codes(client_for(advisor).get(QUEUE, {"q": asked})) == [review.code]


def test_search_guesses_no_address_letter_by_letter(advisor: User) -> None:
    queued("Ana Diaz", advisor)
    assert codes(client_for(advisor).get(QUEUE, {"q": "example.org"})) == []


def test_search_is_noted_without_what_was_typed(advisor: User) -> None:
    queued("Ana Diaz", advisor)
    client = client_for(advisor)

    client.get(QUEUE)
    assert not StaffAccess.objects.filter(action="searched").exists()
    client.get(QUEUE, {"q": "Diaz"})

    noted = StaffAccess.objects.get(action="searched")
    assert (noted.user, noted.model, noted.rows, noted.object_id) == (advisor, "matching.Review", 1, "")
    assert "Diaz" not in str(vars(noted))


def test_search_of_very_many_words_is_answered(advisor: User) -> None:
    queued("Ana Diaz", advisor)
    assert client_for(advisor).get(QUEUE, {"q": "Ana " * 2000}).status_code == 200


CASES: dict[str, dict[str, Any]] = {
    "deadline=14": {"deadline": 9},
    "deadline=30": {"deadline": 29},
    "deadline=passed": {"deadline": -2},
    "none=1": {"p_none": 0.5},
    "strict=1": {"strict_fails": 1},
    "signals=1": {"unused_signals": 2},
    "budget=1": {"over_budget_usd": 30},
    "missing=1": {"missing_facts": 1},
    "season=2028": {"season": "2028"},
    "state=changes_asked": {"state": "changes_asked"},
}


@pytest.mark.parametrize("query", CASES)
def test_filter_leaves_what_it_says(advisor: User, query: str) -> None:
    values = dict(CASES[query])
    if "deadline" in values:
        values["deadline"] = timezone.now().date() + timedelta(days=int(str(values["deadline"])))
    fits = queued("Ana Diaz", advisor, **values)
    queued("Bao Chen", advisor, p_none=0.49, deadline=timezone.now().date() + timedelta(days=31))
    client = client_for(advisor)

    assert len(codes(client.get(QUEUE))) == 2
    assert codes(client.get(f"{QUEUE}?{query}")) == [fits.code]


def test_filters_may_be_joined(advisor: User) -> None:
    both = queued("Ana Diaz", advisor, strict_fails=1, missing_facts=1)
    queued("Bao Chen", advisor, strict_fails=1)

    assert codes(client_for(advisor).get(f"{QUEUE}?strict=1&missing=1&deadline=&season=")) == [both.code]


def test_approved_and_withdrawn_are_out_of_sight_until_asked_for(advisor: User) -> None:
    now = timezone.now()
    approved = queued("Ana Diaz", advisor, state="approved", approved_at=now, approved_by="Bea")
    queued("Bao Chen", advisor, state="withdrawn")
    client = client_for(advisor)

    assert codes(client.get(QUEUE)) == []
    assert codes(client.get(f"{QUEUE}?state=approved")) == [approved.code]
    assert len(codes(client.get(f"{QUEUE}?state=all"))) == 2


def test_stale_approval_comes_back_with_its_flag(advisor: User) -> None:
    now = timezone.now()
    stale = queued(
        "Ana Diaz", advisor, state="approved", approved_at=now, approved_by="Bea", stale_since=now,
        stale_reason="3 programs changed",
    )  # fmt: skip
    queued("Bao Chen", advisor)
    client = client_for(advisor)

    assert stale.code in codes(client.get(QUEUE))
    response = client.get(f"{QUEUE}?stale=1")
    assert codes(response) == [stale.code]
    assert "out of date: 3 programs changed" in text(response)


def test_snoozed_is_out_of_sight_until_its_day(advisor: User) -> None:
    today = timezone.now().date()
    away = queued(
        "Ana Diaz", advisor, snoozed_until=today + timedelta(days=2), snooze_note="waits for a score"
    )
    back = queued("Bao Chen", advisor, snoozed_until=today)
    client = client_for(advisor)

    assert codes(client.get(QUEUE)) == [back.code]
    assert len(codes(client.get(f"{QUEUE}?snoozed=too"))) == 2
    response = client.get(f"{QUEUE}?snoozed=only")
    assert codes(response) == [away.code]
    assert "waits for a score" in text(response)


def test_lead_narrows_by_advisor_and_group(lead: User) -> None:
    east = group("East")
    bea = member("bea", group=east)
    hers, in_group, unclaimed = queued("Ana Diaz", bea), queued("Bao Chen", group=east), queued("Gita Eze")
    client = client_for(lead)

    assert codes(client.get(f"{QUEUE}?advisor={bea.pk}")) == [hers.code]
    assert set(codes(client.get(f"{QUEUE}?advisor=nobody"))) == {in_group.code, unclaimed.code}
    assert codes(client.get(f"{QUEUE}?group={east.pk}")) == [in_group.code]


@pytest.mark.parametrize(
    "query",
    ["deadline=soon", "advisor=x", "group=x", "season=x", "state=x", "snoozed=x", "none=7", "p=99&all="],
)
def test_filter_that_is_none_changes_nothing(advisor: User, query: str) -> None:
    review = queued("Ana Diaz", advisor)
    response = client_for(advisor).get(f"{QUEUE}?{query}", follow=True)
    assert response.status_code == 200
    assert codes(response) == [review.code]


@pytest.mark.parametrize(
    "lookup", ["saved_list__owner__email__startswith=a", "advisor__password__startswith=p"]
)
def test_columns_that_are_not_offered_cannot_be_asked_for(advisor: User, lookup: str) -> None:
    queued("Ana Diaz", advisor)
    assert client_for(advisor).get(f"{QUEUE}?{lookup}").status_code == 400


def test_outsiders_see_no_queue() -> None:
    applicant = User.objects.create_user("ana")
    anonymous = Client().get(QUEUE)
    assert anonymous.status_code == 302
    assert client_for(applicant).get(QUEUE).status_code in (302, 403, 404)
    staff = User.objects.create_user("desk", is_staff=True)
    assert client_for(staff).get(QUEUE).status_code == 403


@pytest.mark.parametrize("view", [MINE, POOL, ORGANISATION])
def test_queries_do_not_grow_with_the_queue(lead: User, view: str) -> None:
    client = client_for(lead)
    client.get(QUEUE)  # the first of a session notes the session
    advisor = None if view == POOL else lead
    queued("First One", advisor)
    counts = []
    for more in (0, 25):
        for at in range(more):
            queued(f"Person{at} More", advisor, group=group(f"G{at}") if at < 3 else None)
        with CaptureQueriesContext(connection) as seen:
            assert len(codes(client.get(f"{QUEUE}?view={view}"))) == 1 + more
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 16


@pytest.mark.parametrize(
    ("view", "index"),
    [
        (MINE, "review_queue_advisor"),
        (POOL, "review_queue_organisation"),
        (ORGANISATION, "review_queue_organisation"),
    ],
)
def test_indexes_serve_the_queue(lead: User, view: str, index: str) -> None:
    queued("Ana Diaz", lead)
    if connection.vendor == "postgresql":  # which reads so few rows without any index
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    rows = queue_rows(desk_of(lead), view).filter(OPEN, awake(timezone.now().date()))

    told = rows.order_by("-danger", "submitted_at", "id")[:50].explain()
    # With one row PostgreSQL may take any index of the reviews; which it takes of 10,000: docs/advising.md.
    served = re.search(r"Index Scan (using|on) \w*review", told) or index in told
    assert served, told
    assert Review.objects.count() == 1
