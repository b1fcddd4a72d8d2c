"""What partners are told of, and that nobody else is."""

from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, Settings

from matching.models import Cohort, MatchRun, WebhookDelivery
from matching.services.claim import RunClaim, run_claim, run_fail, run_finish
from matching.services.ring import run_ring
from matching.webhooks.events import catalogue_announce, cohort_finished, run_finished
from programs.models import DataVersion, Publication
from tests.matching.factories import NOW, key_make, match_make, run_make, run_running_make
from tests.matching.webhooks.making import webhook_active

pytestmark = pytest.mark.django_db


def cohort_make(**values: Any) -> Cohort:
    return Cohort.objects.create(
        **{
            "state": "done",
            "season": "2027",
            "model_version": "m1",
            "data_version": "d1",
            "total": 3,
            "scored": 2,
            "rejected": 1,
            "created_at": NOW,
            "rung_at": NOW,
            "finished_at": NOW,
            "erase_at": NOW + timedelta(days=14),
            **values,
        }
    )


def told() -> list[dict[str, Any]]:
    return [orjson.loads(bytes(row.body)) for row in WebhookDelivery.objects.order_by("created_at", "pk")]


def published(version: str, **values: Any) -> Publication:
    row, _ = DataVersion.objects.get_or_create(
        version=version,
        defaults={"fingerprint": version, "program_count": 7, "fact_count": 70, "snapshot": b""},
    )
    made = Publication.objects.create(data_version=row, source_fingerprint="f")
    Publication.objects.filter(pk=made.pk).update(**{"published_at": NOW, **values})
    return made


def test_cohort_finished_tells_ids_and_counts_alone() -> None:
    webhook = webhook_active()
    cohort = cohort_make(api_key=webhook.api_key)

    cohort_finished(cohort=cohort, now=NOW)

    delivery = WebhookDelivery.objects.get()
    assert (delivery.webhook, delivery.event, delivery.due_at) == (webhook, "cohort.finished", NOW)
    assert told() == [
        {
            "id": str(delivery.event_id),
            "type": "cohort.finished",
            "created_at": "2026-09-20T12:00:00Z",
            "api_version": "v1",
            "data": {
                "cohort_id": str(cohort.pk),
                "state": "done",
                "total": 3,
                "scored": 2,
                "rejected": 1,
            },
        }
    ]


def test_cohort_finished_twice_is_one_event() -> None:
    cohort = cohort_make(api_key=webhook_active().api_key)

    for _ in "ab":
        cohort_finished(cohort=cohort, now=NOW)

    assert WebhookDelivery.objects.count() == 1


def test_cohort_finished_goes_with_its_transaction() -> None:
    cohort = cohort_make(api_key=webhook_active().api_key)

    with transaction.atomic():
        cohort_finished(cohort=cohort, now=NOW)
        assert len(told()) == 1
        transaction.set_rollback(True)

    assert told() == []


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"state": "pending", "verified_at": None}, {}),
        ({"state": "stopped"}, {}),
        ({"events": ["run.finished"]}, {}),
        ({}, {"scopes": ["match"]}),
        ({}, {"revoked": True}),
        ({}, {"expiry_date": NOW - timedelta(days=900)}),
    ],
)
def test_cohort_finished_is_told_to_whoever_listens_and_may(
    values: dict[str, Any], key: dict[str, Any]
) -> None:
    owner, _ = key_make(**{"scopes": ["cohorts", "match"], **key})
    webhook_active(api_key=owner, **values)
    webhook_active(url="https://another.example.org/")

    cohort_finished(cohort=cohort_make(api_key=owner), now=NOW)

    assert told() == []


def test_run_finished_tells_each_key_of_its_own_matches() -> None:
    one, two = webhook_active(), webhook_active()
    run = run_running_make(claimed_until=NOW + timedelta(seconds=30))
    owned = [match_make(api_key=webhook.api_key, run=run) for webhook in (one, one, two)]
    match_make(run=run)
    match_make(api_key=key_make()[0], run=run)

    run_finish(claim=_claim(run), result=b"result", now=NOW)

    found = {(row.webhook, orjson.loads(bytes(row.body))["data"]["match_id"]) for row in deliveries()}
    assert found == {(one, str(owned[0].pk)), (one, str(owned[1].pk)), (two, str(owned[2].pk))}
    assert {body["data"]["state"] for body in told()} == {"done"}
    assert not any(str(run.pk) in body["data"].values() for body in told())


