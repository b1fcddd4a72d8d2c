"""Webhooks of partners at the desk: where they lead, what was sent, how each attempt ended; send it again."""

from typing import Any

import orjson
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from matching.models import Webhook, WebhookDelivery
from matching.models.webhook import VERIFICATION
from matching.webhooks.services import STOPPED_BY_US, delivery_replay, webhook_resume, webhook_stop
from programs.admin.base import NoDelete, ReadOnlyAdmin

State = WebhookDelivery.State


@admin.register(Webhook)
class WebhookAdmin(NoDelete, ReadOnlyAdmin[Webhook]):
    """The secret is nowhere on the desk. A webhook goes when its partner deletes it; here it is stopped."""

    list_display = (
        "url", "api_key", "state", "events_words", "waiting", "dead", "served_at", "failing_since",
    )  # fmt: skip
    list_filter = ("state",)
    list_select_related = ("api_key",)
    search_fields = ("=id", "url", "api_key__name", "api_key__prefix")
    fields = (
        "url", "api_key", ("state", "reason"), "events_words", ("waiting", "dead"),
        ("created_at", "verified_at"), ("served_at", "failing_since"),
    )  # fmt: skip
    readonly_fields = ("events_words", "waiting", "dead")
    actions = ("stop", "resume")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Webhook]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                waiting_count=Count(
                    "deliveries", filter=Q(deliveries__state__in=(State.WAITING, State.SENDING))
                ),
                dead_count=Count("deliveries", filter=Q(deliveries__state=State.DEAD)),
            )
        )

    def has_work_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("matching.change_webhook")

    @admin.action(description="Stop selected webhooks", permissions=["work"])
    def stop(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        stopped = 0
        for webhook in queryset:
            if webhook_stop(webhook=webhook, reason=STOPPED_BY_US, now=timezone.now()):
                self.log_change(request, webhook, "Stopped.")
                stopped += 1
        self.message_user(request, f"Stopped: {stopped}. What waited for them is dead and can be sent again.")

    @admin.action(description="Start selected webhooks again", permissions=["work"])
    def resume(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        started = 0
        for webhook in queryset:
            if webhook_resume(webhook=webhook):
                self.log_change(request, webhook, "Started again.")
                started += 1
        self.message_user(request, f"Started again: {started}.")

    @admin.display(description="events")
    def events_words(self, webhook: Webhook) -> str:
        return ", ".join(webhook.events)

    @admin.display(description="waiting", ordering="waiting_count")
    def waiting(self, webhook: Webhook) -> int:
        return int(getattr(webhook, "waiting_count", 0))

    @admin.display(description="dead", ordering="dead_count")
    def dead(self, webhook: Webhook) -> int:
        return int(getattr(webhook, "dead_count", 0))


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(NoDelete, ReadOnlyAdmin[WebhookDelivery]):
    """What was told, to whom, and how each attempt ended. Dead letters are those of the state ``dead``."""

    list_display = ("created_at", "event", "where", "state", "attempts", "last", "due_at", "is_replay")
    list_filter = ("state", "event")
    list_select_related = ("webhook",)
    search_fields = ("=id", "=event_id", "webhook__url", "webhook__api_key__prefix")
    date_hierarchy = "created_at"
    fields = (
        "event", "event_id", "webhook", ("state", "attempts"), ("created_at", "due_at", "finished_at"),
        "claimed_until", ("is_replay", "replay_of"), "body_words", "log_words",
    )  # fmt: skip
    readonly_fields = ("is_replay", "body_words", "log_words")
    actions = ("send_again",)

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("matching.change_webhookdelivery")

    @admin.action(description="Send again, with the same event id", permissions=["replay"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[WebhookDelivery]) -> None:
        """Only what is over, to webhooks that work: a challenge of the past proves nothing."""
        over = queryset.filter(state__in=(State.DELIVERED, State.DEAD)).exclude(event=VERIFICATION)
        rows = list(over.filter(webhook__state=Webhook.State.ACTIVE))
        for row in rows:
            again = delivery_replay(delivery=row, now=timezone.now())
            self.log_change(request, row, f"Sent again as {again.pk}.")
        left = queryset.count() - len(rows)
        if left:
            words = "not over yet, a verification, or of a webhook that is not active"
            self.message_user(request, f"Not sent again: {left} ({words}).", messages.WARNING)
        self.message_user(request, f"To be sent again: {len(rows)}.")

    @admin.display(description="where", ordering="webhook__url")
    def where(self, delivery: WebhookDelivery) -> str:
        return delivery.webhook.url

    @admin.display(description="last attempt")
    def last(self, delivery: WebhookDelivery) -> str:
        return _attempt_words(delivery.log[-1]) if delivery.log else ""

    @admin.display(description="body")
    def body_words(self, delivery: WebhookDelivery) -> str:
        body = orjson.dumps(orjson.loads(bytes(delivery.body)), option=orjson.OPT_INDENT_2).decode()
        return format_html("<pre>{}</pre>", body)

    @admin.display(description="attempts")
    def log_words(self, delivery: WebhookDelivery) -> str:
        lines = ((entry["at"], _attempt_words(entry)) for entry in delivery.log)
        return format_html_join("", "{}: {}<br>", lines) or "none yet"


def _attempt_words(entry: dict[str, Any]) -> str:
    status, error, took = entry.get("status"), entry.get("error"), entry.get("ms")
    words = ". ".join(str(each).rstrip(".") for each in (status, error) if each)
    return words if took is None else f"{words} ({took} ms)"
