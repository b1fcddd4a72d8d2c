import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from .api_key import ApiKey
from .run import MatchRun


class Match(models.Model):
    """A person's (account, session or key) answer: who may read which run. People may share a run only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="matches")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="matches"
    )
    visitor = models.UUIDField(null=True, db_index=True, help_text="The session it was made in.")
    api_key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, null=True, related_name="matches")
    profile = models.ForeignKey(
        "applicants.Profile", on_delete=models.SET_NULL, null=True, related_name="matches"
    )
    explain = models.PositiveSmallIntegerField(
        default=25,
        help_text="How many rows are shown with gates and factors.",
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "matches"
        ordering = ("-created_at", "id")
        constraints = (
            models.CheckConstraint(
                name="match_one_owner",
                condition=Q(owner__isnull=False, visitor__isnull=True, api_key__isnull=True)
                | Q(owner__isnull=True, visitor__isnull=False, api_key__isnull=True)
                | Q(owner__isnull=True, visitor__isnull=True, api_key__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"match {self.pk}"
