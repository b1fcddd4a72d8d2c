"""Webhooks at the desk: where they lead, how each attempt ended, and sending again; never a secret."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from matching.models import Webhook, WebhookDelivery
from matching.models.webhook import VERIFICATION
from matching.webhooks.services import STOPPED_BY_US
from matching.webhooks.turns import webhooks_turn
from tests.matching.desk import staff
from tests.matching.factories import NOW, key_make
from tests.matching.webhooks.making import Clock, Sent, delivery_make, webhook_active

pytestmark = pytest.mark.django_db

WEBHOOKS = reverse("admin:matching_webhook_changelist")
DELIVERIES = reverse("admin:matching_webhookdelivery_changelist")
LOG = [
    {"at": "2026-09-20T12:00:00.000+00:00", "status": None, "error": "No connection in time.", "ms": 3000},
    {"at": "2026-09-20T12:00:10.000+00:00", "status": 503, "error": "", "ms": 12},
]


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chief"))
    return client


def page(row: Webhook | WebhookDelivery) -> str:
    return reverse(f"admin:matching_{row._meta.model_name}_change", args=[row.pk])


def act(desk: Client, listed: str, action: str, *rows: Webhook | WebhookDelivery) -> str:
    data = {"action": action, "_selected_action": [str(row.pk) for row in rows]}
    return desk.post(listed, data, follow=True).content.decode()


def test_desk_shows_webhooks_without_a_secret(desk: Client) -> None:
    webhook = webhook_active(api_key=key_make(name="Island school")[0])
    delivery_make(webhook, state="dead", finished_at=NOW)

    for path in (WEBHOOKS, page(webhook)):
        text = desk.get(path).content.decode()
        assert webhook.url in text
        assert "Island school" in text
        assert "catalogue.changed" in text
        assert webhook.secret not in text
        assert webhook.challenge not in text
    assert "Save" not in text


def test_desk_shows_a_delivery_with_body_and_attempts(desk: Client) -> None:
    delivery = delivery_make(state="dead", finished_at=NOW, attempts=2, log=LOG)

    listed, one = (desk.get(path).content.decode() for path in (DELIVERIES, page(delivery)))

    assert "503 (12 ms)" in listed
    assert "No connection in time (3000 ms)" in one
    assert str(delivery.event_id) in one
    assert "&quot;data_version&quot;: &quot;d1&quot;" in one


def test_desk_finds_dead_letters(desk: Client) -> None:
    dead = delivery_make(state="dead", finished_at=NOW)
    waiting = delivery_make(webhook_active(url="https://other.example.org/"))

    text = desk.get(DELIVERIES, {"state__exact": "dead"}).content.decode()

    assert page(dead) in text
    assert page(waiting) not in text


def test_desk_sends_again_and_it_arrives(desk: Client) -> None:
    dead = delivery_make(state="dead", finished_at=NOW, attempts=12, log=LOG)

    text = act(desk, DELIVERIES, "send_again", dead)

    assert "To be sent again: 1." in text
    again = WebhookDelivery.objects.get(replay_of=dead)
    send = Sent(204)
    webhooks_turn(now_of=Clock(again.created_at), seconds=5, send=send)
    again.refresh_from_db()
    dead.refresh_from_db()
    assert (again.state, dead.state, len(dead.log)) == ("delivered", "dead", 2)
    assert send.asked[0]["body"] == bytes(dead.body)
    assert send.asked[0]["headers"]["SmartPick-Delivery"] == str(again.pk)
    assert str(again.pk) in LogEntry.objects.get().change_message


def test_desk_sends_nothing_again_that_is_not_over_or_nobody_wants(desk: Client) -> None:
    rows = [
        delivery_make(),
        delivery_make(event=VERIFICATION, state="dead", finished_at=NOW),
        delivery_make(webhook_active(state="stopped"), state="dead", finished_at=NOW),
    ]

    text = act(desk, DELIVERIES, "send_again", *rows)

    assert "Not sent again: 3" in text
    assert WebhookDelivery.objects.count() == 3


def test_desk_stops_a_webhook_and_starts_it(desk: Client) -> None:
    webhook = webhook_active()
    waiting = delivery_make(webhook)

    assert "Stopped: 1." in act(desk, WEBHOOKS, "stop", webhook)
    webhook.refresh_from_db()
    waiting.refresh_from_db()
    assert (webhook.state, webhook.reason, waiting.state) == ("stopped", STOPPED_BY_US, "dead")
    assert "Stopped: 0." in act(desk, WEBHOOKS, "stop", webhook)

    assert "Started again: 1." in act(desk, WEBHOOKS, "resume", webhook)
    webhook.refresh_from_db()
    assert (webhook.state, webhook.reason) == ("active", "")
    assert LogEntry.objects.count() == 2


@pytest.mark.parametrize("count", [1, 6])
def test_desk_lists_in_as_many_queries(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        delivery_make()
    for path in (WEBHOOKS, DELIVERIES):
        desk.get(path)
        with django_assert_max_num_queries(10):
            desk.get(path)


def test_desk_webhooks_are_nothing_to_other_staff(client: Client) -> None:
    webhook = webhook_active()
    delivery = delivery_make(webhook, state="dead", finished_at=NOW)
    client.force_login(staff("clerk"))

    for path in (WEBHOOKS, DELIVERIES, page(webhook), page(delivery)):
        assert client.get(path).status_code == 403
    act(client, WEBHOOKS, "stop", webhook)
    act(client, DELIVERIES, "send_again", delivery)

    webhook.refresh_from_db()
    assert webhook.state == "active"
    assert WebhookDelivery.objects.count() == 1


def test_desk_neither_adds_changes_nor_deletes(desk: Client) -> None:
    webhook = webhook_active()
    delivery = delivery_make(webhook)

    for row, listed in ((webhook, WEBHOOKS), (delivery, DELIVERIES)):
        assert desk.post(page(row), {"url": "https://taken.example.org/", "state": "dead"}).status_code == 403
        assert desk.get(f"{listed}add/").status_code == 403
        assert desk.post(page(row).replace("change", "delete"), {"post": "yes"}).status_code == 403
        act(desk, listed, "delete_selected", row)
    assert Webhook.objects.get().url == webhook.url
    assert WebhookDelivery.objects.get() == delivery
