"""Many applicants of one partner: the cohort, and the chunks it is worked through by."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from .api_key import ApiKey


class Cohort(models.Model):
    """What a partner sent at once, pinned to the data and model version it was sent at.

    ``receiving`` is never shown: the address is told once everything is in. Progress is counted in the
    transaction that ends a chunk, so the counts are always those of the chunks.
    """

    class State(models.TextChoices):
        RECEIVING = "receiving", "receiving"
        QUEUED = "queued", "queued"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"
        CANCELLED = "cancelled", "cancelled"

    OPEN = (State.QUEUED, State.RUNNING)
    OVER = (State.DONE, State.FAILED, State.CANCELLED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    api_key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="cohorts")
    state = models.CharField(max_length=9, choices=State, default=State.RECEIVING)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it failed, fit to be shown.")
    season = models.CharField(max_length=4)
    model_version = models.CharField(max_length=64)
    data_version = models.CharField(max_length=64)

    total = models.PositiveIntegerField(default=0, help_text="Applicants sent.")
    scored = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0, help_text="Lines with faults, and lines that failed.")
    weight = models.PositiveIntegerField(default=0, help_text="Work in all, in applicants by odds alone.")
    weight_done = models.PositiveIntegerField(default=0)

    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, help_text="When its first chunk was claimed.")
    served_at = models.DateTimeField(null=True, help_text="When a chunk of it was last claimed.")
    rung_at = models.DateTimeField(help_text="When workers were last told of it.")
    finished_at = models.DateTimeField(null=True)
    erase_at = models.DateTimeField(null=True, help_text="When all of it is deleted; set when it is over.")

    class Meta:
        ordering = ("-created_at", "id")
        indexes = (
            models.Index(fields=["api_key", "-created_at", "id"], name="cohort_of_key"),
            models.Index(
                fields=["state", "created_at"],
                condition=Q(state__in=("queued", "running")),
                name="cohort_open",
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="cohort_state_known",
                condition=Q(state__in=("receiving", "queued", "running", "done", "failed", "cancelled")),
            ),
            models.CheckConstraint(
                name="cohort_reason_when_failed",
                condition=(Q(state="failed") & ~Q(reason="")) | (~Q(state="failed") & Q(reason="")),
            ),
            models.CheckConstraint(
                name="cohort_end_when_over",
                condition=Q(
                    state__in=("done", "failed", "cancelled"),
                    finished_at__isnull=False,
                    erase_at__isnull=False,
                )
                | (
                    ~Q(state__in=("done", "failed", "cancelled"))
                    & Q(finished_at__isnull=True, erase_at__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="cohort_counts_fit", condition=Q(total__gte=models.F("scored") + models.F("rejected"))
            ),
            models.CheckConstraint(
                name="cohort_done_is_whole",
                condition=~Q(state="done") | Q(total=models.F("scored") + models.F("rejected")),
            ),
        )

    def __str__(self) -> str:
        return f"cohort {self.pk} ({self.state})"


class CohortChunkQuerySet(models.QuerySet["CohortChunk"]):
    def claimable(self, *, now: datetime) -> Self:
        """Waiting, or in the hands of a worker that let its lease run out."""
        return self.filter(
            Q(state=CohortChunk.State.QUEUED) | Q(state=CohortChunk.State.RUNNING, claimed_until__lt=now)
        )


class CohortChunk(models.Model):
    """Neighbouring lines of a cohort, scored together and written once. Input goes when the result comes."""

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        RUNNING = "running", "running"
        DONE = "done", "done"

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField(help_text="From 0, in the order of the lines.")
    first_line = models.PositiveIntegerField(help_text="Of the file, or the place in the JSON list, from 1.")
    lines = models.PositiveIntegerField(help_text="Applicants in it.")
    weight = models.PositiveIntegerField(help_text="Its work, in applicants by odds alone.")
    state = models.CharField(max_length=7, choices=State, default=State.QUEUED)
    input = models.BinaryField(null=True, editable=False)
    result = models.BinaryField(null=True, editable=False, help_text="Of the scored ones, in order of line.")
    errors = models.BinaryField(null=True, editable=False, help_text="Of the rejected ones, by line.")
    scored = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    claim_token = models.UUIDField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = CohortChunkQuerySet.as_manager()

    class Meta:
        ordering = ("cohort", "number")
        indexes = (
            models.Index(
                fields=["cohort", "number"], condition=Q(state__in=("queued", "running")), name="chunk_open"
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["cohort", "number"], name="chunk_number_once"),
            models.CheckConstraint(
                name="chunk_state_known", condition=Q(state__in=("queued", "running", "done"))
            ),
            models.CheckConstraint(
                name="chunk_claim_when_running",
                condition=Q(state="running", claim_token__isnull=False, claimed_until__isnull=False)
                | (~Q(state="running") & Q(claim_token__isnull=True, claimed_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="chunk_input_until_done",
                condition=Q(state="done", input__isnull=True, result__isnull=False, errors__isnull=False)
                | (~Q(state="done") & Q(input__isnull=False, result__isnull=True, errors__isnull=True)),
            ),
            models.CheckConstraint(
                name="chunk_counts_when_done",
                condition=Q(state="done", lines=models.F("scored") + models.F("rejected"))
                | (~Q(state="done") & Q(scored=0, rejected=0)),
            ),
        )

    def __str__(self) -> str:
        return f"chunk {self.number} of {self.cohort_id} ({self.state})"
