"""Where partners want to be told of events, and each telling."""

import uuid

from django.db import models
from django.db.models import Q

from .api_key import ApiKey

EVENTS = ("cohort.finished", "run.finished", "catalogue.changed")
VERIFICATION = "webhook.verification"


class Webhook(models.Model):
    """An address a partner registered. Nothing but its verification goes there before it is ``active``."""

    class State(models.TextChoices):
        PENDING = "pending", "pending"
        ACTIVE = "active", "active"
        STOPPED = "stopped", "stopped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    api_key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=500)
    events = models.JSONField(default=list)
    secret = models.TextField(editable=False, help_text="Encrypted: the key of the signature.")
    earlier_secret = models.TextField(
        blank=True, editable=False, help_text="Encrypted: the one before, which signs too until it is over."
    )
    earlier_until = models.DateTimeField(null=True, editable=False)
    challenge = models.CharField(max_length=64, editable=False, help_text="What the address has to say back.")
    state = models.CharField(max_length=7, choices=State, default=State.PENDING)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it is stopped, or not verified.")
    created_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True, help_text="When something was last sent there.")
    failing_since = models.DateTimeField(null=True, help_text="Since when nothing has arrived.")

    class Meta:
        ordering = ("-created_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["api_key", "url"], name="webhook_url_once"),
            models.CheckConstraint(
                name="webhook_earlier_secret_ends",
                condition=Q(earlier_secret="", earlier_until__isnull=True)
                | (~Q(earlier_secret="") & Q(earlier_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="webhook_state_known", condition=Q(state__in=("pending", "active", "stopped"))
            ),
            models.CheckConstraint(
                name="webhook_active_is_verified", condition=~Q(state="active") | Q(verified_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"webhook {self.pk} ({self.state})"


class WebhookDelivery(models.Model):
    """One event for one address: the exact bytes that are signed and sent, and how each attempt ended."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SENDING = "sending", "sending"
        DELIVERED = "delivered", "delivered"
        DEAD = "dead", "dead"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=24)
    event_id = models.UUIDField(help_text="The same for every telling of one event: receivers drop repeats.")
    body = models.BinaryField(editable=False)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    log = models.JSONField(default=list, help_text="Of each attempt: when, status or error, milliseconds.")
    due_at = models.DateTimeField(help_text="When it is tried next.")
    claim_token = models.UUIDField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True)
    is_replay = models.BooleanField(default=False, editable=False)
    replay_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        related_name="replays",
        help_text="As long as it is kept.",
    )
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "webhook deliveries"
        ordering = ("-created_at", "id")
        indexes = (
            models.Index(
                fields=["due_at"], condition=Q(state__in=("waiting", "sending")), name="delivery_open"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["webhook", "event_id"],
                condition=Q(is_replay=False),
                name="delivery_event_once",
            ),
            models.CheckConstraint(
                name="delivery_replay_is_one", condition=Q(replay_of__isnull=True) | Q(is_replay=True)
            ),
            models.UniqueConstraint(
                fields=["webhook"], condition=Q(state="sending"), name="delivery_one_in_flight"
            ),
            models.CheckConstraint(
                name="delivery_state_known",
                condition=Q(state__in=("waiting", "sending", "delivered", "dead")),
            ),
            models.CheckConstraint(
                name="delivery_claim_when_sending",
                condition=Q(state="sending", claim_token__isnull=False, claimed_until__isnull=False)
                | (~Q(state="sending") & Q(claim_token__isnull=True, claimed_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="delivery_finished_when_over",
                condition=Q(state__in=("delivered", "dead"), finished_at__isnull=False)
                | (~Q(state__in=("delivered", "dead")) & Q(finished_at__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.event} ({self.state})"