def test_run_that_fails_is_told_of_and_so_is_its_next_end() -> None:
    webhook = webhook_active()
    run = run_running_make(claimed_until=NOW + timedelta(seconds=30))
    match_make(api_key=webhook.api_key, run=run)

    run_fail(claim=_claim(run), reason="A fault of ours.", now=NOW)
    MatchRun.objects.update(state="queued", reason="", finished_at=None)
    claim = run_claim(run_id=run.pk, now=NOW)
    assert claim is not None
    run_finish(claim=claim, result=b"result", now=NOW + timedelta(seconds=1))

    assert [body["data"]["state"] for body in told()] == ["failed", "done"]


def test_run_that_was_given_up_is_told_of(settings: Settings) -> None:
    webhook = webhook_active()
    run = run_running_make(claimed_until=NOW - timedelta(hours=1), attempts=settings.RUN_ATTEMPTS)
    match_make(api_key=webhook.api_key, run=run)

    run_ring(NOW)

    assert [body["data"]["state"] for body in told()] == ["failed"]


def test_run_finished_costs_one_query_where_nobody_listens(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    run = run_make()
    for _ in range(3):
        match_make(api_key=key_make()[0], run=run)

    with django_assert_num_queries(1):
        run_finished(run_id=run.pk, now=NOW)


def test_catalogue_announce_tells_once_whoever_listened_before() -> None:
    early = webhook_active(verified_at=NOW - timedelta(seconds=1))
    webhook_active(verified_at=NOW, url="https://late.example.org/")
    published("d7")

    counts = [catalogue_announce(NOW + timedelta(minutes=minute)) for minute in range(3)]

    assert counts == [1, 0, 0]
    delivery = WebhookDelivery.objects.get()
    assert delivery.webhook == early
    assert told()[0]["data"] == {
        "data_version": "d7",
        "published_at": "2026-09-20T12:00:00Z",
        "programs": 7,
        "facts": 70,
    }


def test_catalogue_announce_passes_over_what_changed_nothing() -> None:
    """The same version noted again as current, as other files with the same content are loaded."""
    webhook_active()
    published("d7", published_at=NOW - timedelta(hours=2))
    assert catalogue_announce(NOW) == 1
    published("d7")

    assert catalogue_announce(NOW) == 0


def test_catalogue_announce_tells_of_going_back() -> None:
    webhook_active()
    for at, version in enumerate(["d7", "d8", "d7"]):
        published(version, published_at=NOW + timedelta(minutes=at))
        assert catalogue_announce(NOW + timedelta(minutes=at)) == 1

    assert [body["data"]["data_version"] for body in told()] == ["d7", "d8", "d7"]
    assert len({body["id"] for body in told()}) == 3


def test_catalogue_announce_lets_be_what_is_older_than_deliveries_are_kept(settings: Settings) -> None:
    """Who was told is known no more: nobody is told again."""
    webhook_active(verified_at=NOW - timedelta(days=400))
    kept = timedelta(days=settings.KEEP_DAYS["delivery"])
    published("d7", published_at=NOW - kept - timedelta(seconds=1))

    assert catalogue_announce(NOW) == 0


def test_catalogue_announce_of_nothing() -> None:
    webhook_active()

    assert catalogue_announce(NOW) == 0


def test_catalogue_announce_costs_the_same_however_many_were_told(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for at in range(5):
        webhook_active(url=f"https://{at}.example.org/")
    published("d7")
    assert catalogue_announce(NOW) == 5

    with django_assert_num_queries(4):
        catalogue_announce(NOW)


def test_events_ring_where_there_is_a_broker(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    rung: list[int] = []
    monkeypatch.setattr("matching.webhooks.bell.deliveries_ring", lambda: rung.append(1))
    cohort = cohort_make(api_key=webhook_active().api_key)

    for broker, times in ((None, 0), ("redis://nobody", 1)):
        settings.CELERY_BROKER_URL = broker
        with django_capture_on_commit_callbacks(execute=True):
            cohort_finished(cohort=cohort, now=NOW)
        assert len(rung) == times


def deliveries() -> list[WebhookDelivery]:
    return list(WebhookDelivery.objects.select_related("webhook"))


def _claim(run: MatchRun) -> RunClaim:
    assert run.claim_token is not None
    return RunClaim(run_id=run.pk, token=run.claim_token)
