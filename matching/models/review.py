import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from .organisation import AdvisorGroup, Organisation
from .saved_list import SavedList

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that are read as another
STATES = ("submitted", "in_review", "changes_asked", "approved", "withdrawn")


def review_code() -> str:
    """What people call a review on the telephone: 31^7 of them. It opens nothing."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(7))


class Review(models.Model):
    """A list that its owner sent to be looked at, and where that stands. What was sent lies in its versions.

    ``revision`` counts every change of the review, so that two windows notice one another. The columns from
    ``danger`` on are worked out when the list or the review changes and at night: the queue only reads them.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", "waiting for an advisor"
        IN_REVIEW = "in_review", "being reviewed"
        CHANGES_ASKED = "changes_asked", "changes asked for"
        APPROVED = "approved", "approved"
        WITHDRAWN = "withdrawn", "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=7, unique=True, default=review_code, editable=False)
    saved_list = models.ForeignKey(SavedList, on_delete=models.CASCADE, related_name="reviews")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reviews")
    group = models.ForeignKey(
        AdvisorGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews"
    )
    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=14, choices=State, default=State.SUBMITTED)
    message = models.TextField(max_length=1000, blank=True, help_text="What the applicant asks.")
    revision = models.PositiveIntegerField(default=1)
    submitted_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    snoozed_until = models.DateField(null=True)
    snooze_note = models.CharField(max_length=200, blank=True)
    approved_version = models.ForeignKey(
        "matching.ReviewVersion", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    approved_by = models.CharField(max_length=150, blank=True, help_text="The advisor's name as it was.")
    approved_at = models.DateTimeField(null=True)
    stale_since = models.DateTimeField(null=True, help_text="Since when an approval no longer fits.")
    stale_reason = models.CharField(max_length=300, blank=True)

    danger = models.FloatField(default=0, help_text="What the queue is sorted by; docs/advising.md.")
    p_none = models.FloatField(null=True)
    p_match = models.FloatField(null=True)
    strict_fails = models.PositiveSmallIntegerField(default=0)
    deadline = models.DateField(null=True)
    unused_signals = models.PositiveSmallIntegerField(default=0)
    over_budget_usd = models.PositiveIntegerField(default=0)
    missing_facts = models.PositiveSmallIntegerField(default=0)
    programs = models.PositiveSmallIntegerField(default=0)
    cost_usd = models.PositiveIntegerField(null=True)
    risk_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        ordering = ("-danger", "submitted_at", "id")
        permissions = (
            ("export_people", "Can export people and their lists"),
            ("view_disagreement", "Can read where advisors disagree with the tiers"),
        )
        indexes = (
            models.Index(fields=["organisation", "state", "-danger"], name="review_queue_organisation"),
            models.Index(fields=["advisor", "state", "-danger"], name="review_queue_advisor"),
            models.Index(fields=["group", "state", "-danger"], name="review_queue_group"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["saved_list"], condition=~Q(state="withdrawn"), name="review_open_once"
            ),
            models.CheckConstraint(name="review_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="review_approval_whole",
                condition=~Q(state="approved") | (Q(approved_at__isnull=False) & ~Q(approved_by="")),
            ),
            models.CheckConstraint(
                name="review_claimed_in_review", condition=~Q(state="submitted") | Q(advisor__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return f"review {self.code}"


class ReviewVersion(models.Model):
    """What the list, the profile and their figures were at one step of the review. Never changed."""

    class Reason(models.TextChoices):
        SUBMITTED = "submitted", "sent by the applicant"
        SENT = "sent", "sent back with changes"
        APPROVED = "approved", "approved"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    list_version = models.PositiveIntegerField(help_text="The number of the list's own version.")
    reason = models.CharField(max_length=10, choices=Reason)
    entries = models.JSONField(help_text="Programs in order, with what stood beside them.")
    figures = models.JSONField(null=True)
    profile = models.JSONField(help_text="The profile the list was judged for.")
    model_version = models.CharField(max_length=64)
    data_version = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("review", "-number")
        constraints = (
            models.UniqueConstraint(fields=["review", "number"], name="review_version_once"),
            models.CheckConstraint(
                name="review_version_reason_known",
                condition=Q(reason__in=("submitted", "sent", "approved")),
            ),
        )

    def __str__(self) -> str:
        return f"version {self.number}"
